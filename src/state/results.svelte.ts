import { backtest, type Backtest } from '../core/backtest/backtest'
import type { Evaluation, MetricFacts, RuleReport, SetEvaluation, SignalFacts } from '../core/backtest/evaluation'
import { counted, fixed } from '../core/figure'
import { activeMetrics, checkModel, whyNobodyIsScored } from '../core/model/check'
import type { HealthModel } from '../core/model/health-model'
import type { ModelProblem } from '../core/model/model-problem'
import { same } from '../core/same'
import type { EngineApi } from '../../workers/engine-api'
import { latest } from '../../workers/latest'
import type { DataSets } from './data-sets.svelte'
import type { ManualColumns } from './manual-columns.svelte'
import type { Edit } from './workbook.svelte'

/** After this long without an answer earlier figures are dimmed; milliseconds. */
const LATE = 100

/** What the engine says of the model on screen: it is asked at every edit, and only the newest question counts. */
export class Results {
  #evaluation: Evaluation | undefined = $state.raw()
  /** The model that the evaluation is of. */
  #evaluated: HealthModel | undefined = $state.raw()
  #facts: ReadonlyMap<string, MetricFacts> = $state.raw(new Map())
  #categories: ReadonlyMap<string, SignalFacts> = $state.raw(new Map())
  #changedTier: number | undefined = $state.raw()
  #shown: HealthModel | undefined = $state.raw()
  #busy = $state(false)
  #late = $state(false)
  #failed: string | undefined = $state.raw()
  #stopped = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #found: readonly ModelProblem[] = []
  #counted: ReadonlySet<string> = new Set()
  readonly #engine: EngineApi
  readonly #data: DataSets
  readonly #manual: Pick<ManualColumns, 'judging' | 'tooLate'>
  readonly #model: () => HealthModel | undefined

  constructor(
    engine: EngineApi,
    data: DataSets,
    manual: Pick<ManualColumns, 'judging' | 'tooLate'>,
    model: () => HealthModel | undefined,
  ) {
    this.#manual = manual
    this.#engine = engine
    this.#data = data
    this.#model = model
  }

  get evaluation(): Evaluation | undefined {
    return this.#evaluation
  }

  get facts(): ReadonlyMap<string, MetricFacts> {
    return this.#facts
  }

  get categories(): ReadonlyMap<string, SignalFacts> {
    return this.#categories
  }

  /** What the engine has answered last; a newer model may be waiting for its own answer. */
  get answered(): { readonly model: HealthModel; readonly revision: number } | undefined {
    const [model, revision] = [this.#evaluated, this.#evaluation?.revision]
    return model && revision !== undefined ? { model, revision } : undefined
  }

  /** The model that the figures on screen belong to. */
  get model(): HealthModel | undefined {
    return this.#shown ?? this.#model()
  }

  /** Customers in another tier than before the last edit; undefined when nothing was edited. */
  get changedTier(): number | undefined {
    return this.#changedTier
  }

  /** Whether figures on screen are of an earlier model. */
  get busy(): boolean {
    return this.#busy
  }

  get late(): boolean {
    return this.#late
  }

  /** Why there are no figures; undefined when all is well. */
  get failed(): string | undefined {
    return this.#failed
  }

  /** Everything that is wrong with the model, by the columns of the data that judges it. */
  readonly problems: readonly ModelProblem[] = $derived.by(() => {
    const found = this.#check()
    // A drag finds the same problems at every frame: the same list is not drawn again.
    if (JSON.stringify(found) !== JSON.stringify(this.#found)) this.#found = found
    return this.#found
  })

  #check(): ModelProblem[] {
    const model = this.#model()
    if (!model) return []
    const report = this.#data.judging?.report
    if (!report) return checkModel(model)
    const hasAsOf = model.asOf !== undefined || model.roles.snapshot !== undefined
    const { judging: columns, tooLate } = this.#manual
    return checkModel(model, { columns, imported: report.columns, rows: report.rows, hasAsOf, tooLate })
  }

  /** Why nobody at all is scored, and what to do, where the model is the reason. */
  readonly nobody: string | undefined = $derived.by(() => whyNobodyIsScored(this.problems))

  /** Ids of the metrics that count. */
  readonly counting: ReadonlySet<string> = $derived.by(() => {
    const model = this.#model()
    const ids = model ? activeMetrics(model, this.problems).map(({ id }) => id) : []
    if (ids.length !== this.#counted.size || !ids.every((id) => this.#counted.has(id))) this.#counted = new Set(ids)
    return this.#counted
  })

  // On their own, so that an edit of a weight does not work everything out before its counts are there.
  private readonly tiers = $derived.by(() => this.#model()?.tiers)
  private readonly objective = $derived.by(() => this.#model()?.objective)

  /** The figures of the training part. They follow the tiers at once, since counts per score decide them. */
  readonly training: Backtest | undefined = $derived.by(() => {
    const { tiers, objective } = this
    if (!tiers || !objective || !this.#evaluation) return undefined
    return backtest(this.#evaluation.history, 'training', { tiers, objective })
  })

  /** "7,043 customers, AUC 0.844": what the list of workbooks says. */
  get inWords(): string {
    const rows = this.#data.judging?.report.rows
    const auc = this.training?.auc.auc
    const customers = rows === undefined ? 'no customers yet' : counted(rows, 'customer')
    return auc === undefined ? customers : `${customers}, AUC ${fixed(auc, 3)}`
  }

  /** Asks for the figures of an edit. */
  readonly ask = ({ model, revision, settled }: Edit): void => {
    if (!this.#data.judging) {
      this.#busy = false
      return
    }
    this.#busy = true
    this.#timer ??= setTimeout(() => (this.#late = true), LATE)
    void this.#work(model, revision, settled)
  }

  /** The values that the scale editor draws. */
  columnValues(column: string) {
    return this.#engine.columnValues(this.#model()!, column)
  }

  /** The metric that a draft would make of a column; undefined for a column that makes none. */
  draftMetric(column: string) {
    return this.#engine.draftMetric(this.#model()!, column)
  }

  /** What each rule of a model does; undefined where the engine cannot say. */
  async ruleReport(model: HealthModel): Promise<RuleReport | undefined> {
    if (this.#stopped || !this.#data.judging) return undefined
    try {
      return await this.#engine.rules(model)
    } catch (error) {
      if (error instanceof Error && error.name === 'EngineStopped') return undefined
      throw error
    }
  }

  /** The engine has lost its customers: nothing is asked of it until `forget`, and the figures are still owed. */
  stopped(): void {
    this.#stopped = true
    this.#busy = this.#data.judging !== undefined
  }

  /** Forgets the figures: other customers are judged now. */
  forget(): void {
    this.#stopped = false
    this.#evaluation = undefined
    this.#evaluated = undefined
    this.#shown = undefined
    this.#facts = new Map()
    this.#categories = new Map()
    this.#changedTier = undefined
    this.#failed = undefined
  }

  readonly #work = latest(async (model: HealthModel, revision: number, settled: boolean) => {
    if (this.#stopped) return
    let answered = true
    try {
      if (settled || !this.#evaluated || !onlyTiersDiffer(this.#evaluated, model)) {
        this.#take(await this.#engine.evaluate({ model, revision, settled }), model)
      }
      this.#failed = undefined
    } catch (error) {
      // A new thread opens the data again and is asked again: until then the figures are still owed.
      answered = !(error instanceof Error && error.name === 'EngineStopped')
      if (answered) {
        this.#failed = 'The figures could not be computed. Your sheet is safe.'
        throw error
      }
    } finally {
      if (answered && (this.#model() === model || !this.#model())) this.#answered(model)
    }
  })

  #take(evaluation: Evaluation, model: HealthModel): void {
    // Compared only where they may be the same: in a drag of a weight they never are, and each frame counts.
    const mayBeSame = this.#evaluated && onlyTiersDiffer(this.#evaluated, model)
    this.#evaluation = mayBeSame ? keepingSame(this.#evaluation, evaluation) : evaluation
    this.#evaluated = model
    if (evaluation.metrics.size > 0) this.#facts = new Map([...this.#facts, ...evaluation.metrics])
    if (evaluation.categories) this.#categories = evaluation.categories
    if (evaluation.changedTier !== undefined) this.#changedTier = evaluation.changedTier
  }

  #answered(model: HealthModel): void {
    this.#shown = model
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#busy = false
    this.#late = false
  }
}

/** Where nobody's score has changed the earlier counts stay, and with them all that was worked out of them. */
function keepingSame(before: Evaluation | undefined, { history, current, ...rest }: Evaluation): Evaluation {
  const earlier = <Set extends SetEvaluation | undefined>(old: SetEvaluation | undefined, now: Set): Set =>
    same(old, now) ? (old as Set) : now
  return {
    ...rest,
    history: earlier(before?.history, history),
    ...(current && { current: earlier(before?.current, current) }),
  }
}

/** Scores are the same when only cuts, names and notes have changed, so that no customer has to be looked at. */
function onlyTiersDiffer(before: HealthModel, after: HealthModel): boolean {
  const keys = ['metrics', 'rules', 'roles', 'manual', 'minCoverage', 'holdout', 'asOf', 'objective'] as const
  return keys.every((key) => before[key] === after[key])
}
