import { MOVE_BINS, tierPerBin } from '../../src/core/backtest/moves'
import { columnNamed, type Column, type Table } from '../../src/core/column/column'
import { overridden, type Override } from '../../src/core/customers/override'
import type { HealthModel, Metric, Rule } from '../../src/core/model/health-model'
import type { CountedMetric } from '../../src/core/scoring/explain'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { ruleSteps, type RuleStep } from '../../src/core/scoring/rules'
import { MISSING_POINTS } from '../../src/core/scoring/scale'
import type { Weighed } from '../weighed'
import { applyingAt } from '../rule-cache'

/** What pulls each customer down, or lifts them, most. */
export interface Reasons {
  /** How far it moves the score, in hundredths, per row. */
  readonly steps: Int32Array
  readonly metrics: { readonly names: readonly string[]; readonly of: Uint16Array }
  /** 1 for rows that have one. */
  readonly has: Uint8Array
}

/** The customers of a data set as a model scores them and as overrides change that; what is costly is made when asked for. */
export class ScoredRows {
  readonly table: Table
  readonly model: HealthModel
  readonly id: Column | undefined
  /** Index into CLASSES per row. */
  readonly classes: Uint8Array
  /** With overrides that hold. A copy: it stays while the engine scores the next model. */
  readonly scores: Uint16Array
  readonly weighed: Weighed
  readonly metrics: readonly Metric[]
  /** The tier per bin of a score. */
  readonly tierOf: Uint8Array
  /** By row; only those that hold. */
  readonly overrides: ReadonlyMap<number, Override>
  /** A text that two share exactly when they list everybody alike. */
  readonly key: string
  #coverage: Float64Array | undefined
  /** Everybody's score without rules; a copy. */
  #means: Uint16Array | undefined
  #bases: readonly number[] | undefined
  readonly #reasons = new Map<'down' | 'up', Reasons>()

  constructor(table: Table, model: HealthModel, weighed: Weighed, overrides: ReadonlyMap<number, Override>) {
    this.table = table
    this.model = model
    this.id = model.roles.id === undefined ? undefined : columnNamed(table, model.roles.id)
    this.classes = weighed.classes
    this.weighed = weighed
    this.metrics = weighed.metrics
    this.overrides = overrides
    this.tierOf = tierPerBin(model.tiers)
    this.scores = weighed.scores().slice()
    for (const [row, override] of overrides) this.scores[row] = overridden(this.scores[row]!, override)
    this.key = scoredKey(model, weighed, overrides)
  }

  /** The tier of a score, from the riskiest; −1 for whoever is not scored. */
  tier(score: number): number {
    const bin = Math.min(score, MOVE_BINS - 1)
    return bin === MOVE_BINS - 1 ? -1 : this.tierOf[bin]!
  }

  /** The metrics as they count for the customer of a row. To be asked for anew at every request. */
  counting(): (row: number) => CountedMetric[] {
    const points = this.weighed.points()
    const { weights } = this.weighed
    this.#bases ??= this.weighed.bases()
    const bases = this.#bases
    return (row) => points.map((column, i) => ({ points: column[row]!, weight: weights[i]!, base: bases[i]! }))
  }

  /** The rules that act on anybody who meets them. */
  get rules(): readonly Rule[] {
    return this.weighed.rules
  }

  /** The rules that acted on the customer of a row, by their place in `rules`, and how far each moved the score. */
  ruleSteps(row: number): RuleStep[] {
    const { rules, applied } = this.weighed
    if (rules.length === 0) return []
    this.#means ??= this.weighed.means().slice()
    const mean = this.#means[row]!
    if (mean === NOT_SCORED) return []
    const places = applyingAt(rules, applied, row)
    if (places.length === 0) return []
    const actions = places.map((place) => rules[place]!.then)
    return ruleSteps(mean, actions).map(({ rule, step }) => ({ rule: places[rule]!, step }))
  }

  /** Per row, 0…1. */
  coverage(): Float64Array {
    this.#coverage ??= this.weighed.coverage()
    return this.#coverage
  }

  reasons(which: 'down' | 'up'): Reasons {
    const known = this.#reasons.get(which) ?? reasonsOf(this.weighed, which === 'down' ? -1 : 1, this.table.rows)
    this.#reasons.set(which, known)
    return known
  }
}

export function scoredKey(model: HealthModel, weighed: Weighed, overrides: ReadonlyMap<number, Override>): string {
  return JSON.stringify([weighed.key, model.roles, model.tiers, [...overrides]])
}

/** One pass per metric, as `topReasons` does for one customer. */
function reasonsOf(weighed: Weighed, sign: 1 | -1, rows: number): Reasons {
  const { weights, metrics } = weighed
  const bases = weighed.bases()
  const most = new Float64Array(rows)
  const den = new Float64Array(rows)
  const of = new Uint16Array(rows)
  for (const [metric, column] of weighed.points().entries()) {
    const weight = weights[metric]!
    const base = bases[metric]!
    for (let row = 0; row < rows; row++) {
      if (column[row] === MISSING_POINTS) continue
      den[row] = den[row]! + weight
      const moved = sign * weight * (column[row]! - base)
      if (moved <= most[row]!) continue
      most[row] = moved
      of[row] = metric
    }
  }
  const steps = new Int32Array(rows)
  const has = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    if (most[row]! <= 0) continue
    has[row] = 1
    steps[row] = Math.round((sign * most[row]!) / den[row]!)
  }
  return {
    steps,
    metrics: { names: metrics.map(({ name }) => name), of },
    has,
  }
}
