/** One measured thing. */
export interface Line {
  readonly name: string
  readonly rows: number
  readonly metrics: number
  readonly milliseconds: number
  readonly ratio?: number
}

/** The median of what `work` takes, in milliseconds, after two warm-up rounds. */
export async function median(work: () => unknown, times: number): Promise<number> {
  for (let i = 0; i < 2; i++) await work()
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return taken.sort((a, b) => a - b)[times >> 1]!
}
