import { drawnRates } from '../../src/core/backtest/drawn-rates'
import { tierPerBin } from '../../src/core/backtest/moves'
import { BAND_BINS, BANDS } from '../../src/core/backtest/score-bands'
import { BINS, type Part } from '../../src/core/backtest/score-histogram'
import type { Interval } from '../../src/core/backtest/wilson'
import type { HealthModel } from '../../src/core/model/health-model'
import { filled } from '../../src/core/filled'
import type { Evaluator } from '../evaluator'
import type { DrawnRates } from './backtest-api'
import type { JudgedData } from './judged-data'
import { within } from './within'

interface Rated {
  readonly evaluator: Evaluator
  readonly data: JudgedData
  readonly model: HealthModel
  readonly part: Part
}

/** The intervals of the event rates of tiers and of bands where customers repeat; undefined where none does. */
export function* ratePass(rated: Rated): Generator<number, DrawnRates | undefined> {
  if (!rated.data.customers.repeated(rated.part)) return undefined
  const tiers = yield* within(tierRates(rated), 0, 0.5)
  const ofBand = Uint8Array.from({ length: BINS }, (_, bin) => Math.min(BANDS - 1, Math.floor(bin / BAND_BINS)))
  return { tiers: tiers ?? [], bands: (yield* within(rates(rated, ofBand, BANDS), 0.5, 1)) ?? [] }
}

/** Of each tier, riskiest first; undefined where no customer repeats. */
export function tierRates(rated: Rated): Generator<number, (Interval | undefined)[] | undefined> {
  return rates(rated, tierPerBin(rated.model.tiers), rated.model.tiers.length)
}

const NONE = 255

/** @param groupOf per bin of a score */
function* rates(
  { evaluator, data, model, part }: Rated,
  groupOf: Uint8Array,
  groups: number,
): Generator<number, (Interval | undefined)[] | undefined> {
  const customers = data.customers.repeated(part)
  if (!customers) return undefined
  const top = BINS - 1
  const scores = evaluator.scores(model)
  const group = filled(new Uint8Array(scores.length), (row) => (scores[row]! > top ? NONE : groupOf[scores[row]!]!))
  const [outcome, hashes, { seed }] = [data.outcome(part), data.hashes(0), model.holdout]
  return yield* drawnRates({ customers, outcome, group, groups, hashes, seed })
}
