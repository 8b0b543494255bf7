import { MOVE_BINS, tierPerBin } from '../../src/core/backtest/moves'
import { columnNamed, type Column, type Table } from '../../src/core/column/column'
import { overridden, type Override } from '../../src/core/customers/override'
import type { HealthModel, Metric, Rule } from '../../src/core/model/health-model'
import type { CountedMetric } from '../../src/core/scoring/explain'
import type { Direction, Reasons } from '../../src/core/scoring/reasons'
import type { RuleStep } from '../../src/core/scoring/rules'
import type { Coverage, Weighed } from '../weighed'
import { ActingRules, NO_RULE } from './acting-rules'

/** Which way the columns of what moves customers most look. */
export const DIRECTIONS = { down: -1, up: 1 } as const

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
  #coverage: Coverage | undefined
  #acting: ActingRules | undefined
  #bases: readonly number[] | undefined
  readonly #reasons = new Map<Direction, Reasons>()
  #firstRules: Uint16Array | undefined

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
    // What is asked for beside a customer's metrics makes room in the scorer's memory, which ends the views of it.
    this.#actingRules()
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
    return this.#actingRules()?.steps(row) ?? []
  }

  /** The place in `rules` of the first that acted on each row; NO_RULE where none did. */
  firstRules(): Uint16Array {
    this.#firstRules ??= this.#actingRules()?.first() ?? new Uint16Array(this.table.rows).fill(NO_RULE)
    return this.#firstRules
  }

  #actingRules(): ActingRules | undefined {
    const { rules, applied } = this.weighed
    if (rules.length > 0) this.#acting ??= new ActingRules(rules, applied, this.weighed.means().slice())
    return this.#acting
  }

  coverage(): Coverage {
    this.#coverage ??= this.weighed.coverage()
    return this.#coverage
  }

  /** What moves each customer most in a direction; places are those in `metrics`. */
  reasons(direction: Direction): Reasons {
    const known = this.#reasons.get(direction) ?? this.weighed.reasons(direction)
    this.#reasons.set(direction, known)
    return known
  }
}

export function scoredKey(model: HealthModel, weighed: Weighed, overrides: ReadonlyMap<number, Override>): string {
  return JSON.stringify([weighed.key, model.roles, model.tiers, [...overrides]])
}
