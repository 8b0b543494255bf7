import { MOVE_BINS, tierPerBin } from '../../src/core/backtest/moves'
import { columnNamed, type Column, type Table } from '../../src/core/column/column'
import { overridden, type Override } from '../../src/core/customers/override'
import type { HealthModel, Metric, Rule } from '../../src/core/model/health-model'
import type { CountedMetric } from '../../src/core/scoring/explain'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { ruleSteps, type RuleStep } from '../../src/core/scoring/rules'
import { MISSING_POINTS } from '../../src/core/scoring/scale'
import { atOnce, inSlices } from '../in-slices'
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
    return this.#reasons.get(which) ?? atOnce(this.#reasonsOf(which))
  }

  /** The place in `rules` of the first that acted on each row; NO_RULE where none did. */
  firstRules(): Uint16Array {
    return this.#firstRules ?? atOnce(this.#firstRulesOf())
  }

  /**
   * Works out before anybody asks what takes long to sort by, and lets whoever asks for something else in between.
   * @param going asked at every slice; the work is given up when it says false
   */
  async ahead(going: () => boolean): Promise<void> {
    const work = async (made: () => boolean, of: () => Generator<number>): Promise<void> => {
      const mayGo = (): boolean => going() && !made()
      if (mayGo()) await inSlices(of(), () => undefined, mayGo, SLICE)
    }
    for (const which of ['down', 'up'] as const)
      await work(
        () => this.#reasons.has(which),
        () => this.#reasonsOf(which),
      )
    if (this.rules.length > 0)
      await work(
        () => this.#firstRules !== undefined,
        () => this.#firstRulesOf(),
      )
    if (going()) this.coverage()
  }

  *#firstRulesOf(): Generator<number, Uint16Array> {
    const { rows } = this.table
    const first = new Uint16Array(rows).fill(NO_RULE)
    for (let row = 0; row < rows; row++) {
      const [acted] = this.ruleSteps(row)
      if (acted) first[row] = acted.rule
      if (row % TOGETHER === 0) yield row / rows
    }
    return (this.#firstRules = first)
  }

  *#reasonsOf(which: 'down' | 'up'): Generator<number, Reasons> {
    const made = yield* reasonsOf(this.weighed, which === 'down' ? -1 : 1, this.table.rows)
    this.#reasons.set(which, made)
    return made
  }
}

export function scoredKey(model: HealthModel, weighed: Weighed, overrides: ReadonlyMap<number, Override>): string {
  return JSON.stringify([weighed.key, model.roles, model.tiers, [...overrides]])
}

/** In `firstRules`, of a row on which no rule acted. */
export const NO_RULE = 65_535
/** How long work that nobody waits for may hold the thread at a time; milliseconds. */
const SLICE = 8
/** Customers that are looked at together: what is known of them stays at hand while the metrics take turns. */
const TOGETHER = 4096

/** One pass per metric and some thousand customers, as `topReasons` does for one customer; all of it whole numbers. Yields after each of these. */
function* reasonsOf(weighed: Weighed, sign: 1 | -1, rows: number): Generator<number, Reasons> {
  const bases = weighed.bases()
  const signed = Int32Array.from(weighed.weights, (weight) => sign * weight)
  const [most, den] = [new Int32Array(TOGETHER), new Int32Array(TOGETHER)]
  const [steps, of, has] = [new Int32Array(rows), new Uint16Array(rows), new Uint8Array(rows)]
  for (let start = 0; start < rows; start += TOGETHER) {
    const end = Math.min(rows, start + TOGETHER)
    most.fill(0)
    den.fill(0)
    // Asked for anew: what the scorer holds may lie elsewhere after a pause.
    for (const [metric, column] of weighed.points().entries()) {
      addReasons(column.subarray(start, end), signed[metric]!, bases[metric]!, metric, {
        most,
        den,
        of: of.subarray(start, end),
      })
    }
    for (let row = start; row < end; row++) {
      const moved = most[row - start]!
      if (moved === 0) continue
      has[row] = 1
      steps[row] = Math.round((sign * moved) / den[row - start]!)
    }
    yield end / rows
  }
  return { steps, metrics: { names: weighed.metrics.map(({ name }) => name), of }, has }
}

/** What moves each of some customers most so far, weighted, the metric that does, and the weight of those that have a value. */
interface MostMoved {
  readonly most: Int32Array
  readonly den: Int32Array
  readonly of: Uint16Array
}

function addReasons(
  points: Uint16Array,
  signed: number,
  base: number,
  metric: number,
  { most, den, of }: MostMoved,
): void {
  const none = MISSING_POINTS
  const weight = Math.abs(signed)
  for (let i = 0; i < points.length; i++) {
    const own = points[i]!
    if (own === none) continue
    den[i] = den[i]! + weight
    const moved = signed * (own - base)
    if (moved <= most[i]!) continue
    most[i] = moved
    of[i] = metric
  }
}
