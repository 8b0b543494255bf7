import type { Evaluation, RuleReport, Spread } from '../src/core/backtest/evaluation'
import type { ColumnType } from '../src/core/column/column'
import type { Dialect } from '../src/core/column/dialect'
import type { ImportReport, PreviewRow } from '../src/core/column/import-report'
import type { ManualFacts } from '../src/core/manual/manual-facts'
import type { ManualChange } from '../src/core/manual/manual-value'
import type { Cleaning } from '../src/core/recipe/cleaning'
import type { Recipe } from '../src/core/recipe/recipe'
import type { ExpectedColumn, HealthModel, Metric, Roles } from '../src/core/model/health-model'
import type { Problem } from '../src/core/problem'
import type { Result } from '../src/core/result'
import type { Weighted } from '../src/core/scoring/quantile'
import type { Override } from '../src/core/customers/override'
import type {
  BacktestAnswer,
  BacktestRequest,
  MoreAnswer,
  MoreRequest,
  SuggestAnswer,
  SuggestRequest,
} from './backtest/backtest-api'
import type { QualityReport, QualityRequest } from './quality'
import type { UpTo } from './read/join-tables'
import type { BlockRequest, CustomerDetail, RowsBlock, RowsRequest } from './rows/rows-api'
import type { ExportColumn } from './rows/rows-csv'
import type { Executor } from './scorer'

/** Which of a workbook's two data sets: the one whose outcomes are known, or today's customers. */
export type DataPart = 'history' | 'current'

/** An open data set, as far as the page knows it. */
export interface DataSet {
  readonly id: string
  readonly part: DataPart
  readonly report: ImportReport
}

export interface Opened {
  readonly history?: DataSet
  readonly current?: DataSet
  /** What stayed of data sets that were replaced, the newest first. */
  readonly snapshots: readonly Snapshot[]
  /** Data sets that could not be read back, in words for the person. */
  readonly problems: readonly Problem[]
}

/** Scores that stayed of a data set when another took its place. */
export interface Snapshot {
  readonly id: string
  /** What it was made of. */
  readonly file: string
  readonly rows: number
  /** Milliseconds since 1970. */
  readonly keptAt: number
  /** The day that it is of, YYYY-MM-DD, where one day holds for all. */
  readonly asOf?: string
}

export interface CommitHow {
  /** The day that the data is of, YYYY-MM-DD, where no column says it. */
  readonly asOf?: string | undefined
  /** The model whose scores stay of a data set that is replaced; without one nothing does. */
  readonly model?: HealthModel | undefined
}

/** An import that did not come to its end, found at the next start. */
export interface Unfinished {
  readonly name: string
  /** Rows that had been read. */
  readonly rows: number
}

export interface ReadRequest {
  readonly workbook: string
  readonly name: string
  readonly dialect?: Partial<Dialect>
  /** Types that a person chose, by column. */
  readonly types?: ReadonlyMap<string, ColumnType>
  /** Whether what was read before is kept, to be joined with this. */
  readonly beside?: boolean
}

export interface ReadProgress {
  readonly rows: number
  readonly bytes: number
  readonly totalBytes: number
}

/** What to read: a file that the person gave, or one of the two sample sets. */
export type Source = Blob | 'sample history' | 'sample current'

export interface DraftRequest {
  readonly name: string
  readonly roles: Roles
  /** What the outcome tells; who left where it is left out. */
  readonly objective?: HealthModel['objective']
  readonly asOf?: string
  readonly seed: number
  /** What a person chose about the columns. */
  readonly cleaning?: Cleaning | undefined
}

export interface EvaluateRequest {
  readonly model: HealthModel
  readonly revision: number
  /** Whether nothing is being dragged any more, so that figures of categories are worth their while. */
  readonly settled: boolean
}

/** What the scale editor draws and fits: a column's values on the training part. */
export interface ColumnValues {
  readonly spread: Spread
  /** Numbers, or days before the as-of day; empty for categories. At most 2,000 distinct, evenly thinned. */
  readonly values: Weighted
  /** Texts of a category or boolean column with customers and events, most frequent first. */
  readonly texts: readonly { readonly text: string; readonly customers: number; readonly events: number }[]
}

export interface JoinHow {
  readonly recipe?: Recipe
  readonly remembered?: Recipe | undefined
  /** Up to when rows count; a guess where it is left out. */
  readonly upTo?: UpTo | undefined
  /** Which column is what; a guess where it is left out. */
  readonly roles?: Roles | undefined
}

/** What is done about what is wrong with the data that was read. */
export interface CleanHow {
  readonly cleaning: Cleaning
  readonly roles: Roles
  readonly asOf: string | undefined
}

/** What came of joining files. */
export interface JoinAnswer {
  readonly recipe: Recipe
  /** Of the joined table. */
  readonly report: ImportReport
  readonly files: readonly JoinedFacts[]
  readonly upTo: UpTo
}

/** A file of a join, as far as a person has to see it. */
export interface JoinedFacts {
  readonly name: string
  readonly rows: number
  readonly columns: readonly ExpectedColumn[]
  readonly report: ImportReport
  /** Rows that found their customer, rows whose key no customer has, and customers that have a row; not of the main file, nor of one that is not joined. */
  readonly matched?: number
  readonly orphans?: number
  readonly customers?: number
}

export interface ManualRequest {
  readonly model: HealthModel
  /** Today where the person is, in days since 1970-01-01. */
  readonly today: number
  /** Whether the changes are all that there is, as after opening. */
  readonly anew: boolean
  readonly changes: readonly ManualChange[]
}

/** How the columns that people fill in stand in each data set that is open. */
export type ManualReport = Readonly<Partial<Record<DataPart, readonly ManualFacts[]>>>

/** Everything that the page asks of the engine. What crosses is plain data; buffers are transferred. */
export interface EngineApi {
  /** Answers once the thread is up, with what it scores by. */
  hello: () => Promise<{ readonly executor: Executor }>
  /** Clears up after imports that never finished. */
  collect: () => Promise<readonly Unfinished[]>
  /** Opens the data sets of a workbook. A file that is being read for it is left alone, one for another is given up. */
  open: (workbook: string) => Promise<Opened>
  /** Reads a source beside what is open. Nothing is replaced before `commit`. */
  read: (
    request: ReadRequest,
    source: Source,
    onprogress: (progress: ReadProgress) => void,
  ) => Promise<Result<ImportReport>>
  /**
   * Joins the files that were read beside each other into one row per customer, by a recipe, by one that is remembered
   * of earlier files if it fits, or by a guess. Where a guess finds nothing to join, only the first is kept and `files`
   * is empty.
   */
  join: (how?: JoinHow) => Promise<Result<JoinAnswer>>
  /** Does something else about what is wrong with the data that was read, and was not used yet. */
  clean: (how: CleanHow) => Promise<Result<JoinAnswer>>
  /** What may be wrong with data; undefined where a newer question came before the answer. Rows are those before cleaning. */
  quality: (where: 'read' | DataPart, request: QualityRequest) => Promise<QualityReport | undefined>
  /** Everything that is wrong with the data that was read, or is open, row by row, as a CSV file. */
  problems: (where: 'read' | DataPart, request: QualityRequest) => Promise<Blob>
  /** Rows as they were read, with their lines. */
  preview: (where: 'read' | DataPart, rows: readonly number[]) => Promise<readonly PreviewRow[]>
  /** Stops the reading that is under way; its `read` answers with the problem 'cancelled'. */
  cancel: () => Promise<void>
  /** Changes a column's type in an open data set. */
  retype: (part: DataPart, column: string, type: ColumnType) => Promise<Result<ImportReport>>
  /** Changes a column's type in what was read and not yet used. @param file of several; the main one if left out */
  retypeRead: (column: string, type: ColumnType, file?: string) => Promise<Result<JoinAnswer>>
  /** Says what day an open data set is of, where no column does. */
  date: (part: DataPart, asOf: string | undefined) => Promise<ImportReport>
  /** Puts what was read in the place of the workbook's data set of a part, whose scores stay as a snapshot. */
  commit: (part: DataPart, how?: CommitHow) => Promise<Result<DataSet>>
  snapshots: (workbook: string) => Promise<readonly Snapshot[]>
  /** Removes a snapshot. */
  forgetSnapshot: (id: string) => Promise<void>
  /** Forgets what was read. */
  discard: () => Promise<void>
  /** Removes the data sets of a workbook. */
  remove: (workbook: string) => Promise<void>
  draft: (request: DraftRequest) => Promise<HealthModel>
  /** The metric that a draft would make of a column; undefined for a column that makes none. */
  draftMetric: (model: HealthModel, column: string) => Promise<Metric | undefined>
  /** Pins the model that evaluations are compared with, until it is undefined or another data set judges. */
  pin: (model: HealthModel | undefined) => Promise<void>
  evaluate: (request: EvaluateRequest) => Promise<Evaluation>
  /** What a backtest needs besides an evaluation, as fast as one. */
  backtest: (request: BacktestRequest) => Promise<BacktestAnswer>
  /** What takes longer; undefined when it was cancelled, asked anew, or the model's points changed under it. */
  backtestMore: (request: MoreRequest, onprogress: (share: number) => void) => Promise<MoreAnswer | undefined>
  cancelBacktest: () => Promise<void>
  /** Weights that the training part suggests; undefined as `backtestMore` is. */
  suggest: (request: SuggestRequest, onprogress: (share: number) => void) => Promise<SuggestAnswer | undefined>
  cancelSuggest: () => Promise<void>
  /** What each rule of a model does to the customers that judge it. */
  rules: (model: HealthModel) => Promise<RuleReport>
  columnValues: (model: HealthModel, column: string) => Promise<ColumnValues>
  /** The scores of a data set as a CSV file. */
  scores: (model: HealthModel, part: DataPart) => Promise<Blob>
  /** Some of the listed customers, and the list in figures. */
  rows: (request: BlockRequest) => Promise<RowsBlock>
  /** One customer in full. */
  customer: (request: RowsRequest, row: number) => Promise<CustomerDetail>
  /** The listed customers as a CSV file. */
  rowsFile: (request: RowsRequest, columns: readonly ExportColumn[]) => Promise<Blob>
  /** The IDs of listed customers by their place in the list, from 0; the end is left out. */
  rowIds: (request: RowsRequest, from: number, to: number) => Promise<readonly string[]>
  /** Those of the IDs that no customer of any data set has. */
  unknownIds: (model: HealthModel, ids: readonly string[]) => Promise<readonly string[]>
  /**
   * Says what people filled in by hand: they are ordinary columns from then on, in every data set of the workbook, until
   * another workbook is opened.
   */
  manual: (request: ManualRequest) => Promise<ManualReport>
  /**
   * Says which overrides hold. They change what is listed and exported of a data set, and no statistic.
   * @returns those whose customer is not in the data set
   */
  override: (model: HealthModel, part: DataPart, overrides: readonly Override[]) => Promise<readonly Override[]>
}
