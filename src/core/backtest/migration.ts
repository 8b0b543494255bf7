import type { Tier } from '../model/health-model'
import { NOT_SCORED } from '../scoring/reference'
import { BINS } from './score-histogram'
import { tierBins } from './tiers'

/** Customers by the tier that a baseline puts them in and the tier that this model does. */
export interface Migration {
  /** Rows are the baseline's tiers, riskiest first, then not scored; columns are this model's, likewise. */
  readonly customers: readonly (readonly number[])[]
  /** Their revenue in hundredths; absent without a revenue column. */
  readonly revenue?: readonly (readonly number[])[]
}

/** One model's side of it. */
export interface TieredScores {
  /** In hundredths per row, NOT_SCORED where there is none. */
  readonly scores: Uint16Array
  readonly tiers: readonly Tier[]
}

/** Tier × tier counts and revenue of the same rows under two models. */
export function migration(baseline: TieredScores, model: TieredScores, revenue?: Float64Array): Migration {
  const [from, to] = [tierLookUp(baseline.tiers), tierLookUp(model.tiers)]
  const columns = model.tiers.length + 1
  const cells = (baseline.tiers.length + 1) * columns
  const [customers, amounts] = [new Uint32Array(cells), new Float64Array(cells)]
  const before = baseline.scores
  const now = model.scores
  for (let row = 0; row < now.length; row++) {
    const cell = from[before[row]!]! * columns + to[now[row]!]!
    customers[cell]!++
    if (revenue) amounts[cell]! += revenue[row]!
  }
  const table = (sums: Uint32Array | Float64Array): number[][] =>
    Array.from({ length: baseline.tiers.length + 1 }, (_, i) => [...sums.subarray(i * columns, (i + 1) * columns)])
  return { customers: table(customers), ...(revenue && { revenue: table(amounts) }) }
}

/** The tier of every score, and the one after the last for whoever is not scored. */
function tierLookUp(tiers: readonly Tier[]): Uint8Array {
  const tierOf = new Uint8Array(NOT_SCORED + 1).fill(tiers.length)
  for (const [i, { first, last }] of tierBins(tiers).entries()) tierOf.fill(i, first, Math.min(BINS, last + 1))
  return tierOf
}
