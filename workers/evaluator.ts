import type {
  BaselineEvaluation,
  MetricFacts,
  RuleReport,
  SetEvaluation,
  SignalFacts,
} from '../src/core/backtest/evaluation'
import { changedTier, MOVE_BINS, MOVE_TIERS, tierPerBin } from '../src/core/backtest/moves'
import { BINS, type ScoreHistogram } from '../src/core/backtest/score-histogram'
import type { Table } from '../src/core/column/column'
import type { ColumnProfile, ImportReport } from '../src/core/column/import-report'
import type { ManualFacts } from '../src/core/manual/manual-facts'
import type { Standing } from '../src/core/manual/manual-value'
import { activeMetrics, checkModel } from '../src/core/model/check'
import { activeRules } from '../src/core/model/check-rules'
import type { HealthModel, Metric, Rule, Tier } from '../src/core/model/health-model'
import { minDenOf, type Plan } from '../src/core/scoring/reference'
import { hundredths } from '../src/core/scoring/scale'
import { Baseline } from './baseline'
import { Customers } from './customers'
import { MetricFactsCache } from './metric-facts'
import { PointsCache, type CachedPoints } from './points-cache'
import { RuleCache } from './rule-cache'
import { ruleReport } from './rule-facts'
import type { KeyedPlan, Scored, Weighed } from './weighed'
import { WeightDrag } from './weight-drag'
import { WholeTable, type Around } from './whole-table'
import type { Against, Handle, Moves, Scorer } from './scorer'

/** What was counted for the plan that was last scored. */
interface Counted {
  readonly key: string
  readonly histogram: ScoreHistogram
  /** Against the pinned model; undefined when none is pinned. */
  readonly against: Against | undefined
}

/** The tiers that were last kept, against which changes are counted. */
interface Kept {
  readonly key: string
  readonly tiers: readonly Tier[]
  /** Everybody by the tier and the bin that they were in. */
  readonly moves: Moves
}

/**
 * One data set under a changing model. It redoes only what changed: a metric's points when its scale does, the pass
 * over the customers when a weight does, nothing per customer when a cut does, everything when the roles do.
 */
export class Evaluator {
  /** The imported columns. */
  readonly imported: Table
  readonly report: ImportReport
  readonly #asOf: string | undefined
  readonly #whole: WholeTable
  readonly scorer: Scorer
  readonly #points: PointsCache
  readonly #facts: MetricFactsCache
  readonly #rules: RuleCache
  readonly #scores: Handle
  readonly #drag: WeightDrag
  /** For scores of a category or without rules, which are looked at and forgotten. */
  #spare: Handle | undefined
  #customers: Customers | undefined
  #customersKey = ''
  #acting: { readonly model: HealthModel; readonly metrics: Metric[]; readonly rules: Rule[] } | undefined
  #counted: Counted | undefined
  #evaluation: { readonly key: string; readonly set: SetEvaluation } | undefined
  #kept: Kept | undefined
  #pinned: HealthModel | undefined
  #baseline: Baseline | undefined
  readonly #categories = new Map<string, { readonly key: string; readonly facts: SignalFacts }>()

  constructor(table: Table, report: ImportReport, scorer: Scorer, around: Around = {}) {
    this.#asOf = around.asOf
    this.imported = table
    this.report = report
    this.#whole = new WholeTable(table, report.columns, around)
    this.scorer = scorer
    this.#points = new PointsCache(() => this.table, scorer)
    this.#facts = new MetricFactsCache(() => this.table, scorer)
    this.#rules = new RuleCache(
      () => this.table,
      () => this.columns,
      scorer,
    )
    this.#scores = scorer.column()
    this.#drag = new WeightDrag(scorer)
  }

  /** The imported columns and those that people fill in by hand, as the last model that was asked about has them. */
  get table(): Table {
    return this.#whole.table
  }

  /** Their profiles. */
  get columns(): readonly ColumnProfile[] {
    return this.#whole.columns
  }

  /** How what people filled in stands here. */
  manualFacts(model: HealthModel): readonly ManualFacts[] {
    return this.#whole.facts(model, this.customers(model))
  }

  /** How what was filled in in a column stands in a row; undefined where nothing was. */
  standing(column: string, row: number): Standing | undefined {
    return this.#whole.standing(column, row)
  }

  /** Puts the manual columns of a model beside the imported ones, and forgets what was made of those that have changed. */
  #placeManual(model: HealthModel, customers: Customers): void {
    const changed = this.#whole.place(model, customers)
    if (changed.size === 0) return
    this.#facts.forget(changed)
    this.#rules.forget(changed)
    this.#acting = undefined
    // What people filled in since is compared on both sides.
    this.#unpin()
  }

  /** The customers under the roles of a model. */
  customers(given: HealthModel): Customers {
    const { roles, holdout } = given
    const asOf = this.#asOf ?? given.asOf
    const key = this.#keyOf(given)
    if (!this.#customers || this.#customersKey !== key) {
      this.#customers = new Customers(this.table, { roles, holdout, ...(asOf !== undefined && { asOf }) })
      this.#customersKey = key
      this.scorer.judge(this.#customers.classes, this.#customers.revenue(roles))
      this.#points.clear()
      this.#facts.clear()
      this.#rules.clear()
      this.#categories.clear()
      this.#acting = undefined
      this.#counted = undefined
      this.#evaluation = undefined
      this.#unpin()
    }
    this.#placeManual(given, this.#customers)
    return this.#customers
  }

  #keyOf({ roles, asOf, holdout, objective }: HealthModel): string {
    return JSON.stringify([roles, this.#asOf ?? asOf, holdout.seed, holdout.by, objective])
  }

  /** The metrics that count, by the columns of this data set. */
  active(model: HealthModel): Metric[] {
    return this.#act(model).metrics
  }

  /** What counts and what acts of a model: it is asked for several times an edit and worked out once. */
  #act(model: HealthModel): { readonly metrics: Metric[]; readonly rules: Rule[] } {
    this.customers(model)
    if (this.#acting?.model !== model) this.#acting = { model, ...this.#find(model) }
    return this.#acting
  }

  #find(model: HealthModel): { readonly metrics: Metric[]; readonly rules: Rule[] } {
    const { columns: imported, rows } = this.report
    const hasAsOf = this.#customers?.asOf !== undefined
    const problems = checkModel(model, { columns: this.columns, imported, rows, hasAsOf })
    return { metrics: activeMetrics(model, problems), rules: activeRules(model, problems) }
  }

  /** Every customer's score; a view that is valid until the next call. */
  scores(model: HealthModel): Uint16Array {
    this.#count(model)
    return this.scorer.values(this.#scores)
  }

  /** A metric's points, under the customers that were last asked for. */
  pointsOf(metric: Metric): CachedPoints {
    return this.#points.of(metric, this.#customers?.asOf)
  }

  /** What every customer's score is made of. */
  weighed(model: HealthModel): Weighed {
    const { key } = this.#count(model)
    const { metrics, rules } = this.#act(model)
    const plan = this.plan(model, metrics)
    const { points, runs } = plan
    const { weights, minDen } = runs[0]!
    const { asOf, classes } = this.customers(model)
    const applied = rules.map((rule) => this.#rules.applied(rule, asOf).to)
    const bases = (): number[] => metrics.map((metric) => this.#points.base(metric, asOf))
    return {
      ...{ key, metrics, weights, minDen, classes, rules, applied, bases },
      points: () => points.map((column) => this.scorer.values(column)),
      scores: () => this.scorer.values(this.#scores),
      means: () => {
        if (rules.length === 0) return this.scorer.values(this.#scores)
        this.#spare ??= this.scorer.column()
        this.scorer.score(plan, this.#spare)
        return this.scorer.values(this.#spare)
      },
      reasons: (direction) => this.scorer.reasons({ points, weights, bases: bases() }, direction),
      coverage: () => ({
        weights: this.scorer.weightWithPoints(plan),
        all: weights.reduce((sum, weight) => sum + weight, 0),
      }),
    }
  }

  /** What is averaged for some metrics of a model, without its rules. */
  plan(model: HealthModel, metrics: readonly Metric[], minCoverage = model.minCoverage): KeyedPlan {
    const { asOf } = this.customers(model)
    const points = metrics.map((metric) => this.#points.of(metric, asOf))
    const weights = Uint16Array.from(metrics, (metric) => hundredths(metric.weight))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const minDen = minDenOf(hundredths(minCoverage), total)
    return {
      points: points.map(({ column }) => column),
      runs: [{ start: 0, customers: this.table.rows, weights, minDen }],
      versions: points.map(({ version }) => version),
      key: [minDen, ...points.map(({ version }, i) => `${version}:${weights[i]!}`)].join(' '),
    }
  }

  /** The plan of a model with other weights, in hundredths, of the metrics that count. */
  reweighed(model: HealthModel, weights: readonly number[]): Plan<Handle> {
    const { runs, ...plan } = this.planOf(model)
    const minDen = minDenOf(
      hundredths(model.minCoverage),
      weights.reduce((sum, weight) => sum + weight, 0),
    )
    return { ...plan, runs: runs.map((run) => ({ ...run, weights: Uint16Array.from(weights), minDen })) }
  }

  /** What is averaged for a model, and what its rules make of it. */
  planOf(model: HealthModel): KeyedPlan {
    const { metrics, rules } = this.#act(model)
    const plan = this.plan(model, metrics)
    const clamp = this.#rules.clamp(rules, this.customers(model).asOf)
    return clamp ? { ...plan, clamp, clampKey: clamp.key, key: `${plan.key} ${clamp.key}` } : plan
  }

  evaluate(model: HealthModel): SetEvaluation {
    const customers = this.customers(model)
    const { key, histogram } = this.#count(model)
    if (this.#evaluation?.key !== key) {
      const set = customers.evaluation(histogram, this.scorer.values(this.#scores), model.objective)
      this.#evaluation = { key, set }
    }
    return this.#evaluation.set
  }

  /** What each rule of a model does. */
  ruleReport(model: HealthModel): RuleReport {
    const customers = this.customers(model)
    const { metrics, rules: active } = this.#act(model)
    const mean = this.plan(model, metrics)
    const rules = this.#rules
    return ruleReport({ scorer: this.scorer, rules, model, active, mean, customers })
  }

  /** How many customers are in another tier than under the model that was last settled; undefined at the first. */
  changedTier(model: HealthModel, settled: boolean): number | undefined {
    const counted = this.#count(model)
    const changed = this.#kept && this.#changedSince(this.#kept, counted.key, model.tiers)
    if (settled) this.#keepTiers(model)
    return changed
  }

  /** Where only cuts have moved no customer is touched: whom each tier had is told by the counts. */
  #changedSince({ key, moves }: Kept, now: string, tiers: readonly Tier[]): number {
    if (key === now) return changedTier(moves, tiers, this.table.rows)
    return this.scorer.countChanged(this.#scores, tierPerBin(tiers))
  }

  /** Pins the model that others are compared with, or takes the pin out. */
  pin(model: HealthModel | undefined): void {
    this.#pinned = model
    this.#unpin()
  }

  #unpin(): void {
    this.#baseline?.release()
    this.#baseline = undefined
    this.#counted = undefined
  }

  /** How a model compares with the pinned one on the training part; undefined when none is pinned. */
  baseline(model: HealthModel): BaselineEvaluation | undefined {
    const { against } = this.#count(model)
    return against && this.#baseline!.compare(this.#scores, against, model)
  }

  /** What a pass over the rows starts from: a model's scores, and what they are compared with. */
  scored(model: HealthModel): Scored {
    const { key, histogram, against } = this.#count(model)
    const baseline = against && this.#baseline && { pinned: this.#baseline, against }
    return { key, histogram, scores: this.#scores, ...(baseline && { baseline }) }
  }

  /** Scores the pinned model, for customers as the model sees them that is compared with it. */
  #scorePinned(model: HealthModel): void {
    if (!this.#pinned || this.#baseline) return
    const { roles, asOf, holdout, objective } = model
    const { asOf: _own, ...pinned } = this.#pinned
    const judged = { ...pinned, roles, holdout, objective, ...(asOf !== undefined && { asOf }) }
    const plan = this.planOf(judged)
    const scores = this.scorer.column()
    this.scorer.score(plan, scores)
    this.#baseline = new Baseline(this.scorer, scores, judged, this.customers(model))
  }

  /** Whether what a model's scores are made of is still as it was when they were made: its points, rules and customers. */
  holds(model: HealthModel): boolean {
    const { metrics, rules } = this.#acting?.model === model ? this.#acting : this.#find(model)
    return (
      this.#customersKey === this.#keyOf(model) &&
      metrics.every((metric) => this.#points.holds(metric)) &&
      this.#rules.holds(rules)
    )
  }

  /** How each metric alone separates; undefined where its column is missing or its scale does not fit. */
  metricFacts(model: HealthModel, metric: Metric): MetricFacts | undefined {
    const customers = this.customers(model)
    return this.#facts.of(metric, this.#points.of(metric, customers.asOf), customers, model.objective)
  }

  /** How the metrics of a category separate together, as if they were the model. */
  categoryFacts(model: HealthModel, category: string, metrics: readonly Metric[]): SignalFacts {
    const plan = this.plan(model, metrics, 0)
    const known = this.#categories.get(category)
    if (known?.key === plan.key) return known.facts
    this.#spare ??= this.scorer.column()
    this.scorer.score(plan, this.#spare)
    const facts = this.#facts.ofScores(this.#spare, this.customers(model), model.objective)
    this.#categories.set(category, { key: plan.key, facts })
    return facts
  }

  #count(model: HealthModel): Counted {
    this.customers(model)
    this.#points.keep(model.metrics)
    this.#rules.keep(model.rules)
    this.#scorePinned(model)
    const plan = this.planOf(model)
    if (this.#counted?.key !== plan.key) {
      this.#drag.score(plan, this.#scores)
      this.#counted = { key: plan.key, ...this.#countScores() }
    }
    return this.#counted
  }

  #countScores(): Omit<Counted, 'key'> {
    const against = this.#baseline?.count(this.#scores)
    return { histogram: against?.histogram ?? this.scorer.count(this.#scores), against }
  }

  /** From now on changes are counted from the tiers of this model. */
  #keepTiers(model: HealthModel): void {
    const { tiers } = model
    const { key, histogram } = this.#count(model)
    if (this.#kept?.key === key && this.#kept.tiers === tiers) return
    const tierOf = tierPerBin(tiers)
    this.scorer.keepTiers(this.#scores, tierOf)
    this.#kept = { key, tiers, moves: unmoved(histogram, tierOf) }
  }
}

/** The moves of everybody who stayed where they are. */
function unmoved({ counts, notScored }: ScoreHistogram, tierOf: Uint8Array): Moves {
  const moves = new Uint32Array(MOVE_TIERS * MOVE_BINS)
  for (let at = 0; at < counts.length; at++) moves[tierOf[at % BINS]! * MOVE_BINS + (at % BINS)]! += counts[at]!
  moves[tierOf[BINS]! * MOVE_BINS + BINS] = notScored.reduce((sum, count) => sum + count, 0)
  return moves
}
