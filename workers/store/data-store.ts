import type { Table } from '../../src/core/column/column'
import type { ImportReport } from '../../src/core/column/import-report'
import type { Problem } from '../../src/core/problem'
import type { Result } from '../../src/core/result'
import type { DataPart, Snapshot, Unfinished } from '../engine-api'
import type { ChunkSink, StoredColumn } from './stored-table'

/** A data set as it is kept: its columns' descriptions, what was told of it, and its rows. */
export interface StoredDataSet {
  readonly id: string
  readonly table: Table
  readonly stored: readonly StoredColumn[]
  readonly report: ImportReport
}

/** What a kept data set is to its workbook. Of snapshots there may be many. */
export type StoredPart = DataPart | 'snapshot'

export interface NewDataSet {
  readonly workbook: string
  readonly name: string
}

/** A data set that is being read. Nothing of it is seen by anyone before it is finished. */
export interface Staging extends ChunkSink {
  /** Notes how far reading has come, for whoever finds it unfinished. */
  readonly note: (rows: number) => void
  /** Puts it in the place of the workbook's data set of a part, a snapshot beside the others, whole or not at all; answers with its id. */
  readonly finish: (part: StoredPart, stored: readonly StoredColumn[], report: ImportReport) => Promise<Result<string>>
  /** Frees what it has taken. */
  readonly abandon: () => Promise<void>
}

/** Where data sets are kept. */
export interface DataStore {
  readonly begin: (set: NewDataSet) => Promise<Staging>
  /** The workbook's data set of that part; undefined when it has none, a problem when it is damaged. */
  readonly open: (workbook: string, part: DataPart) => Promise<Result<StoredDataSet | undefined, Problem>>
  /** Changes what columns mean without touching their rows. */
  readonly update: (id: string, stored: readonly StoredColumn[], report: ImportReport) => Promise<void>
  /** What stayed of data sets that were replaced, the newest first. */
  readonly snapshots: (workbook: string) => Promise<readonly Snapshot[]>
  /** Removes one data set. */
  readonly forget: (id: string) => Promise<void>
  readonly remove: (workbook: string) => Promise<void>
  /** Clears up what never finished and tells of it. */
  readonly collect: () => Promise<readonly Unfinished[]>
}

/** Thrown by a write when the browser has no room left; what was written before is kept until it is abandoned. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull'
  /** Bytes that were written before. */
  readonly written: number

  constructor(written: number) {
    super('no room left')
    this.written = written
  }
}
