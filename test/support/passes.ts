import { auc } from '../../src/core/backtest/auc'
import { bootstrap } from '../../src/core/backtest/bootstrap'
import type { BootstrapRows } from '../../src/core/backtest/drawn-customers'
import { jointCells } from '../../src/core/backtest/joint-cells'
import { netValueDifference, precisionDifference, recallDifference } from '../../src/core/backtest/mean-difference'
import { metricPower } from '../../src/core/backtest/metric-power'
import { migration } from '../../src/core/backtest/migration'
import { pairedCounts, pairedDelong } from '../../src/core/backtest/paired-delong'
import { redundancy } from '../../src/core/backtest/redundancy'
import { BINS, countOutcomesPerScore } from '../../src/core/backtest/score-histogram'
import { suggestionVerdict } from '../../src/core/backtest/suggestion-words'
import { tooFew } from '../../src/core/backtest/too-few'
import { reweighted, shareOf, triedWeights } from '../../src/core/backtest/sensitivity'
import type { Tier } from '../../src/core/model/health-model'
import { tierOf } from '../../src/core/model/tier'
import { RandomStream } from '../../src/core/random'
import { success } from '../../src/core/result'
import type { Passes } from '../../src/ui/sheets/backtest/passes'
import { finish } from './finish'

const CUSTOMERS = 900
const ECONOMICS = { cost: 120, saveRate: 0.22, value: { kind: 'amount', amount: 1900 } } as const

/** The metrics that made-up passes are of. */
export interface Measured {
  readonly id: string
  readonly name: string
  readonly weight: number
}

/** Points of metrics that tell less and less of one hidden risk, and who had the event. */
function madeUp(metrics: readonly Measured[]) {
  const random = new RandomStream(7, 0)
  const risk = Array.from({ length: CUSTOMERS }, () => random.next())
  const outcome = Uint8Array.from(risk, (chance) => Number(random.chance(0.5 * chance ** 2)))
  const points = metrics.map((_, m) =>
    Uint16Array.from(risk, (chance) => {
      const noise = random.next()
      const share = 1 / (1.2 + m / 4)
      return Math.round(10_000 * (share * (1 - chance) + (1 - share) * noise))
    }),
  )
  const hashes = Uint32Array.from(risk, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0)
  return { outcome, points, hashes }
}

function scorer(points: readonly Uint16Array[]) {
  return (weights: readonly number[]): Uint16Array => {
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    return Uint16Array.from({ length: CUSTOMERS }, (_, row) =>
      Math.round(weights.reduce((sum, weight, m) => sum + weight * points[m]![row]!, 0) / all),
    )
  }
}

/** Passes whose answers the core's own functions give, of made-up customers. */
export function answeredPasses(
  metrics: readonly Measured[],
  tiers: readonly Tier[],
  change: Partial<Passes> = {},
): Passes {
  const { outcome, points, hashes } = madeUp(metrics)
  const score = scorer(points)
  const weights = metrics.map(({ weight }) => Math.max(1, Math.round(100 * weight)))
  const [a, b] = [score(weights), score(weights.map((_, m) => m + 1))]
  const cut = 100 * (tiers[1]?.from ?? 50)
  const tierPlace = (scores: Uint16Array): Uint8Array => Uint8Array.from(scores, (each) => tierOf(each, tiers))
  const before = tierPlace(a)
  const today = { customers: CUSTOMERS, auc: auc(countOutcomesPerScore(a, outcome, 'churn')).auc }
  const reweigh = (other: readonly number[]) => {
    const scores = score(other)
    const changed = tierPlace(scores).filter((place, row) => place !== before[row]).length
    const found = reweighted(today, countOutcomesPerScore(scores, outcome, 'churn'))
    return { ...found, changedTier: shareOf(changed, today) }
  }
  const tried = weights.map((weight, m) => {
    const by = (other: number) => reweigh(weights.with(m, other))
    const { without, lower, higher } = triedWeights(weight)
    return { without: by(without), lower: by(lower), higher: by(higher) }
  })
  const rows: BootstrapRows = { a, b, bins: BINS, outcome, hashes }
  const asked = { a: { cut, economics: ECONOMICS }, b: { cut, economics: ECONOMICS }, seed: 1, draws: 200 }
  const drawn = finish(bootstrap(rows, asked))
  const cells = jointCells({ a, b, outcome }, BINS)
  const byId = <Value>(values: readonly Value[]) => success(new Map(metrics.map(({ id }, m) => [id, values[m]!])))
  const part = (from: number, to: number) => {
    const own = countOutcomesPerScore(a.subarray(from, to), outcome.subarray(from, to), 'churn')
    const events = outcome.subarray(from, to).reduce((sum, each) => sum + each, 0)
    return { customers: to - from, events, few: tooFew(events, to - from - events), auc: auc(own), recall: 0.5 }
  }
  const against = (other: Uint16Array) => pairedDelong(pairedCounts(a, other, outcome, BINS))
  const equal = score(weights.map(() => 1))
  const ofScores = (scores: Uint16Array) => auc(countOutcomesPerScore(scores, outcome, 'churn'))
  return {
    part: 'holdout',
    judgeOn: () => undefined,
    progress: undefined,
    stale: false,
    check: () => undefined,
    suggest: () => undefined,
    cancelSuggestion: () => undefined,
    comparison: success({
      name: 'v3',
      customers: CUSTOMERS,
      auc: against(b),
      recall: recallDifference(cells, cut, cut),
      precision: precisionDifference(cells, cut, cut),
      netValue: netValueDifference(cells, cut, cut, ECONOMICS),
      resampled: drawn,
      histogram: countOutcomesPerScore(b, outcome, 'churn'),
      migration: { tiers, moves: migration({ scores: b, tiers }, { scores: a, tiers }) },
    }),
    resampled: success({ part: drawn, training: drawn, holdout: drawn }),
    segments: success([
      { name: 'SMB', ...part(0, 600) },
      { name: 'Mid-market', ...part(600, 860), baseline: ofScores(b) },
      { name: 'Enterprise', ...part(860, 900) },
    ]),
    power: byId(points.map((column) => metricPower(column, outcome, 'churn'))),
    without: byId(tried.map(({ without }) => without)),
    sensitivity: byId(tried),
    redundancy: success({ names: metrics.map(({ name }) => name), redundancy: finish(redundancy(points, hashes)) }),
    dates: success([
      { day: 20_000, ...part(0, 400) },
      { day: 20_031, ...part(400, 900) },
    ]),
    suggestion: success({
      verdict: suggestionVerdict(against(b), against(equal)),
      metrics: metrics.map(({ id, name, weight }, m) => ({
        ...{ id, name, today: weight, equal: 100 / metrics.length },
        suggested: Math.round(200 / (m + 2)) / 2,
      })),
      learned: 2 * CUSTOMERS,
      judged: CUSTOMERS,
      auc: { today: ofScores(b), equal: ofScores(equal), suggested: ofScores(a) },
      againstToday: against(b),
      againstEqual: against(equal),
      moves: migration({ scores: b, tiers }, { scores: a, tiers }),
    }),
    ...change,
  }
}
