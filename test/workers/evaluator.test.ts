import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pairedCounts, pairedDelong } from '../../src/core/backtest/paired-delong'
import { BINS, CLASSES } from '../../src/core/backtest/score-histogram'
import { columnNamed, textAt, type Table } from '../../src/core/column/column'
import { dayOf } from '../../src/core/column/date-text'
import type { ImportReport } from '../../src/core/column/import-report'
import type { HealthModel, Rule } from '../../src/core/model/health-model'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { limited, limitsOf } from '../../src/core/scoring/rules'
import { tierOf } from '../../src/core/model/tier'
import type { ManualColumn } from '../../src/core/manual/manual-column'
import { chooseExecutor } from '../../workers/choose-executor'
import { Evaluator } from '../../workers/evaluator'
import { ManualColumns } from '../../workers/manual-columns'
import { ManualValues } from '../../workers/manual-values'
import { ReferenceScorer } from '../../workers/reference-scorer'
import type { Scorer } from '../../workers/scorer'
import { readCsv } from '../support/csv'
import { metric, modelOf, rule } from '../support/model'

const create = chooseExecutor().createScorer

async function customers(): Promise<{ table: Table; report: ImportReport }> {
  const lines = Array.from({ length: 403 }, (_, i) => {
    const left = (i * 7919) % 5 === 0
    const logins = i % 13 === 0 ? '' : String((i * 31) % (left ? 7 : 11))
    const seats = i % 17 === 0 ? '' : String((i * 17) % 9)
    const plan = ['Free', 'Team', 'Business', ''][i % 4]!
    const since = `2026-0${1 + (i % 6)}-${10 + (i % 18)}`
    return `C${i},${logins},${seats},${plan},${(i * 37) % 500}.25,${left ? 'Yes' : i % 29 === 0 ? '' : 'No'},${since}`
  })
  return readCsv(`id,logins,seats,plan,mrr,churned,since\n${lines.join('\n')}\n`)
}

const START = modelOf(
  [
    metric('logins', { weight: 10 }),
    metric('seats', { weight: 5, category: 'Seats' }),
    metric('plan', {
      weight: 3,
      scale: { kind: 'values', values: [{ value: 'Free', points: 20 }], otherwise: 80 },
    }),
  ],
  {
    rules: [rule('r1', 'logins < 3', 'cap', 30), rule('r2', '=AND(plan="Team", seats > 4)', 'floor', 60.5)],
    roles: { id: 'id', revenue: 'mrr', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } },
  },
)

/** What a person may do to a model, chosen by numbers. */
const edit = fc.record({
  kind: fc.constantFrom(
    'weight',
    'switch',
    'scale',
    'missing',
    'cut',
    'coverage',
    'remove',
    'nothing',
    'seed',
    'rule',
    'limit',
  ),
  which: fc.integer({ min: 0, max: 2 }),
  value: fc.integer({ min: 0, max: 100 }),
  settled: fc.boolean(),
})
type Edit = typeof edit extends fc.Arbitrary<infer Each> ? Each : never

function edited(model: HealthModel, { kind, which, value }: Edit): HealthModel {
  const change = (part: Partial<HealthModel['metrics'][number]>): HealthModel => ({
    ...model,
    metrics: model.metrics.map((each, i) => (i === which ? { ...each, ...part } : each)),
  })
  switch (kind) {
    case 'weight':
      return change({ weight: value })
    case 'switch':
      return change({ on: value > 40 })
    case 'scale':
      return which === 2
        ? model
        : change({ scale: { kind: 'curve', knots: [{ x: 0, points: value }, { x: 9, points: 100 - value }] } }) // prettier-ignore
    case 'missing':
      return change({ missing: value < 50 ? 'skip' : value })
    case 'cut':
      return { ...model, tiers: model.tiers.map((tier, i) => (i === 1 ? { ...tier, from: 1 + value * 0.6 } : tier)) }
    case 'coverage':
      return { ...model, minCoverage: value }
    case 'remove':
      return { ...model, metrics: model.metrics.filter((_, i) => i !== which || model.metrics.length === 1) }
    case 'seed':
      return { ...model, holdout: { ...model.holdout, seed: value } }
    case 'rule':
      return { ...model, rules: model.rules.map((each, i) => (i === which ? { ...each, on: value > 40 } : each)) }
    case 'limit': {
      const kind = (['cap', 'floor', 'set'] as const)[value % 3]!
      const then = { kind, points: value }
      return { ...model, rules: model.rules.map((each, i) => (i === which ? { ...each, then } : each)) }
    }
    case 'nothing':
      return model
  }
}

describe('an evaluator that redoes only what changed', () => {
  test('answers like a new one in plain TypeScript, whatever is edited in whatever order', async () => {
    const { table, report } = await customers()
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const evaluator = new Evaluator(table, report, create(table.rows))
        let model = START
        for (const each of edits) {
          model = edited(model, each)
          const fresh = new Evaluator(table, report, new ReferenceScorer(table.rows))
          const set = evaluator.evaluate(model)
          expect(same(set.histogram, fresh.evaluate(model).histogram)).toBe(true)
          evaluator.changedTier(model, each.settled)
          for (const one of model.metrics) {
            expect(evaluator.metricFacts(model, one)).toEqual(fresh.metricFacts(model, one))
          }
          const members = evaluator.active(model).filter(({ category }) => category === 'Usage')
          expect(evaluator.categoryFacts(model, 'Usage', members)).toEqual(fresh.categoryFacts(model, 'Usage', members))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('limits every customer by the rules whose condition is true for them, and tells what each of them does', async () => {
    const { table, report } = await customers()
    const evaluator = new Evaluator(table, report, create(table.rows))
    const cell = (name: string, row: number): string => textAt(columnNamed(table, name)!, row)
    const meets = [
      (row: number) => cell('logins', row) !== '' && Number(cell('logins', row)) < 3,
      (row: number) => cell('plan', row) === 'Team' && Number(cell('seats', row)) > 4,
    ]
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const model = edits.filter(({ kind }) => kind !== 'remove').reduce(edited, START)
        const means = evaluator.scores({ ...model, rules: [] }).slice()
        const under = (rules: readonly Rule[]) =>
          means.map((mean, row) => {
            const applying = rules.filter(({ id }) => meets[id === 'r1' ? 0 : 1]!(row)).map(({ then }) => then)
            return mean === NOT_SCORED ? mean : limited(mean, limitsOf(applying))
          })
        const on = model.rules.filter((each) => each.on)
        const scores = under(on)
        expect([...evaluator.scores(model)]).toEqual([...scores])
        const { byId, together } = evaluator.ruleReport(model)
        for (const [i, each] of model.rules.entries()) {
          const rest = on.filter((other) => other !== each)
          const [with_, without] = [under([...rest, each]), under(rest)]
          const changed = [...with_.keys()].filter((row) => with_[row] !== without[row])
          const tiers = changed.filter((row) => tierOf(with_[row]!, model.tiers) !== tierOf(without[row]!, model.tiers))
          expect(byId.get(each.id)).toMatchObject({
            meets: [...with_.keys()].filter((row) => meets[i]!(row)).length,
            scoreChanges: changed.length,
            tierChanges: tiers.length,
            errors: 0,
          })
        }
        expect(together.scoreChanges).toBe([...scores.keys()].filter((row) => scores[row] !== means[row]).length)
        // Asking does not disturb what is counted next.
        expect([...evaluator.scores(model)]).toEqual([...scores])
      }),
      { numRuns: 60 },
    )
  })

  test('counts who is in another tier than when the model was last settled, as a count of rows does', async () => {
    const { table, report } = await customers()
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 10 }), (edits) => {
        const evaluator = new Evaluator(table, report, create(table.rows))
        let model = START
        let before: number[] | undefined
        for (const each of edits.filter(({ kind }) => kind !== 'seed')) {
          model = edited(model, each)
          const now = Array.from(evaluator.scores(model), (score) => tierOf(score, model.tiers))
          const expected = before && now.filter((tier, row) => tier !== before![row]).length
          expect(evaluator.changedTier(model, each.settled)).toBe(expected)
          if (each.settled) before = now
        }
      }),
      { numRuns: 60 },
    )
  })

  test('compares with a pinned model as rows do, also where only one of the two scores a customer', async () => {
    const { table, report } = await customers()
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('churn', 'expand'),
        (edits, objective) => {
          const evaluator = new Evaluator(table, report, create(table.rows))
          const start: HealthModel = { ...START, objective }
          evaluator.pin(start)
          const pinned = evaluator.scores(start).slice()
          const model = edits.filter(({ kind }) => kind !== 'seed').reduce(edited, start)
          const scores = evaluator.scores(model).slice()
          const outcome = evaluator.customers(model).outcome('training')!
          const risk = (score: number): number =>
            score >= BINS ? BINS : objective === 'churn' ? score : BINS - 1 - score
          const expected = pairedDelong(pairedCounts(scores.map(risk), pinned.map(risk), outcome, BINS))
          const moved = Array.from(
            scores,
            (score, row) => tierOf(score, model.tiers) !== tierOf(pinned[row]!, start.tiers),
          )
          expect(evaluator.baseline(model)).toEqual({ ...expected, changedTier: moved.filter(Boolean).length })
        },
      ),
      { numRuns: 60 },
    )
  })

  test('moves a cut without touching a customer', async () => {
    const { table, report } = await customers()
    const scorer = create(table.rows)
    let passes = 0
    const counting = new Proxy(scorer, {
      get: (target, key) => {
        const value = Reflect.get(target, key, target) as unknown
        if (typeof value !== 'function') return value
        return (...input: unknown[]): unknown => {
          if (['score', 'scoreAndKeep', 'rescore', 'count', 'countChanged', 'countCustomers'].includes(String(key)))
            passes++
          return (value as (...input: unknown[]) => unknown).apply(target, input)
        }
      },
    })
    const evaluator = new Evaluator(table, report, counting)
    evaluator.evaluate(START)
    evaluator.changedTier(START, true)
    passes = 0
    const cut = { ...START, tiers: START.tiers.map((tier, i) => (i === 1 ? { ...tier, from: 60 } : tier)) }
    evaluator.evaluate(cut)
    expect(evaluator.changedTier(cut, false)).toBeGreaterThan(0)
    expect(passes).toBe(0)
    evaluator.evaluate({ ...cut, metrics: cut.metrics.map((each) => ({ ...each, weight: each.weight + 1 })) })
    expect(passes).toBe(2)
  })
})

describe('while a weight is dragged', () => {
  const drag = fc.record({
    kind: fc.constant('drag' as const),
    which: fc.integer({ min: 0, max: 2 }),
    weights: fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 3, maxLength: 5 }),
  })
  /** What else goes on, most of it under another model than the one that is edited. */
  const aside = fc.record({
    kind: fc.constantFrom('category', 'rules', 'weighed', 'compare', 'other model', 'count'),
    which: fc.integer({ min: 0, max: 2 }),
    value: fc.integer({ min: 0, max: 100 }),
  })
  const whole = fc.record({
    kind: fc.constantFrom('pin', 'unpin', 'outcome', 'day', 'order', 'manual', 'all rules'),
    which: fc.integer({ min: 0, max: 2 }),
    value: fc.integer({ min: 0, max: 10 }),
  })
  const step = fc.oneof({ arbitrary: drag, weight: 4 }, { arbitrary: edit, weight: 2 }, whole, aside)
  type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

  const pulse: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number', least: 0, most: 10 }
  const start: HealthModel = {
    ...START,
    metrics: [...START.metrics, metric('pulse', { column: 'Pulse', weight: 4 })],
    rules: [...START.rules, rule('r3', 'Pulse < 4', 'cap', 20), rule('r4', 'DAYSSINCE(since) > 150', 'floor', 30)],
    manual: [pulse],
    asOf: '2026-09-01',
  }

  /** The models that a step asks about, one after the other. */
  function modelsOf(model: HealthModel, given: Step): HealthModel[] {
    const { kind, which } = given
    if (kind === 'drag') {
      const at = (weight: number): HealthModel => ({
        ...model,
        metrics: model.metrics.map((each, i) => (i === which ? { ...each, weight: weight / 10 } : each)),
      })
      return given.weights.map(at)
    }
    switch (kind) {
      case 'outcome': {
        const event = given.value > 5 ? 'Yes' : 'No'
        return [{ ...model, roles: { ...model.roles, outcome: { column: 'churned', event, leaveOut: [] } } }]
      }
      case 'day':
        return [{ ...model, asOf: `2026-0${7 + which}-01` }]
      case 'all rules':
        return [{ ...model, rules: model.rules.map((each) => ({ ...each, on: given.value > 5 })) }]
      case 'order':
        return [{ ...model, metrics: model.metrics.toReversed() }]
      default:
        return 'settled' in given ? [edited(model, given)] : [model]
    }
  }

  /** What does not change the model, and may leave something behind. */
  function disturb(evaluator: Evaluator, values: ManualValues, model: HealthModel, given: Step): void {
    if (given.kind === 'drag') return
    const { kind, which, value } = given
    const other = edited(model, { kind: 'scale', which, value, settled: false })
    const members = evaluator.active(model).filter(({ category }) => category === 'Usage')
    const asides: Readonly<Record<string, () => void>> = {
      pin: () => evaluator.pin(other),
      unpin: () => evaluator.pin(undefined),
      manual: () => {
        const at = { column: 'p', customer: `C${which}` }
        values.change([{ ...at, value: { ...at, value, day: '2026-08-14' } }], dayOf('2026-09-01'))
      },
      category: () => evaluator.categoryFacts(model, 'Usage', members),
      rules: () => evaluator.ruleReport(model),
      weighed: () => evaluator.weighed(model).means(),
      compare: () => evaluator.baseline(model),
      'other model': () => evaluator.planOf({ ...other, rules: model.rules.slice(1) }),
      count: () => evaluator.changedTier(model, value > 50),
    }
    asides[kind]?.()
  }

  test.each([
    ['kernel', create],
    ['reference', (rows: number): Scorer => new ReferenceScorer(rows)],
  ])(
    'every evaluation is that of a new evaluator, whatever is done in between, with the %s',
    async (_, createScorer) => {
      const { table, report } = await customers()
      let rescored = 0
      fc.assert(
        fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
          const values = new ManualValues()
          const manual = () => ({ manual: new ManualColumns(table, values) })
          const scorer = createScorer(table.rows)
          const rescore = scorer.rescore.bind(scorer)
          const counting = Object.assign(scorer, {
            rescore: (...given: Parameters<Scorer['rescore']>) => {
              rescored++
              rescore(...given)
            },
          })
          const evaluator = new Evaluator(table, report, counting, manual())
          let model = start
          for (const each of steps) {
            disturb(evaluator, values, model, each)
            for (const next of modelsOf(model, each)) {
              model = next
              const fresh = new Evaluator(table, report, new ReferenceScorer(table.rows), manual())
              expect(same(evaluator.evaluate(model).histogram, fresh.evaluate(model).histogram)).toBe(true)
              expect(evaluator.scores(model)).toEqual(fresh.scores(model))
            }
          }
        }),
        { numRuns: 50 },
      )
      expect(rescored).toBeGreaterThan(20)
    },
  )
})

test('the classes of the customers say who is in which part', async () => {
  const { table, report } = await customers()
  const { classes, outcomeCounts } = new Evaluator(table, report, create(table.rows)).customers(START)
  const known = classes.filter((index) => index !== CLASSES.unknown).length
  expect(known).toBe(outcomeCounts!.events + outcomeCounts!.nonEvents)
})

function same(a: object, b: object): boolean {
  return Object.entries(a).every(([name, values]) => {
    const [one, other] = [values, (b as Record<string, unknown>)[name]] as [Float64Array, Float64Array]
    return Buffer.from(one.buffer).equals(Buffer.from(other.buffer))
  })
}
