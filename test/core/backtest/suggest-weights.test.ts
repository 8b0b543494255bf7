import { describe, expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { hashId, isHoldout } from '../../../src/core/backtest/holdout'
import { fitLogistic } from '../../../src/core/backtest/logistic'
import { histogramOf } from '../../../src/core/backtest/outcome-histogram'
import { countOutcomesPerScore } from '../../../src/core/backtest/score-histogram'
import { standardise } from '../../../src/core/backtest/standardised-rows'
import { suggestWeights, type SuggestInput } from '../../../src/core/backtest/suggest-weights'
import { columnNamed, textAt } from '../../../src/core/column/column'
import { draftModel } from '../../../src/core/model/draft'
import { RandomStream } from '../../../src/core/random'
import { metricPoints } from '../../../src/core/scoring/points'
import { scoreCustomers } from '../../../src/core/scoring/reference'
import { finish } from '../../support/finish'
import { hasShared, LEFT_OUT, readShared } from '../../support/shared'

const NONE = 65_535

/** Customers of whom the first metric tells most, the second less, the third nothing and the fourth the reverse. */
function customers(n: number): SuggestInput {
  const random = new RandomStream(5, 1)
  const points = Array.from({ length: 4 }, () =>
    Uint16Array.from({ length: n }, () => (random.chance(0.05) ? NONE : random.whole(10_001))),
  )
  const of = (metric: number, row: number): number => {
    const value = points[metric]![row]!
    return value === NONE ? 0 : value / 5000 - 1
  }
  return {
    points,
    outcome: Uint8Array.from({ length: n }, (_, row) =>
      row % 10 < 3 ? 2 : Number(random.chance(1 / (1 + Math.exp(1 + 2 * of(0, row) + of(1, row) - of(3, row))))),
    ),
    folds: Uint32Array.from({ length: n }, (_, row) => hashId(2, `customer ${row}`)),
    order: Uint32Array.from({ length: n }, (_, row) => hashId(3, `customer ${row}`)),
    objective: 'churn',
    step: 1,
  }
}

function suggested(input: SuggestInput) {
  const result = finish(suggestWeights(input))
  if (!result.ok) throw new Error(result.failure)
  return result.value
}

describe('suggested weights', () => {
  const input = customers(4000)

  test('go to the metrics that tell, add up to 100 and are never negative', () => {
    const { weights, rows, validated, losses, lambda } = suggested(input)
    const [first, second, third, reverse] = weights
    expect(first! / second!).toBeGreaterThan(1.5)
    expect(first! / second!).toBeLessThan(2.7)
    expect(third).toBeLessThan(12)
    expect(reverse).toBe(0)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(100)
    expect({ rows, validated }).toEqual({ rows: 2800, validated: 2800 })
    expect(losses.map(({ lambda: tried }) => Math.log10(tried).toFixed(1)).join(' ')).toBe(
      '-5.0 -4.5 -4.0 -3.5 -3.0 -2.5 -2.0 -1.5 -1.0',
    )
    expect(losses.find((each) => each.lambda === lambda)!.loss).toBe(Math.min(...losses.map(({ loss }) => loss)))
  })

  test('are the same to the last bit whatever the order of the rows', () => {
    const random = new RandomStream(8, 1)
    const order = Array.from(input.outcome.keys(), (row) => [random.next(), row] as const).sort((x, y) => x[0] - y[0])
    const turned = {
      ...input,
      points: input.points.map((column) => column.map((_, i) => column[order[i]![1]]!)),
      outcome: input.outcome.map((_, i) => input.outcome[order[i]![1]]!),
      folds: input.folds.map((_, i) => input.folds[order[i]![1]]!),
      order: input.order.map((_, i) => input.order[order[i]![1]]!),
    }
    expect(suggested(turned)).toEqual(suggested(input))
  })

  test('are the same where rows share a hash, as those of one customer do', () => {
    const paired = { ...input, order: input.order.map((_, row) => input.order[row >> 1]!), folds: input.folds.map((_, row) => input.folds[row >> 1]!) } // prettier-ignore
    const swap = <List extends Uint16Array | Uint8Array | Uint32Array>(list: List): List =>
      list.map((_, i) => list[i ^ 1]!) as List
    const swapped = {
      ...paired,
      points: paired.points.map(swap),
      outcome: swap(paired.outcome),
      folds: swap(paired.folds),
      order: swap(paired.order),
    }
    expect(suggested(swapped)).toEqual(suggested(paired))
  })

  test('are multiples of the step', () => {
    for (const step of [5, 2.5, 0.5, 0.01]) {
      const { weights } = suggested({ ...input, step })
      for (const weight of weights) expect(weight / step).toBeCloseTo(Math.round(weight / step), 9)
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 9)
    }
  })

  test('for expansion go to the metrics whose points speak for it', () => {
    const turned = { ...input, objective: 'expand' as const, outcome: input.outcome.map((each) => (each < 2 ? 1 - each : 2)) } // prettier-ignore
    expect(suggested(turned).weights).toEqual(suggested(input).weights)
  })

  test('leave out a metric that is the same for everybody or missing for all', () => {
    const points = [...input.points, new Uint16Array(4000).fill(5000), new Uint16Array(4000).fill(NONE)]
    const { weights } = suggested({ ...input, points })
    expect(weights.slice(4)).toEqual([0, 0])
    expect(weights.slice(0, 4)).toEqual(suggested(input).weights)
  })

  test('take the strongest penalty where no fold can be held out', () => {
    const { lambda, losses, weights } = suggested({ ...input, folds: input.folds.map(() => 5) })
    expect({ lambda, losses }).toEqual({ lambda: 0.1, losses: [] })
    expect(weights[0]).toBeGreaterThan(weights[1]!)
  })

  test('are none where no metric tells anything in its direction', () => {
    const points = [input.points[3]!, new Uint16Array(4000).fill(NONE)]
    expect(finish(suggestWeights({ ...input, points }))).toEqual({ ok: false, failure: 'nothing to suggest' })
    expect(finish(suggestWeights({ ...input, points: [] }))).toEqual({ ok: false, failure: 'nothing to suggest' })
  })

  test.each([
    ['all churned', () => 1],
    ['none churned', () => 0],
    ['one churned', (_: number, row: number) => Number(row === 0)],
    ['no outcome is known', () => 2],
  ])('are none from too few: %s', (_, outcome) => {
    expect(finish(suggestWeights({ ...input, outcome: input.outcome.map(outcome) }))).toEqual({
      ok: false,
      failure: 'too few',
    })
  })

  test('are none from too few customers, however many rows they have', () => {
    for (const each of [
      { events: 9, nonEvents: 80 },
      { events: 80, nonEvents: 9 },
    ]) {
      expect(finish(suggestWeights({ ...input, each }))).toEqual({ ok: false, failure: 'too few' })
    }
    expect(finish(suggestWeights({ ...input, each: { events: 10, nonEvents: 10 } })).ok).toBe(true)
  })

  test('can be stopped, and say how far they are', () => {
    const steps = suggestWeights(input)
    const shares: number[] = []
    for (let step = steps.next(); !step.done; step = steps.next()) shares.push(step.value)
    expect(shares.length).toBeGreaterThan(100)
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares)
    expect(shares.at(-1)).toBeLessThanOrEqual(1)
  })
})

/** The AUC, on rows with a known outcome, of a free logistic regression on the training rows' points. */
function freeRegression(points: readonly Uint16Array[], training: Uint8Array, unseen: Uint8Array): number {
  const all = Array.from(training.keys())
  const rows = Uint32Array.from(all.filter((row) => training[row]! <= 1))
  const sideBySide = (chosen: ArrayLike<number>): Uint16Array =>
    Uint16Array.from(Array.from(chosen).flatMap((row) => points.map((column) => column[row]!)))
  const stayed = Uint8Array.from(rows, (row) => 1 - training[row]!)
  const data = standardise(sideBySide(rows), points.length, stayed)
  const fit = finish(fitLogistic(data, Uint32Array.from(rows.keys()), { lambda: 1e-5, nonNegative: false }))
  expect(fit.converged).toBe(true)
  const held = all.filter((row) => unseen[row]! <= 1)
  const risk = held.map((row) =>
    points.reduce((sum, column, j) => {
      const value = column[row]!
      return sum - (value === NONE ? 0 : (value - data.means[j]!) * data.scales[j]! * fit.coefficients[j + 1]!)
    }, 0),
  )
  return auc(histogramOf(risk, held.map((row) => unseen[row]!))).auc! // prettier-ignore
}

test.skipIf(!hasShared)(
  `on Telco they beat equal weights, and are close to a regression without bounds${LEFT_OUT}`,
  async () => {
    const { table } = await readShared('data/telco/Telco-Customer-Churn.csv')
    const [id, churn] = [columnNamed(table, 'customerID')!, columnNamed(table, 'Churn')!]
    const rows = Array.from({ length: table.rows }, (_, row) => row)
    const hashes = (seed: number) => Uint32Array.from(rows, (row) => hashId(seed, textAt(id, row)))
    const outcome = Uint8Array.from(rows, (row) => Number(textAt(churn, row) === 'Yes'))
    const found = Array.from({ length: 10 }, (_, i) => {
      const seed = i + 1
      const held = hashes(seed)
      const training = outcome.map((each, row) => (isHoldout(held[row]!) ? 2 : each))
      const roles = { id: 'customerID', outcome: { column: 'Churn', event: 'Yes', leaveOut: [] } }
      const { metrics } = draftModel({ name: 'd', table, roles, asOf: undefined, asOfDay: undefined, seed, training })
      const on = metrics.filter((metric) => metric.on && metric.column !== 'Churn')
      const points = on.map((metric) => metricPoints(metric, columnNamed(table, metric.column)!, undefined))
      const { weights } = suggested({ points, outcome: training, folds: hashes(seed + 1), order: hashes(seed + 2), objective: 'churn', step: 1 }) // prettier-ignore
      const unseen = outcome.map((each, row) => (isHoldout(held[row]!) ? each : 2))
      const aucOf = (each: readonly number[]): number => {
        const run = { start: 0, customers: table.rows, weights: Uint16Array.from(each, (weight) => 100 * weight), minDen: 1 } // prettier-ignore
        return auc(countOutcomesPerScore(scoreCustomers({ points, runs: [run] }, table.rows), unseen, 'churn')).auc!
      }
      const of = { suggested: aucOf(weights), equal: aucOf(weights.map(() => 1)) }
      return { ...of, free: freeRegression(points, training, unseen) }
    })
    const mean = (of: 'suggested' | 'equal'): number => found.reduce((sum, each) => sum + each[of], 0) / found.length
    expect(mean('suggested')).toBeGreaterThan(mean('equal') + 0.01)
    // What regression on all columns reaches is .844–.848; one hold-out's standard error is .009.
    expect(mean('suggested')).toBeGreaterThan(0.835)
    for (const { suggested: bounded, free } of found) expect(free - bounded).toBeLessThanOrEqual(0.015)
  },
)
