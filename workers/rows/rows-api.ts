import type { Override } from '../../src/core/customers/override'
import type { RowQuery } from '../../src/core/customers/row-query'
import type { Standing } from '../../src/core/manual/manual-value'
import type { HealthModel, Scale } from '../../src/core/model/health-model'
import type { Limits } from '../../src/core/scoring/rules'
import type { Way } from '../../src/core/scoring/what-if'
import type { DataPart } from '../engine-api'

/** Which customers of which data set, under which model. */
export interface RowsRequest {
  readonly model: HealthModel
  readonly part: DataPart
  readonly query: RowQuery
  /** Keeps the last order and selection of the same query, so that rows stay where they are during a drag. */
  readonly hold: boolean
}

export interface BlockRequest extends RowsRequest {
  /** Places in the list, from 0; the end is left out. */
  readonly from: number
  readonly to: number
  /** Source columns whose cells are wanted. */
  readonly columns: readonly string[]
}

export interface RowsBlock {
  readonly rows: readonly CustomerRow[]
  readonly summary: RowsSummary
}

/** The whole list in figures. */
export interface RowsSummary {
  /** Customers listed, and of the data set. */
  readonly customers: number
  readonly all: number
  /** Mean score of the listed who are scored, in hundredths; undefined when nobody is. */
  readonly average: number | undefined
  /** In hundredths; undefined without a revenue column. */
  readonly revenue: number | undefined
  /** Listed customers per tier, riskiest first, then those not scored. */
  readonly tiers: readonly number[]
  /** The same if no tier was asked for: what asking for another one would list. */
  readonly anyTier: readonly number[]
  /** Listed customers with an override that holds. */
  readonly byHand: number
}

export type CellValue = number | string | undefined

/** One line of the list. */
export interface CustomerRow {
  /** In the data set, from 0. */
  readonly row: number
  readonly id: string
  /** Hundredths; NOT_SCORED for whoever has too few values. With an override that holds, the score it gives. */
  readonly score: number
  /** From the riskiest; −1 for whoever is not scored. */
  readonly tier: number
  /** 0…1. */
  readonly coverage: number
  readonly down?: Reason
  readonly up?: Reason
  /** Those that acted, in the model's order. */
  readonly rules: readonly ActedRule[]
  /** Per wanted column: numbers as they are, dates and everything else as text. */
  readonly cells: readonly CellValue[]
  /** Per wanted column what a person filled in that does not count for this customer, or not the newest of it. */
  readonly standings?: readonly (Standing | undefined)[]
  readonly override?: Override
  /** The model's own score where an override acts. */
  readonly modelScore?: number
}

/** A metric that moves a score against the average customer, in hundredths. */
export interface Reason {
  readonly metric: string
  readonly step: number
}

/** A rule that moved a score from where the metrics put it, in hundredths. */
export interface ActedRule {
  readonly id: string
  readonly name: string
  readonly reason: string
  readonly step: number
}

/** One customer in full. */
export interface CustomerDetail extends Omit<CustomerRow, 'down' | 'up' | 'cells' | 'standings'> {
  readonly name: string | undefined
  readonly revenue: number | undefined
  readonly segment: string | undefined
  /** Place in the list, from 0; −1 when the list does not hold this customer. */
  readonly place: number
  /** The average customer's score, hundredths; undefined where nothing counts. */
  readonly average: number | undefined
  readonly metrics: readonly DetailMetric[]
  /** How what was filled in by hand stands for this customer, by the column's id; nothing where nothing was. */
  readonly manual: ReadonlyMap<string, Standing>
  readonly noValue: number
  /** What the rules that apply let the score be. */
  readonly limits: Limits
  /** From the riskiest up: what would bring this customer to the next tier, and the rules that keep the score below it. */
  readonly next:
    | {
        readonly tier: number
        readonly missing: number
        readonly ways: readonly Way[]
        readonly heldBy: readonly string[]
      }
    | undefined
}

export interface DetailMetric {
  readonly id: string
  /** Hundredths; MISSING_POINTS where the customer has none. */
  readonly points: number
  readonly weight: number
  readonly base: number
  readonly step: number
  readonly value: CellValue
  /** Whether the points were filled in for a missing value. */
  readonly filled: boolean
  readonly scale: Scale
}
