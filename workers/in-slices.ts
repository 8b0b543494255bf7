/**
 * Does work that is done in steps to its end, letting other messages in between slices.
 * @param slice how long the work may hold the thread before whoever else waits is answered; milliseconds, 0 for one step
 * @param going asked before every slice; the work ends when it says false
 * @returns undefined when it was ended
 */
export async function inSlices<Value>(
  work: Generator<number, Value>,
  onprogress: (share: number) => void,
  going: () => boolean,
  slice: number,
): Promise<Value | undefined> {
  for (;;) {
    const started = performance.now()
    let step = work.next()
    while (!step.done && performance.now() - started < slice) step = work.next()
    if (step.done) return step.value
    onprogress(step.value)
    await new Promise((next) => setTimeout(next))
    if (!going()) {
      work.return(undefined as never)
      return undefined
    }
  }
}

/** Does all of the work at once. */
export function atOnce<Value>(work: Generator<unknown, Value>): Value {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
