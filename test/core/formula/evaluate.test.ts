import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindCondition, bindFormula, columnsOf } from '../../../src/core/formula/bind'
import { evaluateFormula } from '../../../src/core/formula/evaluate'
import { describeFormula } from '../../../src/core/formula/formula-problem'
import type { ColumnType } from '../../../src/core/column/column'
import { readCsv } from '../../support/csv'

const CSV = `id,n,m,plan,name,active,day,end
a,1,10,Free,Ann,Yes,2026-01-01,2026-01-31
b,2,,Pro,Bob,No,2026-02-01,2026-02-01
c,,0,n/a,Čeněk 🎈,,,2026-03-01
d,-2.5,4,pro,,Yes,2026-06-29,`
const TYPES = new Map<string, ColumnType>([
  ['id', 'text'],
  ['n', 'number'],
  ['m', 'number'],
  ['plan', 'category'],
  ['name', 'text'],
  ['active', 'boolean'],
  ['day', 'date'],
  ['end', 'date'],
])
const { table } = await readCsv(CSV, 'f.csv', { types: TYPES })
const columns = [...TYPES].map(([name, type]) => ({ name, type }))
const AS_OF = Date.UTC(2026, 5, 30) / 86_400_000
const _ = NaN

function compute(formula: string): { values: number[]; errors: number } | string {
  const bound = bindFormula(formula, columns)
  if (!bound.ok) return describeFormula(bound.failure)
  const { values, errors } = evaluateFormula(bound.value, table, AS_OF)
  return { values: [...values], errors }
}

function values(formula: string): number[] | string {
  const computed = compute(formula)
  return typeof computed === 'string' ? computed : computed.values
}

describe('arithmetic', () => {
  test.each([
    ['n+1', [2, 3, _, -1.5]],
    ['-2^2', [4, 4, 4, 4]],
    ['2^3^2', [64, 64, 64, 64]],
    ['n^2', [1, 4, _, 6.25]],
    ['n^3', [1, 8, _, -15.625]],
    ['50%', [0.5, 0.5, 0.5, 0.5]],
    ['SUM(n,m,1)', [12, _, _, 2.5]],
    ['AVERAGE(n,m)', [5.5, _, _, 0.75]],
    ['MIN(n,m)', [1, _, _, -2.5]],
    ['MAX(n,m,3)', [10, _, _, 4]],
    ['ROUND(n)', [1, 2, _, -3]],
    ['ROUND(n/3,2)', [0.33, 0.67, _, -0.83]],
    ['ROUND(1234,-2)', [1200, 1200, 1200, 1200]],
    ['FLOOR(n)', [1, 2, _, -3]],
    ['CEILING(n)', [1, 2, _, -2]],
    ['CLAMP(n,-1,1)', [1, 1, _, -1]],
    ['ABS(n)', [1, 2, _, 2.5]],
    ['active+1', [2, 1, _, 2]],
  ])('%s', (formula, expected) => expect(values(formula)).toEqual(expected))

  test('what has no value is missing and counted: divisions by zero, roots and logarithms outside their domain', () => {
    expect(compute('1/m')).toEqual({ values: [0.1, _, _, 0.25], errors: 1 })
    expect(compute('SQRT(n)')).toEqual({ values: [1, Math.SQRT2, _, _], errors: 1 })
    expect(compute('LN(m)')).toEqual({ values: [Math.log(10), _, _, Math.log(4)], errors: 1 })
    expect(compute('EXP(1000)')).toEqual({ values: [_, _, _, _], errors: 4 })
    expect(compute('IF(m=0,0,1/m)')).toEqual({ values: [0.1, _, 0, 0.25], errors: 0 })
  })
})

describe('missing values', () => {
  test.each([
    ['ISBLANK(n)', [0, 0, 1, 0]],
    ['ISBLANK(plan)', [0, 0, 1, 0]],
    ['ISBLANK(name)', [0, 0, 0, 1]],
    ['COALESCE(m,n)', [10, 2, 0, 4]],
    ['IFERROR(1/m,-1)', [0.1, -1, -1, 0.25]],
    ['IF(n>0,1,0)', [1, 1, _, 0]],
    ['IF(n>0,1)', [1, 1, _, _]],
    ['IF(ISBLANK(m),n,m)', [10, 2, 0, 4]],
    ['IFS(n>1,2,n>0,1)', [1, 2, _, _]],
    ['AND(n>0,m>0)', [1, _, 0, 0]],
    ['OR(n>0,m>0)', [1, 1, _, 1]],
    ['AND(n>5,m>0)', [0, 0, 0, 0]],
    ['NOT(n>0)', [0, 0, _, 1]],
    ['NOT(OR(n=1,ISBLANK(n)))', [0, 1, 0, 1]],
  ])('%s', (formula, expected) => expect(values(formula)).toEqual(expected))
})

describe('texts and conditions', () => {
  test.each([
    ['plan="Pro"', [0, 1, _, 0]],
    ['plan<>"Pro"', [1, 0, _, 1]],
    ['LOWER(plan)="pro"', [0, 1, _, 1]],
    ['IN(plan,"Pro","pro")', [0, 1, _, 1]],
    ['IN(n,1,2)', [1, 1, _, 0]],
    ['CONTAINS(name,"nn")', [1, 0, 0, _]],
    ['LEN(name)', [3, 3, 7, _]],
    ['LEFT(name)="A"', [1, 0, 0, _]],
    ['LEFT(name,2)&"!"="Bo!"', [0, 1, 0, _]],
    ['name<"B"', [1, 0, 0, _]],
    ['active="Yes"', [1, 0, _, 1]],
    ['active', [1, 0, _, 1]],
    ['active=TRUE', [1, 0, _, 1]],
    ['IF(plan="Free","a","b")="a"', [1, 0, _, 0]],
    ['COALESCE(name,plan)="pro"', [0, 0, 0, 1]],
  ])('%s', (formula, expected) => expect(values(formula)).toEqual(expected))
})

describe('dates', () => {
  test.each([
    ['DAYSSINCE(day)', [180, 149, _, 1]],
    ['DAYSBETWEEN(day,end)', [30, 0, _, _]],
    ['day<"2026-02-01"', [1, 0, _, 0]],
    ['day=end', [0, 1, _, _]],
  ])('%s', (formula, expected) => expect(values(formula)).toEqual(expected))

  test('are counted from each row’s own as-of day where there is one', () => {
    const bound = bindFormula('DAYSSINCE(day)', columns)
    if (!bound.ok) throw new Error('refused')
    const asOf = Float64Array.from([AS_OF, AS_OF - 1, AS_OF, AS_OF + 1])
    expect([...evaluateFormula(bound.value, table, asOf).values]).toEqual([180, 148, _, 2])
  })
})

describe('what does not fit is said with the place', () => {
  test.each([
    ['=[nane]="x"', 'No column is named “nane”; [name] is (character 2).'],
    ['=SUMM(n)', 'No function is named SUMM; SUM is (character 2).'],
    ['=n="1"', 'Here a text is expected, and this is a number (character 2).'],
    ['=plan+1', 'Here a number is expected, and this is a text (character 2).'],
    ['=IF(n,1,2)', 'Here a comparison, or true or false, is expected, and this is a number (character 5).'],
    ['=day="soon"', 'Here a date is expected, and this is a text (character 6).'],
    ['=CLAMP(n,1)', 'CLAMP takes 3 values, not 2 (character 2).'],
    ['=ROUND()', 'ROUND takes 1 to 2 values, not 0 (character 2).'],
    ['=MIN()', 'MIN takes at least 1 value, not 0 (character 2).'],
    ['=IFS(n>1,1,2)', 'IFS takes a condition and a value, again and again, not 3 (character 2).'],
  ])('%s', (formula, words) => expect(values(formula)).toBe(words))

  test('a condition has to come to true or false', () => {
    const bound = bindCondition('=n*2', columns)
    expect(bound.ok ? '' : describeFormula(bound.failure)).toBe(
      'Here a comparison, such as [Logins] < 3, is expected, and this is a number (character 2).',
    )
  })

  test('the columns that a formula reads are known, each once', () => {
    const bound = bindFormula('=IF(n>1,[n]*m,LEN(plan))', columns)
    expect(bound.ok && columnsOf(bound.value)).toEqual(['n', 'm', 'plan'])
  })
})

test('any arithmetic comes to what JavaScript computes in the same order', async () => {
  type Tree = { formula: string; of: (x: number, y: number) => number }
  const leaf: fc.Arbitrary<Tree> = fc.oneof(
    fc.constant<Tree>({ formula: 'x', of: (x) => x }),
    fc.constant<Tree>({ formula: '[y]', of: (_x, y) => y }),
    fc.integer({ min: 0, max: 99 }).map((n): Tree => ({ formula: String(n), of: () => n })),
  )
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree')).map(([a, operator, b]): Tree => {
        const finite = (value: number): number => (Number.isFinite(value) ? value : NaN)
        const steps = {
          '+': (p: number, q: number) => p + q,
          '-': (p: number, q: number) => p - q,
          '*': (p: number, q: number) => p * q,
          '/': (p: number, q: number) => p / q,
        }
        return {
          formula: `(${a.formula}${operator}${b.formula})`,
          of: (x, y) => finite(steps[operator](a.of(x, y), b.of(x, y))),
        }
      }),
    ),
  }))
  const points = Array.from({ length: 1500 }, (_, i): [number, number] => [(i % 37) - 5, ((i * 7) % 11) / 4])
  const csv = `x,y\n${points.map((point) => point.join()).join('\n')}`
  const { table: many } = await readCsv(csv, 'p.csv', {
    types: new Map([
      ['x', 'number'],
      ['y', 'number'],
    ]),
  })
  fc.assert(
    fc.property(tree, ({ formula, of }) => {
      const bound = bindFormula(formula, [
        { name: 'x', type: 'number' },
        { name: 'y', type: 'number' },
      ])
      if (!bound.ok) throw new Error(describeFormula(bound.failure))
      const computed = evaluateFormula(bound.value, many, undefined).values
      return points.every(([x, y], i) => Object.is(computed[i]! + 0, of(x, y) + 0))
    }),
    { numRuns: 100 },
  )
})
