import { describe, expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { backtest } from '../../../src/core/backtest/backtest'
import { calibrate, chances } from '../../../src/core/backtest/calibration'
import { jointCells } from '../../../src/core/backtest/joint-cells'
import {
  brierDifference,
  netValueDifference,
  precisionDifference,
  recallDifference,
  type Difference,
} from '../../../src/core/backtest/mean-difference'
import { clusteredPairedDelong, pairedCounts, pairedDelong } from '../../../src/core/backtest/paired-delong'
import { totals } from '../../../src/core/backtest/outcome-histogram'
import { scoreBands } from '../../../src/core/backtest/score-bands'
import { BINS, partHistogram, riskBins, scoreRisks, type Part } from '../../../src/core/backtest/score-histogram'
import { columnNamed, textAt, valueAt } from '../../../src/core/column/column'
import { dayOf } from '../../../src/core/column/date-text'
import { setEconomics, setSplit } from '../../../src/core/model/edit-backtest'
import { setWeight } from '../../../src/core/model/edit'
import type { HealthModel } from '../../../src/core/model/health-model'
import { actingCut } from '../../../src/core/model/tier'
import { QuickPass } from '../../../workers/backtest/quick-pass'
import { BacktestPasses } from '../../../workers/backtest/passes'
import { chooseExecutor } from '../../../workers/choose-executor'
import { Evaluator } from '../../../workers/evaluator'
import { readCsv } from '../../support/csv'
import { metric, modelOf, rule } from '../../support/model'

const HEAD = 'id,logins,seats,plan,mrr,day,churned'
const DAYS = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']

function line(i: number): string {
  const left = (i * 7919) % 5 === 0
  const logins = i % 13 === 0 ? '' : String((i * 31) % (left ? 7 : 11))
  const seats = i % 17 === 0 ? '' : String((i * 17) % 9)
  return `C${i},${logins},${seats},${['Free', 'Team', 'Pro', ''][i % 4]!},${(i * 37) % 500}.25,${DAYS[i % 4]!},${left ? 'Yes' : 'No'}`
}

async function evaluating(text: string): Promise<Evaluator> {
  const { table, report } = await readCsv(text)
  return new Evaluator(table, report, chooseExecutor().createScorer(table.rows))
}

const customers = (n = 900): Promise<Evaluator> =>
  evaluating(`${HEAD}\n${Array.from({ length: n }, (_, i) => line(i)).join('\n')}\n`)

const START = setEconomics(
  modelOf([metric('logins', { weight: 10 }), metric('seats', { weight: 5 })], {
    rules: [rule('r1', 'logins < 2', 'cap', 30)],
    roles: { id: 'id', revenue: 'mrr', segment: 'plan', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } },
  }),
  { cost: 20, saveRate: 0.3, value: { kind: 'revenue', months: 12 } },
)

function close(found: Difference | undefined, expected: Difference, digits = 9): void {
  for (const key of ['a', 'b', 'difference', 'low', 'high', 'p'] as const)
    expect(found![key]).toBeCloseTo(expected[key]!, digits)
}

describe('the quick pass', () => {
  test.each(['churn', 'expand'] as const)(
    'gives the net value the interval of a mean per customer (%s)',
    async (objective) => {
      const evaluator = await customers()
      const model = { ...START, objective }
      const { netValue } = new QuickPass(evaluator).answer({ model, part: 'all', revision: 0 })
      const [scores, cut] = [evaluator.scores(model), 100 * actingCut(model)]
      const revenue = columnNamed(evaluator.table, 'mrr')!
      const outcome = columnNamed(evaluator.table, 'churned')!
      const values = Array.from(scores).flatMap((score, row) => {
        if (score > 10_000) return []
        const isFlagged = objective === 'churn' ? score < cut : score >= cut
        const brings = textAt(outcome, row) === 'Yes' ? 0.3 * 12 * valueAt(revenue, row) : 0
        return [isFlagged ? brings - 20 : 0]
      })
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
      const half = 1.959963984540054 * Math.sqrt(variance / values.length)
      expect(netValue!.low).toBeCloseTo(1000 * (mean - half), 6)
      expect(netValue!.high).toBeCloseTo(1000 * (mean + half), 6)
      const { economics: _none, ...without } = model
      expect(new QuickPass(evaluator).answer({ model: without, part: 'all', revision: 0 }).netValue).toBeUndefined()
    },
  )

  test.each(['churn', 'expand'] as const)('compares as counts of both scores do (%s)', async (objective) => {
    const evaluator = await customers()
    const passes = new BacktestPasses(evaluator)
    const model: HealthModel = { ...START, objective }
    const before = setWeight(model, 'seats', 40)
    evaluator.pin(before)
    for (const part of ['holdout', 'training', 'all'] satisfies Part[]) {
      const { comparison } = passes.quick({ model, part, revision: 1 })
      const turned = (scores: Uint16Array) =>
        objective === 'churn' ? scores.slice() : scores.map((s) => (s > 10_000 ? s : BINS - 1 - s))
      const [b, a] = [turned(evaluator.scores(before)), turned(evaluator.scores(model))]
      const outcome = evaluator.customers(model).outcome(part)!
      const revenue = evaluator.customers(model).revenue(model.roles)!
      const cells = jointCells({ a, b, outcome, revenue }, BINS)
      const bins = objective === 'churn' ? 100 * actingCut(model) : BINS - 100 * actingCut(model)
      expect(comparison!.auc).toEqual(pairedDelong(pairedCounts(a, b, outcome, BINS)))
      close(comparison!.recall, recallDifference(cells, bins, bins))
      close(comparison!.precision, precisionDifference(cells, bins, bins))
      close(comparison!.netValue, netValueDifference(cells, bins, bins, model.economics!))
      const risks = scoreRisks(objective)
      const learned = [model, before].map((each) => {
        const { histogram } = evaluator.scored(each)
        const calibration = calibrate(partHistogram(histogram, 'training', objective), risks)
        if (!calibration.ok) throw new Error('no calibration')
        return chances(calibration.value, risks)
      })
      close(comparison!.brier, brierDifference(cells, learned[0]!, learned[1]!), 6)
    }
  })

  test.each(['churn', 'expand'] as const)('compares by customer where IDs repeat (%s)', async (objective) => {
    const months = (i: number): string => line(i).replace(/^C\d+/, `C${i % 300}`)
    const text = Array.from({ length: 900 }, (_, i) => months(i)).join('\n')
    const evaluator = await evaluating(`${HEAD}\n${text}\n`)
    const model: HealthModel = { ...START, objective }
    const before = setWeight(model, 'seats', 40)
    evaluator.pin(before)
    const passes = new BacktestPasses(evaluator)
    for (const part of ['holdout', 'training'] satisfies Part[]) {
      const { auc } = passes.quick({ model, part, revision: 1 }).comparison!
      const [b, a] = [
        riskBins(evaluator.scores(before), objective).slice(),
        riskBins(evaluator.scores(model), objective),
      ]
      const outcome = evaluator.customers(model).outcome(part)!
      const rows = { a, b, outcome, customers: evaluator.customers(model).repeated(part)! }
      expect(auc).toEqual(clusteredPairedDelong(pairedCounts(a, b, outcome, BINS), rows))
      expect(auc.z).not.toBeCloseTo(pairedDelong(pairedCounts(a, b, outcome, BINS)).z!, 0)
      if (part === 'training') expect(evaluator.baseline(model)).toMatchObject(auc)
    }
  })

  test.each(['churn', 'expand'] as const)(
    'takes the intervals of figures at the cuts by customer where IDs repeat, as drawing customers does (%s)',
    async (objective) => {
      const months = (i: number): string => line(i).replace(/^C\d+/, `C${i % 300}`)
      const text = Array.from({ length: 900 }, (_, i) => months(i)).join('\n')
      const evaluator = await evaluating(`${HEAD}\n${text}\n`)
      const model: HealthModel = { ...START, objective }
      const before = setWeight(model, 'seats', 40)
      evaluator.pin(before)
      const passes = new BacktestPasses(evaluator)
      const { comparison } = passes.quick({ model, part: 'all', revision: 1 })
      const { difference } = (await passes.more({ model, part: 'all' }, () => undefined))!.bootstrap!
      for (const name of ['recall', 'precision', 'brier', 'netValue'] as const) {
        const [found, drawn] = [comparison![name]!, difference![name]]
        expect(found.difference).toBeCloseTo(drawn.value!, 6)
        expect((found.high! - found.low!) / (drawn.high! - drawn.low!)).toBeGreaterThan(0.88)
        expect((found.high! - found.low!) / (drawn.high! - drawn.low!)).toBeLessThan(1.12)
      }
      const { bestValue } = comparison!
      expect(bestValue!.difference).toBeCloseTo(bestValue!.a! - bestValue!.b!, 9)
      expect(bestValue!.low).toBeLessThanOrEqual(bestValue!.difference!)
    },
  )

  test('draws customers for the rates of tiers and bands where IDs repeat, and only there', async () => {
    const text = Array.from({ length: 900 }, (_, i) => line(i).replace(/^C\d+/, `C${i % 300}`)).join('\n')
    const evaluator = await evaluating(`${HEAD}\n${text}\n`)
    const { rates } = (await new BacktestPasses(evaluator).more({ model: START, part: 'all' }, () => undefined))!
    const set = evaluator.evaluate(START)
    const { tiers } = backtest(set, 'all', START)
    const bands = scoreBands(set.histogram, 'all')
    for (const [groups, intervals] of [
      [tiers, rates!.tiers],
      [bands, rates!.bands],
    ] as const) {
      expect(intervals).toHaveLength(groups.length)
      expect(groups.some(({ faint }) => !faint)).toBe(true)
      for (const [i, { rate, customers: own, faint }] of groups.entries()) {
        if (own === 0) expect(intervals[i]).toBeUndefined()
        if (faint) continue
        expect(intervals[i]!.low).toBeLessThan(rate!)
        expect(intervals[i]!.high).toBeGreaterThan(rate!)
      }
    }
    const alone = (await new BacktestPasses(await customers()).more({ model: START, part: 'all' }, () => undefined))!
    expect(alone.rates).toBeUndefined()
  })

  test('judges suggested weights by customer where IDs repeat', async () => {
    const text = Array.from({ length: 900 }, (_, i) => line(i).replace(/^C\d+/, `C${i % 300}`)).join('\n')
    const evaluator = await evaluating(`${HEAD}\n${text}\n`)
    const { suggestion } = (await new BacktestPasses(evaluator).suggest({ model: START, step: 1 }, () => undefined))!
    const set = evaluator.evaluate(START)
    for (const part of ['training', 'holdout'] as const) {
      const { auc: honest } = backtest(set, part, START)
      expect(suggestion![part].today).toEqual(honest)
      expect(honest.variance).not.toBeCloseTo(auc(partHistogram(set.histogram, part, 'churn')).variance!, 6)
    }
  })

  test('counts everybody once by the tiers of both models', async () => {
    const evaluator = await customers()
    evaluator.pin(setWeight(START, 'seats', 40))
    const { migration, changedTier } = new BacktestPasses(evaluator).quick({
      model: START,
      part: 'holdout',
      revision: 1,
    }).comparison!
    const all = migration.customers.flat().reduce((sum, count) => sum + count, 0)
    const same = migration.customers.reduce((sum, row, i) => sum + row[i]!, 0)
    expect([all, all - same]).toEqual([900, changedTier])
  })

  test('a model against itself differs in nothing', async () => {
    const evaluator = await customers()
    evaluator.pin(START)
    const { comparison } = new BacktestPasses(evaluator).quick({ model: START, part: 'holdout', revision: 1 })
    expect(comparison!.auc).toMatchObject({ difference: 0, p: 1 })
    expect(comparison!.brier).toMatchObject({ difference: 0, low: 0, high: 0, p: 1 })
    expect(comparison!.bestValue).toMatchObject({ difference: 0, p: 1 })
  })

  test('tells segments, the largest first, and they add up to the part', async () => {
    const evaluator = await customers()
    const { segments, set } = new BacktestPasses(evaluator).quick({ model: START, part: 'all', revision: 1 })
    expect(segments!.groups.map(({ name }) => name).sort()).toEqual(['', 'Free', 'Pro', 'Team'])
    const scored = set.histogram.counts.reduce((sum, count) => sum + count, 0)
    expect(segments!.groups.reduce((sum, { customers: n }) => sum + n, 0)).toBe(scored)
    expect(segments!.groups[0]!.auc.auc).toBeGreaterThan(0.5)
  })

  test('tells each as-of date, and splits by time', async () => {
    const evaluator = await customers()
    const model = setSplit({ ...START, roles: { ...START.roles, snapshot: 'day' } }, 'time')
    const passes = new BacktestPasses(evaluator)
    const all = passes.quick({ model, part: 'all', revision: 1 })
    expect(all.dates).toHaveLength(4)
    expect(all.set.byTime).toEqual({ from: 20_573, overlapping: 0 })
    // The only later day is the last.
    const { set } = passes.quick({ model, part: 'holdout', revision: 1 })
    expect(set.histogram.counts.subarray(2 * BINS, 4 * BINS).reduce((sum, count) => sum + count, 0)).toBe(
      all.dates![3]!.customers,
    )
    const oneDay = passes.quick({ model: setSplit(START, 'time'), part: 'holdout', revision: 1 })
    expect(oneDay.set.byTime).toBe('one date')
  })

  test('splits by the days that can be judged where the outcome of none of the later ones is known yet', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const day = `2026-${String(1 + (i % 10)).padStart(2, '0')}-01`
      return `C${i % 40},${i % 11},${i % 7},${day},${i % 40 < 8 ? `2026-0${1 + (i % 9)}-20` : ''}`
    })
    const evaluator = await evaluating(`id,logins,seats,day,left\n${rows.join('\n')}\n`)
    const outcome = { column: 'left', gap: 0, horizon: 60, observedUntil: '2026-12-31' }
    const by = (observedUntil: string): HealthModel =>
      setSplit({ ...START, roles: { id: 'id', snapshot: 'day', outcome: { ...outcome, observedUntil } } }, 'time')
    const dayOfSet = (model: HealthModel): number => {
      const { byTime } = evaluator.evaluate(model)
      return typeof byTime === 'object' ? byTime.from : NaN
    }
    // Everything is known: the last three of ten days are held out. Up to June it is known of five days: their last.
    expect(dayOfSet(by('2026-12-31'))).toBe(dayOf('2026-08-01'))
    expect(dayOfSet(by('2026-07-01'))).toBe(dayOf('2026-05-01'))
    const { histogram } = evaluator.evaluate(by('2026-07-01'))
    expect(totals(partHistogram(histogram, 'holdout', 'churn')).customers).toBeGreaterThan(0)
  })

  test('a cut that moves makes no new figure of metrics', async () => {
    const passes = new BacktestPasses(await customers())
    const first = passes.quick({ model: START, part: 'holdout', revision: 1 })
    const moved = { ...START, tiers: START.tiers.map((tier, i) => (i === 1 ? { ...tier, from: 50 } : tier)) }
    const second = passes.quick({ model: moved, part: 'holdout', revision: 2 })
    expect(second.set).toBe(first.set)
    expect(second.power.get('logins')!.informationValue).toBe(first.power.get('logins')!.informationValue)
  })
})

describe('the long pass', () => {
  test('answers with every step, and says how far it is', async () => {
    const shares: number[] = []
    const passes = new BacktestPasses(await customers())
    const more = (await passes.more({ model: START, part: 'holdout' }, (share) => shares.push(share)))!
    expect(more.metrics).toEqual(['logins', 'seats'])
    expect(more.without[0]!.difference).toBeLessThan(0)
    expect(more.sensitivity).toHaveLength(2)
    expect(more.redundancy.pairs).toHaveLength(1)
    expect(more.training!.a.averagePrecision.value).not.toBe(more.bootstrap!.a.averagePrecision.value)
    expect(more.bootstrap!.a.averagePrecision.low).toBeLessThan(more.bootstrap!.a.averagePrecision.value!)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })

  test('says how far the customers of today are from those that judge, in the score and in each metric', async () => {
    const [evaluator, same] = [await customers(), await customers()]
    const rows = Array.from({ length: 900 }, (_, i) => line(i).replace(/^(C\d+),[^,]*/, '$1,9'))
    const busier = await evaluating(`${HEAD}\n${rows.join('\n')}\n`)
    const ask = async (today: Evaluator) =>
      (await new BacktestPasses(evaluator).more({ model: START, part: 'training' }, () => undefined, today))!.stability!
    const still = await ask(same)
    expect(still.score).toMatchObject({ psi: 0, moved: false })
    expect([...still.metrics.values()].map(({ psi }) => psi)).toEqual([0, 0])
    const moved = await ask(busier)
    expect(moved.score!.moved).toBe(true)
    expect(moved.metrics.get('logins')!.change).toMatchObject({ kind: 'median', now: 9 })
    expect(moved.metrics.get('seats')!.moved).toBe(false)
    expect(
      (await new BacktestPasses(evaluator).more({ model: START, part: 'all' }, () => undefined))!.stability,
    ).toBeUndefined()
  })

  test.each(['churn', 'expand'] as const)(
    'other weights do as a model with those weights does (%s)',
    async (objective) => {
      const evaluator = await customers()
      const passes = new BacktestPasses(evaluator)
      const model: HealthModel = { ...START, objective, minCoverage: 60 }
      const more = (await passes.more({ model, part: 'holdout' }, () => undefined))!
      evaluator.changedTier(model, true)
      for (const [i, { id, weight }] of model.metrics.entries()) {
        const { lower, higher } = more.sensitivity[i]!
        for (const [other, found] of [
          [0, more.without[i]!],
          [0.8, lower],
          [1.2, higher],
        ] as const) {
          // prettier-ignore
          const edited = setWeight(model, id, other * weight)
          const { set } = passes.quick({ model: edited, part: 'holdout', revision: 1 })
          expect(found.auc).toBe(backtest(set, 'holdout', edited).auc.auc)
          const changed = evaluator.changedTier(edited, false)! / 900
          if (found !== more.without[i]) expect(found).toMatchObject({ changedTier: changed })
        }
      }
    },
  )

  test('edits are answered meanwhile, and change nothing of what it finds', async () => {
    const evaluator = await customers(2500)
    const passes = new BacktestPasses(evaluator, 0)
    const alone = await passes.more({ model: START, part: 'holdout' }, () => undefined)
    let edits = 0
    const busy = await passes.more({ model: START, part: 'holdout' }, () => {
      evaluator.evaluate(setWeight(START, 'logins', 1 + (edits++ % 7)))
    })
    expect(edits).toBeGreaterThan(2)
    expect(busy).toEqual(alone)
  })

  test('ends when it is cancelled, asked anew, or the points change under it', async () => {
    const evaluator = await customers(2500)
    const passes = new BacktestPasses(evaluator, 0)
    const ask = (onprogress: () => void = () => undefined) => passes.more({ model: START, part: 'holdout' }, onprogress)
    expect(await ask(() => passes.cancelMore())).toBeUndefined()
    const [first, second] = await Promise.all([ask(), ask()])
    expect([first === undefined, second === undefined]).toEqual([true, false])
    const other = { ...START, metrics: START.metrics.map((each) => ({ ...each, missing: 50 })) }
    expect(await ask(() => void evaluator.evaluate(other))).toBeUndefined()
  })
})

describe('degenerate customers', () => {
  /** Every number that a person would be shown. */
  function shown(value: unknown): number[] {
    if (typeof value === 'number') return [value]
    if (value instanceof Map) return [...value.values()].flatMap(shown)
    if (typeof value !== 'object' || value === null) return []
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>)
    return Object.values(value).flatMap(shown)
  }

  test.each([
    ['all churned', (i: number) => `C${i},${i % 10},${i % 9},Free,5,2026-01-31,Yes`],
    ['none churned', (i: number) => `C${i},${i % 10},${i % 9},Free,5,2026-01-31,No`],
    ['one churned', (i: number) => `C${i},${i % 10},${i % 9},Free,5,2026-01-31,${i === 3 ? 'Yes' : 'No'}`],
    ['constant scores', (i: number) => `C${i},5,5,Free,5,2026-01-31,${i % 3 === 0 ? 'Yes' : 'No'}`],
    ['all missing', (i: number) => `C${i},,,Free,5,2026-01-31,${i % 3 === 0 ? 'Yes' : 'No'}`],
    ['no outcome', (i: number) => `C${i},${i % 10},${i % 9},Free,5,2026-01-31,`],
  ])('%s: no NaN, no infinity', async (_, row) => {
    const evaluator = await evaluating(`${HEAD}\n${Array.from({ length: 60 }, (_unused, i) => row(i)).join('\n')}\n`)
    const passes = new BacktestPasses(evaluator)
    evaluator.pin(setWeight(START, 'seats', 40))
    const found = [
      passes.quick({ model: START, part: 'holdout', revision: 1 }),
      passes.quick({ model: START, part: 'all', revision: 1 }),
      await passes.more({ model: START, part: 'holdout' }, () => undefined),
      await passes.suggest({ model: START, step: 1 }, () => undefined),
    ]
    const numbers = shown(found)
    expect(numbers.length).toBeGreaterThan(100)
    expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([])
  })
})
