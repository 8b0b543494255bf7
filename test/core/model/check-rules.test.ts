import { describe, expect, test } from 'vitest'
import { checkModel } from '../../../src/core/model/check'
import { activeRules } from '../../../src/core/model/check-rules'
import { describeModel } from '../../../src/core/model/model-problem'
import type { Rule } from '../../../src/core/model/health-model'
import { readCsv } from '../../support/csv'
import { metric, modelOf, rule } from '../../support/model'

const { report } = await readCsv('id,logins,plan,churned\nA1,1,x,Yes\nA2,2,y,No\nA3,3,y,No\n')
const data = { columns: report.columns, rows: report.rows, hasAsOf: true }
const outcome = { column: 'churned', event: 'Yes', leaveOut: [] }

function checked(rules: readonly Rule[], suspect = false) {
  const unsure = suspect ? { suspect: { reason: 'It knows.', checked: false } } : {}
  const model = modelOf([metric('logins'), metric('plan', { on: false, ...unsure, scale: { kind: 'values', values: [], otherwise: 50 } })], { rules, roles: { outcome } }) // prettier-ignore
  const problems = checkModel(model, data).filter((problem) => 'rule' in problem)
  return {
    words: problems.map((problem) => `${'number' in problem ? problem.number : ''}: ${describeModel(problem)}`),
    active: activeRules(model, problems).map(({ id }) => id),
  }
}

describe('a rule is off until it is right', () => {
  test('a condition that cannot be read, with the place', () => {
    expect(checked([rule('a', '[logins] < 3', 'cap', 40), rule('b', '[logns] < 3', 'cap', 40)])).toEqual({
      words: ['2: No column is named “logns”; [logins] is (character 1). The rule is off until it is right.'],
      active: ['a'],
    })
  })

  test('points outside 0 to 100', () => {
    expect(checked([rule('a', 'logins<3', 'cap', 140)])).toEqual({
      words: [
        '1: A rule caps, floors or sets to 0 to 100 points with at most two decimals. The rule is off until it does.',
      ],
      active: [],
    })
  })

  test('a condition that reads the outcome itself', () => {
    const { words, active } = checked([rule('a', 'churned = "Yes"', 'cap', 0)])
    expect(words[0]).toMatch(/^1: “churned” is the outcome itself/)
    expect(active).toEqual([])
  })
})

test('a rule on a column that may know the answer acts, with a warning', () => {
  const { words, active } = checked([rule('a', 'plan = "x"', 'cap', 0)], true)
  expect(words).toEqual(['1: “plan” may know the answer already, so this rule would look better than it is.'])
  expect(active).toEqual(['a'])
})

test('a rule that is off does not act and keeps its problems', () => {
  expect(checked([rule('a', 'logins<', 'cap', 40, { on: false })])).toMatchObject({ active: [] })
})
