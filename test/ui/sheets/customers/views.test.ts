import { describe, expect, test } from 'vitest'
import type { HealthModel } from '../../../../src/core/model/health-model'
import { conditionWords } from '../../../../src/ui/sheets/customers/condition-words'
import { readyViews, type ReadyView } from '../../../../src/ui/sheets/customers/views'
import { metric, modelOf } from '../../../support/model'

const tiers = [{ name: 'At risk', from: 0 }, { name: 'Watch', from: 41 }, { name: 'Healthy', from: 71 }] // prettier-ignore
const of = (objective: HealthModel['objective']): HealthModel =>
  modelOf([metric('logins')], { objective, tiers, roles: { revenue: 'MRR' } })

/** What a view lists, as its chips say it, and what comes first. */
function listed({ query }: ReadyView, objective: HealthModel['objective']): unknown {
  return [...query.conditions.map((condition) => conditionWords(condition, () => undefined, objective)), query.sort]
}

const dearest = { column: { kind: 'source', name: 'MRR' }, descending: true }
const byScore = (descending: boolean) => ({ column: { kind: 'score' }, descending })

describe.each([
  {
    objective: 'churn' as const,
    views: {
      'Lowest scores first': [byScore(false)],
      'At risk by revenue': ['Tier is At risk', dearest],
      'Green churners': ['Tier is Healthy', 'Outcome is churned', dearest],
      'Red keepers': ['Tier is At risk', 'Outcome is retained', dearest],
    },
  },
  {
    objective: 'expand' as const,
    views: {
      'Highest scores first': [byScore(true)],
      'Healthy by revenue': ['Tier is Healthy', dearest],
      'Red expanders': ['Tier is At risk', 'Outcome is expanded', dearest],
      'Green stayers': ['Tier is Healthy', 'Outcome is unchanged', dearest],
    },
  },
])('of $objective', ({ objective, views }) => {
  const ready = readyViews(of(objective), 'history', true)

  test('whoever is flagged comes first, and the misses are two lists', () => {
    const found = ready.filter(({ name }) => name in views)
    expect(Object.fromEntries(found.map((view) => [view.name, listed(view, objective)]))).toEqual(views)
  })

  test('there are no misses where no outcome is known', () => {
    const misses = Object.keys(views).slice(2)
    for (const without of [readyViews(of(objective), 'current', true), readyViews(of(objective), 'history', false)])
      expect(without.map(({ name }) => name)).toEqual(
        ready.map(({ name }) => name).filter((name) => !misses.includes(name)),
      )
  })
})

test('a kept list of churned customers is one of expanded customers under the other objective', () => {
  const [view] = readyViews(of('churn'), 'history', true).filter(({ name }) => name === 'Green churners')
  expect(listed(view!, 'expand')).toEqual(['Tier is Healthy', 'Outcome is expanded', dearest])
})
