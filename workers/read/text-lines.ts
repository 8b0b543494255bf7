/** A line of a text file. */
interface TextLine {
  /** From 1. */
  readonly line: number
  readonly text: string
  /** Characters of the file up to its end, which are its bytes where all are ASCII. */
  readonly bytes: number
}

/** A UTF-8 file as text, piece by piece; a mark at its beginning is left out. */
export async function* textPieces(source: Blob): AsyncGenerator<string> {
  const reader = source.stream().pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** The lines of a UTF-8 file, one after the other; a mark at its beginning is left out. */
export async function* textLines(source: Blob): AsyncGenerator<TextLine> {
  // What a line has so far, in the pieces that it came in: put together once, however long it is.
  let parts: string[] = []
  let [line, bytes] = [0, 0]
  const ended = (text: string): TextLine => ({ line: ++line, text, bytes: (bytes += text.length + 1) })
  for await (const piece of textPieces(source)) {
    let from = 0
    for (let to = piece.indexOf('\n'); to >= 0; to = piece.indexOf('\n', from)) {
      parts.push(piece.slice(from, to))
      yield ended(parts.join(''))
      parts = []
      from = to + 1
    }
    if (from < piece.length) parts.push(piece.slice(from))
  }
  if (parts.length > 0) yield ended(parts.join(''))
}
