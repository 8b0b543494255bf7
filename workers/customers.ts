import { aucPoint } from '../src/core/backtest/auc'
import { clusteredVariance, ranking } from '../src/core/backtest/clustered-variance'
import { rowsByCustomer, type CustomerRows } from '../src/core/backtest/customer-rows'
import type { SetEvaluation } from '../src/core/backtest/evaluation'
import { hashBytes, hashId, isHoldout } from '../src/core/backtest/holdout'
import { outcomesByDate, outcomesByValue, type OutcomeCounts } from '../src/core/backtest/outcome'
import { UNKNOWN } from '../src/core/backtest/outcome-histogram'
import {
  CLASSES,
  PARTS,
  partHistogram,
  riskBins,
  type Part,
  type ScoreHistogram,
} from '../src/core/backtest/score-histogram'
import { TIME_PARTS, timeHoldout } from '../src/core/backtest/time-holdout'
import { columnNamed, textAt, valueAt, type Column, type Table } from '../src/core/column/column'
import { filled } from '../src/core/filled'
import { groupRows, type RowGroups } from '../src/core/column/group-rows'
import type { HealthModel } from '../src/core/model/health-model'
import { asOfDays } from '../src/core/scoring/as-of-days'
import type { AsOf } from '../src/core/scoring/points'
import { hundredths } from '../src/core/scoring/scale'

/** What decides who is judged and how: the roles, the as-of day, the split. */
export type Judging = Pick<HealthModel, 'roles' | 'asOf' | 'holdout'>

const CLASS_OF = {
  training: [CLASSES.trainingStayed, CLASSES.trainingEvent],
  holdout: [CLASSES.holdoutStayed, CLASSES.holdoutEvent],
} as const

/** The outcome of each class, as one part sees it. */
const OUTCOME_IN: Readonly<Record<Part, Uint8Array>> = {
  training: Uint8Array.of(0, 1, UNKNOWN, UNKNOWN, UNKNOWN),
  holdout: Uint8Array.of(UNKNOWN, UNKNOWN, 0, 1, UNKNOWN),
  all: Uint8Array.of(0, 1, 0, 1, UNKNOWN),
}

/**
 * The customers of one data set as a model's roles see them: who had the event, who is kept for the test, what they
 * pay. Made anew when the roles change; weights and scales leave it alone. Per row it holds one byte.
 */
export class Customers {
  readonly table: Table
  readonly asOf: AsOf | undefined
  /** Undefined without an outcome. */
  readonly outcomeCounts: OutcomeCounts | undefined
  /** Index into CLASSES per row. */
  readonly classes: Uint8Array
  readonly ids: SetEvaluation['ids']
  /** Where the model splits by time: the first day of the hold-out; 'one date' where no later one could be held out, so that it is split by ID. */
  readonly byTime: SetEvaluation['byTime']
  /** Whose row each is; kept only where IDs repeat. */
  readonly groups: RowGroups | undefined

  readonly #outcomes = new Map<Part, Uint8Array>()
  readonly #repeated = new Map<Part, CustomerRows>()

  constructor(table: Table, { roles, asOf, holdout }: Judging) {
    this.table = table
    this.asOf = asOfDays(table, roles.snapshot, asOf)
    const judged = outcomesOf(table, roles, this.asOf)
    this.outcomeCounts = judged?.counts
    const id = roles.id === undefined ? undefined : columnNamed(table, roles.id)
    const split = holdout.by === 'time' ? splitByTime(this.asOf, roles.outcome, judged?.values) : undefined
    if (split) this.byTime = { from: split.from, overlapping: split.overlapping }
    else this.byTime = holdout.by === 'time' ? 'one date' : undefined
    this.classes = classesOf(judged?.values, split?.parts ?? holdoutRows(table.rows, id, holdout.seed))
    const groups = id && groupRows(id, table.rows)
    this.ids = !groups ? 'row numbers' : repeats(groups, table.rows) ? 'repeated' : 'unique'
    this.groups = this.ids === 'repeated' ? groups : undefined
  }

  /** 1 event, 0 non-event, UNKNOWN per row, of the whole or one part; undefined without an outcome. */
  outcome(part: Part): Uint8Array | undefined {
    if (!this.outcomeCounts) return undefined
    const known = this.#outcomes.get(part)
    if (known) return known
    // Not read in the loop, where an imported constant is a slow look-up before it is bundled.
    const [outcomeIn, classes] = [OUTCOME_IN[part], this.classes]
    const outcome = new Uint8Array(classes.length)
    for (let row = 0; row < outcome.length; row++) outcome[row] = outcomeIn[classes[row]!]!
    this.#outcomes.set(part, outcome)
    return outcome
  }

  /** The judged rows of a part by customer; undefined where none repeats, or without an outcome. */
  repeated(part: Part): CustomerRows | undefined {
    const outcome = this.outcome(part)
    if (!outcome || !this.groups) return undefined
    const rows = this.#repeated.get(part) ?? rowsByCustomer(outcome, this.groups)
    this.#repeated.set(part, rows)
    return rows
  }

  /** What they pay, in hundredths, 0 where it is missing; undefined without a revenue column. */
  revenue({ revenue }: HealthModel['roles']): Float64Array | undefined {
    return revenueOf(this.table, revenue)
  }

  /** What the page is told: counts, and intervals clustered where customers repeat. */
  evaluation(histogram: ScoreHistogram, scores: Uint16Array, objective: HealthModel['objective']): SetEvaluation {
    const set = { customers: this.table.rows, histogram, ids: this.ids }
    return {
      ...set,
      ...(this.byTime && { byTime: this.byTime }),
      ...(this.outcomeCounts && { outcomes: this.outcomeCounts }),
      ...(this.groups && this.outcomeCounts && { clustered: this.#clustered(scores, set, objective) }),
    }
  }

  #clustered(
    scores: Uint16Array,
    { histogram }: Pick<SetEvaluation, 'histogram'>,
    objective: HealthModel['objective'],
  ) {
    const bins = riskBins(scores, objective)
    const of = PARTS.flatMap((part) => {
      const counts = partHistogram(histogram, part, objective)
      const auc = aucPoint(counts)
      if (auc === undefined) return []
      const rows = { outcome: this.outcome(part)!, customers: this.repeated(part)! }
      return [[part, clusteredVariance(rows, ranking(bins, counts, auc))]]
    })
    return Object.fromEntries(of) as NonNullable<SetEvaluation['clustered']>
  }

  /** A row's customer ID as stored; without an ID column its number in the file, from 1. */
  idAt(row: number, id: Column | undefined): string {
    return id ? textAt(id, row) : String(row + 1)
  }
}

function repeats({ groups, blank }: RowGroups, rows: number): boolean {
  return blank === undefined ? groups < rows : groups - 1 < rows
}

function outcomesOf(table: Table, { outcome }: HealthModel['roles'], asOf: AsOf | undefined) {
  const column = outcome && columnNamed(table, outcome.column)
  if (!column) return undefined
  return 'event' in outcome
    ? outcomesByValue(column, table.rows, outcome)
    : outcomesByDate(column, table.rows, outcome, asOf)
}

/** By all snapshots; where the outcome of none of the later ones is known yet, by those whose outcome is. */
function splitByTime(asOf: AsOf | undefined, outcome: HealthModel['roles']['outcome'], judged: Uint8Array | undefined) {
  if (typeof asOf !== 'object') return undefined
  const window = outcome && 'horizon' in outcome ? outcome : undefined
  const split = timeHoldout(asOf, window)
  const isHeldOut = (part: number, row: number): boolean => part === TIME_PARTS.holdout && judged![row]! <= 1
  if (!split || !judged || split.parts.some(isHeldOut)) return split
  const known = asOf.map((day, row) => (judged[row]! <= 1 ? day : NaN))
  return timeHoldout(known, window) ?? split
}

/** By the hash of seed and ID, so that a customer is on one side whatever the order of the file. */
function holdoutRows(rows: number, id: Column | undefined, seed: number): Uint8Array {
  const holdout = new Uint8Array(rows)
  if (id?.kind === 'text') {
    for (let row = 0; row < rows; row++) {
      holdout[row] = Number(isHoldout(hashBytes(seed, id.bytes, id.offsets[row]!, id.offsets[row + 1]!)))
    }
  } else {
    for (let row = 0; row < rows; row++) {
      holdout[row] = Number(isHoldout(hashId(seed, id ? textAt(id, row) : String(row + 1))))
    }
  }
  return holdout
}

/** @param parts per row, of TIME_PARTS; a row of neither part is as one whose outcome is not known */
function classesOf(outcome: Uint8Array | undefined, parts: Uint8Array): Uint8Array {
  const { unknown } = CLASSES
  const classes = new Uint8Array(parts.length).fill(unknown)
  if (!outcome) return classes
  const [training, holdout] = [CLASS_OF.training, CLASS_OF.holdout]
  const [inTraining, inHoldout] = [TIME_PARTS.training, TIME_PARTS.holdout]
  for (let row = 0; row < classes.length; row++) {
    const happened = outcome[row]!
    const part = parts[row]!
    if (happened > 1) continue
    if (part === inTraining) classes[row] = training[happened as 0 | 1]
    else if (part === inHoldout) classes[row] = holdout[happened as 0 | 1]
  }
  return classes
}

/** A revenue in hundredths; what is missing adds nothing. */
export function amountOf(value: number): number {
  return Number.isNaN(value) ? 0 : hundredths(value)
}

function revenueOf(table: Table, name: string | undefined): Float64Array | undefined {
  const column = name === undefined ? undefined : columnNamed(table, name)
  if (column?.type !== 'number') return undefined
  return filled(new Float64Array(table.rows), (row) => amountOf(valueAt(column, row)))
}
