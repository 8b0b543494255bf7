/**
 * Makes `work` run for one call at a time. While it runs, only the newest call waits; older ones are dropped, so the
 * last call made is always the last one worked on. Every call settles when none is left. A failure is told only when
 * no newer call has made it moot.
 */
export function latest<Input extends readonly unknown[]>(
  work: (...input: Input) => Promise<void>,
): (...input: Input) => Promise<void> {
  let running: Promise<void> | undefined
  let waiting: Input | undefined

  async function workOff(): Promise<void> {
    try {
      while (waiting) {
        const input = waiting
        waiting = undefined
        try {
          await work(...input)
        } catch (failure) {
          if (!isWaiting()) throw failure
        }
      }
    } finally {
      running = undefined
    }
  }

  // A call of its own, because the compiler cannot see that `waiting` changes during the await.
  const isWaiting = (): boolean => waiting !== undefined

  return (...input) => {
    waiting = input
    return (running ??= workOff())
  }
}
