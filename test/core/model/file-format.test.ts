import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readModelFile, writeModelFile } from '../../../src/core/model/file-format'
import type { HealthModel } from '../../../src/core/model/health-model'
import { isPlainObject } from '../../../src/core/model/json'
import { describe as inWords } from '../../../src/core/problem'
import { metric, modelOf } from '../../support/model'

const schema = JSON.parse(
  readFileSync(new URL('../../../public/healthsheet.schema.json', import.meta.url), 'utf8'),
) as object
const isValid = new Ajv2020({ allErrors: true }).compile(schema)

const model: HealthModel = modelOf(
  [
    metric('logins', { red: 2, green: 8.5, weight: 12.25 }),
    metric('plan', {
      category: 'Account',
      scale: { kind: 'values', values: [{ value: 'Pro', points: 100 }, { value: '__proto__', points: 3 }], otherwise: 'missing' }, // prettier-ignore
      missing: 40,
      suspect: { reason: 'It may know.', checked: false },
      on: false,
    }),
    metric('tickets', { scale: { kind: 'bands', bands: [{ below: 3, points: 100 }, { points: 0 }] } }), // prettier-ignore
  ],
  {
    notes: 'first draft',
    roles: { id: 'id', outcome: { column: 'churned', event: 'Yes', leaveOut: ['?'] } },
    asOf: '2025-04-01',
    columns: [{ name: 'id', type: 'text' }],
    actBelow: 'Watch',
    manual: [
      { id: 'p', name: 'Pulse', kind: 'number', least: 1, most: 5, freshDays: 90 },
      { id: 'n', name: 'Any', kind: 'number', unknown: { later: true } },
      { id: 'c', name: 'Mood', kind: 'choice', choices: ['Bad', 'Good'] },
    ],
    holdout: { seed: 7, by: 'time', looks: 2, looked: ['00ff00ff', '12345678'] },
    economics: { cost: 120, saveRate: 0.22, value: { kind: 'revenue', months: 12 } },
    capacity: 200,
    recipe: {
      files: [
        { name: 'crm.csv', columns: ['id'] },
        { name: 'usage.csv', columns: ['id', 'n', 'day'], join: { key: 'id', file: 'crm.csv', with: 'id', ignoreCase: true, ignoreZeros: false, date: 'day', columns: [{ name: 'n, last 30 days', how: 'sum', column: 'n', where: 'n > 0', window: { from: 0, to: 30 } }] } }, // prettier-ignore
      ],
      cleaning: {
        repeated: 'merge',
        columns: [
          { column: 'n', blank: 'zero', unreadable: 'leave out', outliers: 'cap', metric: false },
          { column: 'day', later: 'missing', same: [{ from: 'Pro ', to: 'Pro' }] },
        ],
      },
    },
    rules: [
      {
        id: 'r1',
        name: 'Far overdue',
        on: true,
        when: '=[logins] < 2',
        then: { kind: 'cap', points: 40.5 },
        reason: 'x',
      },
      { id: 'r2', name: 'Signed', on: false, when: 'plan="Pro"', then: { kind: 'set', points: 50 }, reason: '' },
    ],
  },
)

function opened(text: string): HealthModel {
  const read = readModelFile('m.json', text)
  if (!read.ok) throw new Error(read.failure.map(inWords).join())
  return read.value
}

function refused(text: string): string {
  const read = readModelFile('m.json', text)
  if (read.ok) throw new Error('it was opened')
  return read.failure.map(inWords).join(' ')
}

describe('a model file', () => {
  test('is what its schema says', () => {
    expect(isValid(JSON.parse(writeModelFile(model))), JSON.stringify(isValid.errors)).toBe(true)
    expect(isValid({ ...(JSON.parse(writeModelFile(model)) as object), tiers: [] })).toBe(false)
  })

  test('comes back as it was, byte for byte when written again', () => {
    const text = writeModelFile(model)
    expect(writeModelFile(opened(text))).toBe(text)
    const back = opened(text)
    expect(back.metrics[0]).toEqual(model.metrics[0])
    expect(back.roles).toEqual(model.roles)
    expect(back.actBelow).toBe('Watch')
    expect(back.holdout).toEqual(model.holdout)
    expect(back.economics).toEqual(model.economics)
    expect(back.capacity).toBe(200)
  })

  test('has one order whatever order its maker used', () => {
    const parsed = JSON.parse(writeModelFile(model)) as Record<string, unknown>
    const turned = Object.fromEntries(Object.entries(parsed).reverse())
    expect(writeModelFile(opened(JSON.stringify(turned)))).toBe(writeModelFile(model))
  })

  test('keeps fields that this version does not know, of the model and of a metric', () => {
    const parsed = JSON.parse(writeModelFile(model)) as { metrics: object[] } & Record<string, unknown>
    const richer = {
      ...parsed,
      future: { deep: [1, { a: null }] },
      metrics: parsed.metrics.map((each) => ({ ...each, colour: 'red' })),
    }
    const back = JSON.parse(writeModelFile(opened(JSON.stringify(richer)))) as typeof richer
    expect(back.future).toEqual({ deep: [1, { a: null }] })
    expect(back.metrics[0]).toMatchObject({ colour: 'red' })
  })

  test('names that programs trip over are only names (case 23)', () => {
    const text = writeModelFile(model)
      .replace('"future"', '')
      .replace('{\n', '{\n  "__proto__": {"polluted": true},\n  "constructor": 1,\n')
    const back = opened(text)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
    expect(writeModelFile(back)).toContain('"__proto__": {')
    const plan = back.metrics[1]!.scale
    expect(plan.kind === 'values' && plan.values.find(({ value }) => value === '__proto__')?.points).toBe(3)
  })

  test('with one id twice is refused', () => {
    const parsed = JSON.parse(writeModelFile(model)) as { metrics: { id: string }[] }
    const twice = { ...parsed, metrics: parsed.metrics.map((each) => ({ ...each, id: 'same' })) }
    expect(refused(JSON.stringify(twice))).toContain('same')
  })

  test.each([
    [{ name: 'Pulse', number: {} }, 'manualColumns, row 1 (“Pulse”), id: a text is expected.'],
    [{ id: 'p', name: 'Pulse' }, 'number: an object is expected, or choices.'],
    [{ id: 'p', name: 'Pulse', number: { least: '1' } }, 'number, least: a number is expected.'],
    [{ id: 'p', name: 'Pulse', choices: 'Good' }, 'choices: a list is expected.'],
    [{ id: 'p', name: 'Pulse', choices: ['Good', 1] }, 'choices: a text is expected.'],
    [{ id: 'p', name: 'Pulse', number: {}, freshDays: 1.5 }, 'freshDays: a whole number from 0 to 36500 is expected.'],
    [{ id: 'constructor', name: 'Pulse', number: {} }, '“constructor” cannot be an id'],
    ['Pulse', 'manualColumns, row 1: an object is expected.'],
  ])('with the manual column %j is refused with the place', (column, why) => {
    const parsed = JSON.parse(writeModelFile(model)) as object
    expect(refused(JSON.stringify({ ...parsed, manualColumns: [column] }))).toContain(why)
  })

  test('from a newer version is refused with its version (case 21)', () => {
    expect(refused('{"format":"healthsheet-model","version":9}')).toBe(
      'm.json could not be opened: it was made with a newer version (format 9; this page reads up to 1). Reload the page to update it. Your model is unchanged.',
    )
  })

  test.each([
    ['cut off', '{"format":"healthsheet-model","version":1,', 'could not be opened'],
    ['no object', '[1,2]', 'no Healthsheet model'],
    ['of another kind', '{"format":"other"}', 'no Healthsheet model'],
    ['empty', '', 'could not be opened'],
    ['without a version', '{"format":"healthsheet-model"}', 'format version is missing'],
    ['nested a thousand deep', `${'['.repeat(1000)}${']'.repeat(1000)}`, 'could not be opened'],
  ])('%s is refused with a reason (case 22)', (_, text, why) => {
    expect(refused(text)).toContain(why)
  })

  test('may start with a byte order mark', () => {
    expect(opened(`\uFEFF${writeModelFile(model)}`).name).toBe('Test')
  })

  test.each([
    ['weight', '"weight": 12.25', '"weight": "12"'],
    ['weight', '"weight": 12.25', '"weight": 1e999'],
    ['importance', '"importance": "supporting"', '"importance": "huge"'],
    ['tiers', '"from": 41', '"from": null'],
    ['save rate', '"saveRate": 0.22', '"saveRate": 22'],
    ['cost', '"cost": 120', '"cost": -1'],
    ['capacity', '"capacity": 200', '"capacity": 1.5'],
    ['split', '"by": "time"', '"by": "luck"'],
  ])('a wrong %s is refused and named', (field, from, to) => {
    expect(refused(writeModelFile(model).replace(from, to))).toContain('could not be opened')
    expect(field).not.toBe('')
  })

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const content = { format: 'healthsheet-model', version: 1, ...(isPlainObject(value) ? value : {}) }
        expect(typeof readModelFile('m.json', JSON.stringify(content)).ok).toBe('boolean')
      }),
    )
  })
})
