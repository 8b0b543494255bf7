import type { Auc } from '../../src/core/backtest/auc'
import { bootstrap, type BootstrapResult } from '../../src/core/backtest/bootstrap'
import { chances } from '../../src/core/backtest/calibration'
import { clusteredAuc } from '../../src/core/backtest/clustered-auc'
import { UNKNOWN } from '../../src/core/backtest/outcome-histogram'
import { redundancy, type Redundancy } from '../../src/core/backtest/redundancy'
import {
  BINS,
  countOutcomesPerScore,
  partHistogram,
  riskBins,
  riskiestBins,
  scoreRisks,
  type Part,
} from '../../src/core/backtest/score-histogram'
import type { HealthModel, Metric } from '../../src/core/model/health-model'
import { actingCut } from '../../src/core/model/tier'
import type { Evaluator } from '../evaluator'
import type { MoreAnswer, MoreRequest } from './backtest-api'
import type { JudgedData } from './judged-data'
import type { QuickPass } from './quick-pass'
import { ratePass } from './rate-pass'
import { stabilities } from './stability-pass'
import { weightPass } from './weight-pass'
import { within } from './within'

/** About how much of the work each step is. */
const SHARES = { sensitivity: 0.25, redundancy: 0.3, stability: 0.35, clustered: 0.4, rates: 0.5, drawn: 0.75 }

/**
 * What takes longer than a frame: everybody is scored again with other weights, and customers are drawn anew. Yields the
 * share done, 0…1. Whoever runs it has to end it when `evaluator.holds(model)` is no longer so.
 * @param current today's customers, where they are another data set
 */
export function* longPass(
  evaluator: Evaluator,
  quick: QuickPass,
  { model, part }: MoreRequest,
  current?: Evaluator,
): Generator<number, MoreAnswer> {
  const data = quick.judged(model)
  const metrics = evaluator.active(model)
  yield 0
  const reweighted = yield* within(weightPass(evaluator, model, part), 0, SHARES.sensitivity)
  const alike = yield* within(metricRedundancy(evaluator, metrics, data), SHARES.sensitivity, SHARES.redundancy)
  const stability =
    current && (yield* within(stabilities(evaluator, current, model, metrics), SHARES.redundancy, SHARES.stability))
  const clustered = data.customers.repeated(part) && (yield* within(clusteredFigures(evaluator, data, model, part), SHARES.stability, SHARES.clustered)) // prettier-ignore
  const rates = yield* within(ratePass({ evaluator, data, model, part }), SHARES.clustered, SHARES.rates)
  const drawn = yield* within(drawing(evaluator, quick, model, part), SHARES.rates, SHARES.drawn)
  const training = part === 'holdout' ? yield* within(drawing(evaluator, quick, model, 'training', 'beside the hold-out'), SHARES.drawn, 1) : undefined // prettier-ignore
  return {
    ...{ part, metrics: metrics.map(({ id }) => id), ...reweighted, redundancy: alike },
    ...(stability && { stability }),
    ...(clustered && { clustered }),
    ...(rates && { rates }),
    ...(drawn && { bootstrap: drawn }),
    ...(training && { training }),
  }
}

/** What was last found of a data set's metrics, and of which points. */
const foundRedundancy = new WeakMap<JudgedData, { readonly key: string; readonly found: Redundancy }>()

/** Metrics that say the same thing, found anew when points are other ones: weights change nothing in it. */
export function* metricRedundancy(
  evaluator: Evaluator,
  metrics: readonly Metric[],
  data: JudgedData,
): Generator<number, Redundancy> {
  const hashes = data.hashes(0)
  yield 0
  const points = metrics.map((metric) => evaluator.pointsOf(metric))
  const key = points.map(({ version }) => version).join()
  const known = foundRedundancy.get(data)
  if (known?.key === key) return known.found
  const columns = points.map(({ column }) => evaluator.scorer.values(column))
  const found = yield* redundancy(columns, hashes)
  foundRedundancy.set(data, { key, found })
  return found
}

/** The intervals of the AUC where customers repeat. */
function* clusteredFigures(
  evaluator: Evaluator,
  data: JudgedData,
  model: HealthModel,
  part: Part,
): Generator<number, NonNullable<MoreAnswer['clustered']>> {
  const outcome = data.outcome(part)
  const customers = data.customers.repeated(part)!
  const of = (scores: Uint16Array, judged: Uint8Array): Auc => {
    const rows = { bins: riskBins(scores, model.objective), outcome: judged, customers }
    return clusteredAuc(countOutcomesPerScore(scores, judged, model.objective), rows)
  }
  const segments: Auc[] = []
  const { rows } = data.segments(part) ?? { rows: { group: new Uint8Array(), groups: 0 } }
  for (let segment = 0; segment < rows.groups; segment++) {
    yield (0.5 * segment) / rows.groups
    const own = outcome.map((each, row) => (rows.group[row] === segment ? each : UNKNOWN))
    segments.push(of(evaluator.scores(model), own))
  }
  const power = new Map<string, Auc>()
  const metrics = evaluator.active(model)
  for (const [i, metric] of metrics.entries()) {
    yield 0.5 + (0.5 * i) / metrics.length
    power.set(metric.id, of(evaluator.scorer.values(evaluator.pointsOf(metric).column), outcome))
  }
  return { segments, power }
}

/**
 * Draws customers of the part anew, with the pinned model where one is pinned. Beside the hold-out there is no second
 * model and no value, and the Brier score is drawn only where customers repeat: else it has a formula.
 */
export function* drawing(
  evaluator: Evaluator,
  quick: QuickPass,
  model: HealthModel,
  part: Part,
  beside?: 'beside the hold-out',
): Generator<number, BootstrapResult | undefined> {
  const data = quick.judged(model)
  const { judged, outcome } = data.outcomes(part)
  if (judged.length === 0) return undefined
  const hashes = data.hashes(0)
  const among = { rows: judged, byHash: data.judgedByHash(part) }
  yield 0
  const { objective, economics, holdout } = model
  const { histogram, baseline } = evaluator.scored(model)
  const { revenue, customers } = data
  const judgedBy = (counts: typeof histogram, by: HealthModel) => {
    const learned = beside && !customers.groups ? undefined : quick.calibration(counts, model)
    return {
      cut: riskiestBins(actingCut(by), objective),
      ...(learned?.ok && { chance: chances(learned.value, scoreRisks(objective)) }),
      ...(economics && !beside && { economics }),
    }
  }
  const a = judgedBy(histogram, model)
  const pinned = baseline && !beside && { rows: riskBins(baseline.pinned.scores, objective).slice(), judged: judgedBy(baseline.pinned.histogram, baseline.pinned.model) } // prettier-ignore
  yield 0
  const counted = pinned
    ? baseline.pinned.both(baseline.against, part, objective)
    : { a: partHistogram(histogram, part, objective) }
  const rows = {
    ...{ a: riskBins(evaluator.scores(model), objective).slice(), bins: BINS, outcome, hashes, among, counted },
    ...(pinned && { b: pinned.rows }),
    ...(revenue && { revenue }),
    ...(customers.groups && { customer: customers.groups.group }),
  }
  return yield* bootstrap(rows, { a, ...(pinned && { b: pinned.judged }), seed: holdout.seed }, evaluator.scorer.drawFrom) // prettier-ignore
}
