/** What waits to be drawn, in its order. */
const waiting: (() => void)[] = []

/**
 * Draws something in a task of its own, after the frame that shows what was drawn before it: a sheet drawn at one go would
 * hold the page up. While anything waits, the page says so in `data-drawing`.
 * @param signal of the end of what it belongs to: from then on it is not drawn
 * @returns gives it up
 */
export function inTurn(draw: () => void, signal?: AbortSignal): () => void {
  let wanted = true
  waiting.push(() => {
    if (wanted && signal?.aborted !== true) draw()
  })
  if (waiting.length === 1) {
    document.documentElement.dataset['drawing'] = 'true'
    afterFrame(drawNext)
  }
  return () => (wanted = false)
}

/** Nothing has to wait to be drawn for so long before what nobody sees is done; milliseconds. */
const QUIET = 250

/** Does what nobody sees, such as taking to pieces what is off the screen, when what one is to see has been drawn. */
export function afterDrawing(run: () => void): void {
  setTimeout(() => (waiting.length > 0 ? afterDrawing(run) : run()), QUIET)
}

function drawNext(): void {
  try {
    waiting[0]?.()
  } finally {
    waiting.shift()
    if (waiting.length > 0) afterFrame(drawNext)
    else delete document.documentElement.dataset['drawing']
  }
}

/** Nobody sees the frames of a hidden page, and it gets none. */
function afterFrame(run: () => void): void {
  if (document.hidden) setTimeout(run)
  else requestAnimationFrame(() => setTimeout(run))
}
