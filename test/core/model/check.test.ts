import { describe, expect, test } from 'vitest'
import { activeMetrics, checkModel, whyNobodyIsScored, type CheckedData } from '../../../src/core/model/check'
import { describeModel } from '../../../src/core/model/model-problem'
import type { HealthModel } from '../../../src/core/model/health-model'
import { readCsv } from '../../support/csv'
import { metric, modelOf } from '../../support/model'

async function data(text: string, hasAsOf = true): Promise<CheckedData> {
  const { report } = await readCsv(text)
  return { columns: report.columns, rows: report.rows, hasAsOf }
}

const words = (model: HealthModel, checked?: CheckedData): string[] => checkModel(model, checked).map(describeModel)
const small =
  'id,logins,plan,since,same,note,Trainings attended\nA1,1,x,2025-01-02,5,some words here,1\nA2,2,y,2025-01-03,5,other words here,2\nA3,,x,,5,more of the words,3\n'

describe('a model is checked', () => {
  test('for a column that is not there, with the nearest one as a fix', async () => {
    const model = modelOf([metric('a', { column: 'Trainings atended' }), metric('logins')])
    const [problem] = checkModel(model, await data(small))
    expect(problem).toMatchObject({
      kind: 'no such column',
      severity: 'error',
      fix: { kind: 'use column', column: 'Trainings attended' },
    })
    expect(activeMetrics(model, checkModel(model, await data(small))).map(({ id }) => id)).toEqual(['logins'])
  })

  test('for a scale that does not fit its column', async () => {
    const [problem] = checkModel(modelOf([metric('plan'), metric('logins')]), await data(small))
    expect(problem).toMatchObject({ kind: 'scale does not fit', field: 'scale' })
  })

  test('for dates without a day to count from', async () => {
    const [problem] = checkModel(modelOf([metric('since'), metric('logins')]), await data(small, false))
    expect(problem).toMatchObject({ kind: 'no day to count from' })
  })

  test('for a column that is the same for everyone', async () => {
    expect(words(modelOf([metric('same')]), await data(small))).toContain(
      'It is the same for everyone, so it adds the same to every score.',
    )
  })

  test('for why nobody can be scored: no metric on, none that is right, or none with a weight', () => {
    const why = (...metrics: HealthModel['metrics']) => whyNobodyIsScored(checkModel(modelOf(metrics)))
    const off = 'No metric is on, so nobody is scored. Switch at least one on.'
    const light = 'No metric has a weight, so nobody is scored. Give at least one metric a weight.'
    expect(why()).toBe(off)
    expect(why(metric('a', { on: false }), metric('b', { weight: -1 }))).toBe(off)
    expect(why(metric('a', { weight: 0 }), metric('b', { on: false }))).toBe(light)
    expect(why(metric('a', { weight: 0 }), metric('b', { weight: 0.01 }))).toBeUndefined()
  })

  test('for weights that nobody could give (case 34)', () => {
    for (const weight of [NaN, -1, 1e308, 1e-320, Infinity, 100.01, 0.005]) {
      expect(checkModel(modelOf([metric('a', { weight }), metric('b')]))[0]).toMatchObject({
        kind: 'weight out of range',
        severity: 'error',
      })
    }
    expect(words(modelOf([metric('a', { weight: 0 })]))).toEqual([
      'No metric has a weight, so nobody is scored. Give at least one metric a weight.',
    ])
  })

  test('for cuts that cross, with the offer to swap them (case 35)', () => {
    const tiers = [
      { name: 'At risk', from: 0 },
      { name: 'Watch', from: 70 },
      { name: 'Healthy', from: 40 },
    ]
    const [problem] = checkModel(modelOf([metric('a')], { tiers }))
    expect(problem).toMatchObject({ kind: 'cuts cross', fix: { kind: 'swap cuts', tier: 2 } })
    expect(describeModel(problem!)).toBe('The limit of Watch (70) must be below that of Healthy (40).')
  })

  test.each([NaN, -1, 101, Infinity])('for a cut at %s (case 35)', (from) => {
    const tiers = [{ name: 'At risk', from: 0 }, { name: 'Watch', from }] // prettier-ignore
    expect(checkModel(modelOf([metric('a')], { tiers }))[0]?.severity).toBe('error')
  })

  test('for equal cuts (case 35)', () => {
    const tiers = [{ name: 'A', from: 0 }, { name: 'B', from: 40 }, { name: 'C', from: 40 }] // prettier-ignore
    expect(checkModel(modelOf([metric('a')], { tiers }))[0]).toMatchObject({ kind: 'cuts cross' })
  })

  test('for two metrics of one name, errors before warnings', () => {
    const problems = checkModel(
      modelOf([metric('a', { name: 'N' }), metric('b', { name: 'N' }), metric('c', { weight: NaN })]),
    )
    expect(problems.map(({ severity }) => severity)).toEqual(['error', 'warning'])
  })

  test('for few values', async () => {
    const text = `id,x\n${Array.from({ length: 10 }, (_, i) => `${i},${i < 4 ? i : ''}`).join('\n')}\n`
    expect(words(modelOf([metric('x')]), await data(text))).toEqual(['Only 40% of the customers have a value.'])
  })
})

test('metrics beyond 2 GiB of points are off, and the figure is said', async () => {
  const two = await data('a\n1\n2\n')
  const metrics = Array.from({ length: 12 }, (_, i) => metric(`m${i}`, { column: 'a' }))
  const many = { ...two, rows: 100_000_000 }
  const problems = checkModel(modelOf(metrics), many).filter(({ kind }) => kind === 'too many points')
  expect(problems).toHaveLength(2)
  expect(describeModel(problems[0]!)).toBe(
    'The points of all metrics need 2.2 GiB, and 2 GiB is the most. ' +
      'The first 10 metrics count; this one is off until others are removed.',
  )
  expect(activeMetrics(modelOf(metrics), problems)).toHaveLength(10)
  expect(checkModel(modelOf(metrics), two).some(({ kind }) => kind === 'too many points')).toBe(false)
})
