import type { ProblemCount } from '../../src/core/column/import-report'
import type { ReadingKind, ReadingProblem } from '../../src/core/column/reading-problem'
import { REMEMBERED } from './column-reader'

/** The problems of a file: the first hundred of each kind and column, and how many there were. */
export class ProblemList {
  readonly #kept: ReadingProblem[] = []
  readonly #counts = new Map<string, { kind: ReadingKind; column: string | undefined; count: number; kept: number }>()

  /** Counts `count` problems, of which this is the next to be kept. */
  add(problem: ReadingProblem, count = 1): void {
    const column = 'column' in problem ? problem.column : undefined
    const key = `${problem.kind}\u0000${column ?? ''}`
    let entry = this.#counts.get(key)
    if (!entry) this.#counts.set(key, (entry = { kind: problem.kind, column, count: 0, kept: 0 }))
    entry.count += count
    if (entry.kept >= REMEMBERED) return
    entry.kept++
    this.#kept.push(problem)
  }

  /** In the order of the file; those without a line first. */
  get problems(): ReadingProblem[] {
    const lineOf = (problem: ReadingProblem): number => ('line' in problem ? problem.line : 0)
    return [...this.#kept].sort((a, b) => lineOf(a) - lineOf(b))
  }

  get counts(): ProblemCount[] {
    return [...this.#counts.values()].map(({ kind, column, count }) => ({
      kind,
      count,
      ...(column !== undefined && { column }),
    }))
  }
}
