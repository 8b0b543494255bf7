import type { Evaluation, MetricFacts, RuleReport } from '../src/core/backtest/evaluation'
import { columnNamed, type ColumnType, type Table } from '../src/core/column/column'
import type { ImportReport } from '../src/core/column/import-report'
import type { Override } from '../src/core/customers/override'
import { draftModel, draftOne, type DraftInput } from '../src/core/model/draft'
import type { HealthModel, Metric } from '../src/core/model/health-model'
import { EMPTY_MODEL } from '../src/core/model/new-model'
import { manualMetric } from '../src/core/manual/manual-metric'
import type { Problem } from '../src/core/problem'
import { failure, success, type Result } from '../src/core/result'
import { sampleCsv } from '../src/core/sample/sample-csv'
import type {
  CleanHow,
  CommitHow,
  ColumnValues,
  DataPart,
  DataSet,
  DraftRequest,
  EngineApi,
  EvaluateRequest,
  ManualReport,
  ManualRequest,
  JoinAnswer,
  JoinHow,
  Opened,
  ReadProgress,
  ReadRequest,
  Source,
} from './engine-api'
import type { BacktestAnswer, BacktestRequest, MoreRequest, SuggestRequest } from './backtest/backtest-api'
import { BacktestPasses } from './backtest/passes'
import { Evaluator } from './evaluator'
import { chooseExecutor } from './choose-executor'
import { categoryFacts } from './category-facts'
import { columnValues } from './column-values'
import { handOver } from './hand-over'
import { DataQuality, type QualityRequest } from './quality'
import type { LookedAt } from './problems-csv'
import { ManualColumns } from './manual-columns'
import { ManualValues } from './manual-values'
import { retype } from './read/retype'
import { customerDetail } from './rows/customer-detail'
import { CustomerRows, idAt } from './rows/customer-rows'
import { unknownIn } from './rows/customer-places'
import { placeOverrides } from './rows/override-rows'
import type { BlockRequest, CustomerDetail, RowsBlock, RowsRequest } from './rows/rows-api'
import { rowsFile, type ExportColumn } from './rows/rows-csv'
import { scoresCsv } from './scores'
import { readTable, type TableReader, type ReadTable } from './read/read-table'
import { ReadingFiles } from './reading-files'
import { datedReport, keepScores } from './snapshot'
import type { DataStore } from './store/data-store'
import type { StoredColumn } from './store/stored-table'

/** A data set in memory. */
interface Loaded {
  readonly id: string
  readonly evaluator: Evaluator
  readonly rows: CustomerRows
  readonly passes: BacktestPasses
  readonly stored: readonly StoredColumn[]
}

/** Customers of the sample; everybody's first look. */
const SAMPLE = { customers: 5000, seed: 1 }

/**
 * Holds every customer row and answers questions about them. Runs in a worker of the page, and in Node for the
 * command line; it knows neither.
 */
export class Engine implements EngineApi {
  readonly #store: DataStore
  readonly #up: Promise<unknown>
  readonly #scoring = chooseExecutor()
  #sets = new Map<DataPart, Loaded>()
  readonly #manual = new ManualValues()
  readonly #files: ReadingFiles
  #pinned: HealthModel | undefined
  /** Facts that the page has, so that only new ones are sent. */
  #sent = new Map<string, MetricFacts>()
  readonly #quality = new DataQuality((where) => this.#lookedAt(where))

  /**
   * @param up what has to be done before the engine says that it is up
   * @param read what reads files, in a thread of its own where there is one
   */
  constructor(store: DataStore, up: Promise<unknown> = Promise.resolve(), read: TableReader = readTable) {
    this.#store = store
    this.#files = new ReadingFiles(store, read)
    this.#up = up
  }

  hello = async () => {
    await this.#up
    return { executor: this.#scoring.executor }
  }

  collect = () => this.#store.collect()

  remove = (workbook: string) => this.#store.remove(workbook)

  open = async (workbook: string): Promise<Opened> => {
    // After a restart the person may be reading again before the page has opened its workbook again.
    if (this.#files.workbook !== workbook) await this.discard()
    this.#sets = new Map()
    this.#manual.clear()
    this.#sent = new Map()
    this.#pinned = undefined
    const problems: Problem[] = []
    for (const part of ['history', 'current'] as const) {
      const found = await this.#store.open(workbook, part)
      if (!found.ok) problems.push(found.failure)
      else if (found.value) {
        const { id, table, stored, report } = found.value
        this.#sets.set(part, { id, stored, ...this.#evaluating(part, table, report) })
      }
    }
    const [history, current] = [this.#dataSet('history'), this.#dataSet('current')]
    const snapshots = await this.#store.snapshots(workbook)
    return { ...(history && { history }), ...(current && { current }), snapshots, problems }
  }

  read = (request: ReadRequest, source: Source, onprogress: (progress: ReadProgress) => void) =>
    this.#files.read(request, sourceBlob(source), onprogress)

  join = (how: JoinHow = {}): Promise<Result<JoinAnswer>> => this.#files.join(how)

  cancel = (): Promise<void> => {
    this.#files.cancel()
    return Promise.resolve()
  }

  discard = (): Promise<void> => this.#files.discard()

  snapshots = (workbook: string) => this.#store.snapshots(workbook)

  forgetSnapshot = (id: string) => this.#store.forget(id)

  commit = async (part: DataPart, { asOf, model }: CommitHow = {}): Promise<Result<DataSet>> => {
    const { workbook } = this.#files
    const before = this.#sets.get(part)?.evaluator
    const full = model && before && workbook !== undefined && (await keepScores(this.#store, workbook, before, model))
    if (full) return failure([full])
    const { staging, stored, table, report: read } = await this.#files.take()
    const report = datedReport(read, asOf)
    const finished = await staging.finish(part, stored, report)
    this.#files.used()
    if (!finished.ok) return finished
    this.#sets.set(part, { id: finished.value, stored, ...this.#evaluating(part, table, report) })
    this.#sent = new Map()
    return success({ id: finished.value, part, report })
  }

  retypeRead = (column: string, type: ColumnType, file?: string): Promise<Result<JoinAnswer>> =>
    this.#files.retype(column, type, file)

  retype = async (part: DataPart, column: string, type: ColumnType): Promise<Result<ImportReport>> => {
    const { evaluator, stored, id } = this.#open(part)
    const changed = retype({ table: evaluator.imported, report: evaluator.report, stored }, column, type)
    if (!changed.ok) return changed
    await this.#change(part, { id, ...changed.value })
    return success(changed.value.report)
  }

  date = async (part: DataPart, asOf: string | undefined): Promise<ImportReport> => {
    const { evaluator, stored, id } = this.#open(part)
    const report = datedReport(evaluator.report, asOf)
    await this.#change(part, { id, stored, table: evaluator.imported, report })
    return report
  }

  async #change(part: DataPart, set: Pick<ReadTable, 'table' | 'report' | 'stored'> & { id: string }): Promise<void> {
    const { id, stored, table, report } = set
    await this.#store.update(id, stored, report)
    this.#sets.set(part, { id, stored, ...this.#evaluating(part, table, report) })
    this.#sent = new Map()
  }

  clean = ({ cleaning, roles, asOf }: CleanHow): Promise<Result<JoinAnswer>> =>
    this.#files.clean(cleaning, { roles, asOf })

  quality = (where: 'read' | DataPart, request: QualityRequest) => this.#quality.report(where, request)

  problems = (where: 'read' | DataPart, request: QualityRequest) => this.#quality.problems(where, request)

  preview = (where: 'read' | DataPart, rows: readonly number[]) => this.#quality.preview(where, rows)

  draft = ({ name, roles, objective = 'churn', asOf, seed, cleaning }: DraftRequest): Promise<HealthModel> => {
    const day = asOf !== undefined && { asOf }
    const judging = { ...EMPTY_MODEL, name, roles, objective, holdout: { seed, looks: 0 }, ...day }
    return Promise.resolve(draftModel({ ...this.#draftInput(judging), cleaning }))
  }

  draftMetric = (model: HealthModel, column: string): Promise<Metric | undefined> => {
    const manual = model.manual.find(({ name }) => name === column)
    const drafted = draftOne(this.#draftInput(model), column, manual !== undefined)
    return Promise.resolve(manual && drafted ? manualMetric(drafted, manual, this.#manual.of(manual.id)) : drafted)
  }

  manual = ({ model, today, anew, changes }: ManualRequest): Promise<ManualReport> => {
    if (anew) this.#manual.clear()
    this.#manual.change(changes, today)
    const facts = [...this.#sets].map(([part, { evaluator }]) => [part, evaluator.manualFacts(model)] as const)
    return Promise.resolve(Object.fromEntries(facts))
  }

  rowIds = (request: RowsRequest, from: number, to: number): Promise<readonly string[]> => {
    const { rows } = this.#open(request.part)
    const { id } = rows.scored(request.model)
    return Promise.resolve(Array.from(rows.list(request).rows.slice(from, to), (row) => idAt({ id }, row)))
  }

  unknownIds = ({ roles }: HealthModel, ids: readonly string[]): Promise<readonly string[]> =>
    Promise.resolve(
      unknownIn(
        [...this.#sets.values()].map(({ evaluator }) => evaluator.imported),
        roles.id,
        ids,
      ),
    )

  evaluate = ({ model, revision, settled }: EvaluateRequest): Promise<Evaluation> => {
    const started = performance.now()
    const { evaluator } = this.#judging()
    const current = this.#sets.has('history') ? this.#sets.get('current')?.evaluator : undefined
    const changedTier = evaluator.changedTier(model, settled)
    const baseline = evaluator.baseline(model)
    const evaluation: Evaluation = {
      revision,
      history: evaluator.evaluate(model),
      ...(current && { current: current.evaluate(model) }),
      metrics: this.#newFacts(model, evaluator),
      ...(settled && { categories: categoryFacts(model, evaluator) }),
      ...(changedTier !== undefined && { changedTier }),
      ...(baseline && { baseline }),
      milliseconds: performance.now() - started,
    }
    return Promise.resolve(handOver(evaluation))
  }

  rules = (model: HealthModel): Promise<RuleReport> => Promise.resolve(this.#judging().evaluator.ruleReport(model))

  pin = (model: HealthModel | undefined): Promise<void> => {
    this.#pinned = model
    for (const { evaluator } of this.#sets.values()) evaluator.pin(model)
    return Promise.resolve()
  }

  backtest = (request: BacktestRequest): Promise<BacktestAnswer> =>
    Promise.resolve(this.#judging().passes.quick(request))

  backtestMore = (request: MoreRequest, onprogress: (share: number) => void) => {
    const current = this.#sets.has('history') ? this.#sets.get('current')?.evaluator : undefined
    return this.#judging().passes.more(request, onprogress, current)
  }

  suggest = (request: SuggestRequest, onprogress: (share: number) => void) =>
    this.#judging().passes.suggest(request, onprogress)

  cancelBacktest = (): Promise<void> => {
    for (const { passes } of this.#sets.values()) passes.cancelMore()
    return Promise.resolve()
  }

  cancelSuggest = (): Promise<void> => {
    for (const { passes } of this.#sets.values()) passes.cancelSuggest()
    return Promise.resolve()
  }

  columnValues = (model: HealthModel, name: string): Promise<ColumnValues> =>
    Promise.resolve(columnValues(this.#judging().evaluator, model, name))

  scores = (model: HealthModel, part: DataPart): Promise<Blob> => {
    const { evaluator, rows } = this.#open(part)
    return Promise.resolve(new Blob([...scoresCsv(evaluator, model, rows.overrides)], { type: 'text/csv' }))
  }

  rows = (request: BlockRequest): Promise<RowsBlock> => {
    const { rows } = this.#open(request.part)
    return Promise.resolve(rows.block(request))
  }

  customer = (request: RowsRequest, row: number): Promise<CustomerDetail> => {
    const { rows, evaluator } = this.#open(request.part)
    const place = rows.list(request).rows.placeOf(row)
    const { asOf } = evaluator.customers(request.model)
    const standing = evaluator.standing.bind(evaluator)
    return Promise.resolve(customerDetail(rows.scored(request.model), row, place, asOf, standing))
  }

  rowsFile = (request: RowsRequest, columns: readonly ExportColumn[]): Promise<Blob> =>
    rowsFile(this.#open(request.part).rows, request, columns)

  override = (model: HealthModel, part: DataPart, overrides: readonly Override[]): Promise<readonly Override[]> => {
    const { rows, evaluator } = this.#open(part)
    const id = model.roles.id === undefined ? undefined : columnNamed(evaluator.table, model.roles.id)
    const { byRow, orphans } = placeOverrides(overrides, id, evaluator.table.rows)
    rows.override(byRow)
    return Promise.resolve(orphans)
  }

  /** The data set that judges: the history, or the only one there is. */
  #judging(): Loaded {
    return this.#sets.get('history') ?? this.#open('current')
  }

  /** Today's customers are of another day than those whose outcomes are known, which the model's day is of. */
  #evaluating(part: DataPart, table: Table, report: ImportReport): Pick<Loaded, 'evaluator' | 'rows' | 'passes'> {
    const evaluator = new Evaluator(table, report, this.#scoring.createScorer(table.rows), {
      asOf: part === 'current' ? report.asOf : undefined,
      manual: new ManualColumns(table, this.#manual),
      judges: () => part === 'history' || !this.#sets.has('history'),
    })
    evaluator.pin(this.#pinned)
    return { evaluator, rows: new CustomerRows(evaluator), passes: new BacktestPasses(evaluator) }
  }

  #open(part: DataPart): Loaded {
    const set = this.#sets.get(part)
    if (!set) throw new Error(`no data set: ${part}`)
    return set
  }

  #draftInput(model: HealthModel): DraftInput {
    const { evaluator } = this.#judging()
    const customers = evaluator.customers(model)
    const { name, roles, objective, holdout } = model
    const judging = { asOf: customers.asOf, asOfDay: model.asOf, training: customers.outcome('training') }
    return { name, table: evaluator.table, roles, objective, seed: holdout.seed, ...judging }
  }

  /** The lines of data that is open are no longer known. */
  #lookedAt(where: 'read' | DataPart): LookedAt {
    if (where === 'read') return this.#files.lookedAt
    const { imported: table, report } = this.#open(where).evaluator
    return { table, report, lineOf: () => undefined, orphans: [] }
  }

  #dataSet(part: DataPart): DataSet | undefined {
    const set = this.#sets.get(part)
    return set && { id: set.id, part, report: set.evaluator.report }
  }

  /** Facts of metrics that the page does not have yet. */
  #newFacts(model: HealthModel, evaluator: Evaluator): ReadonlyMap<string, MetricFacts> {
    const news = new Map<string, MetricFacts>()
    for (const metric of model.metrics) {
      const facts = evaluator.metricFacts(model, metric)
      if (!facts || this.#sent.get(metric.id) === facts) continue
      news.set(metric.id, facts)
      this.#sent.set(metric.id, facts)
    }
    return news
  }
}

function sourceBlob(source: Source): Blob {
  if (source instanceof Blob) return source
  const set = source === 'sample history' ? 'history' : 'current'
  return new Blob([...sampleCsv(set, SAMPLE)], { type: 'text/csv' })
}
