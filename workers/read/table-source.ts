import type { Dialect, FileFormat } from '../../src/core/column/dialect'
import type { SheetPreview } from '../../src/core/column/import-report'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import type { RowReader } from './row-reader'

/** Where the rows of a table come from: a file of one of the formats. It can be gone through several times. */
export interface TableSource {
  readonly format: FileFormat
  readonly dialect: Dialect
  /** How many cells most rows have; 0 where that is not known. */
  readonly width: number
  readonly sheets?: readonly SheetPreview[]
  /** What there is to say of the file itself. */
  readonly problems: () => readonly ReadingProblem[]
  /**
   * Puts every row into the columns, the names first.
   * @returns 'again' when something that was learnt makes all of it void
   */
  readonly pump: (rows: RowReader, pumping: Pumping) => Promise<'again' | undefined>
}

/** What a source needs while it is opened. */
export interface Opening {
  /** What a person has said about how the file is written. */
  readonly given: Partial<Dialect>
  readonly signal: AbortSignal
  /** Lets other work be done and a cancel be heard. */
  readonly breathe: () => Promise<void>
}

/** What a source needs while it hands out its rows. */
export interface Pumping {
  readonly signal: AbortSignal
  /** Lets what is waiting be stored, other work be done, and a cancel be heard. */
  readonly breathe: () => Promise<void>
  /** Tells how many bytes of the file have been read; 0 where nobody knows. */
  readonly told: (bytes: number) => void
}

/** The dialect of a file that parts its cells itself; what it keeps as text may still be a date of either order. */
export function ownDialect({ decimal = '.', header = true, dayOrder = 'ask' }: Partial<Dialect>): Dialect {
  return { encoding: 'utf-8', delimiter: ',', quote: '"', decimal, header, dayOrder }
}

/** Ends a reading with a sentence for the person. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: ReadingProblem

  constructor(problem: ReadingProblem) {
    super(problem.kind)
    this.problem = problem
  }
}
