import { describe, expect, test } from 'vitest'
import { columnNamed } from '../../../src/core/column/column'
import { keyGroups, matchKeys } from '../../../src/core/recipe/match-keys'
import { readCsv } from '../../support/csv'

const AS_WRITTEN = { ignoreCase: false, ignoreZeros: false }

async function matched(main: string[], other: string[], comparing: typeof AS_WRITTEN) {
  const types = { types: new Map([['id', 'text' as const]]) }
  const [a, b] = [
    await readCsv(`id,x\n${main.map((key) => `${key},1`).join('\n')}\n`, 'a.csv', types),
    await readCsv(`id,x\n${other.map((key) => `${key},1`).join('\n')}\n`, 'b.csv', types),
  ]
  const { numbers } = keyGroups(columnNamed(a.table, 'id')!, a.table.rows, comparing)
  const { group, ...rest } = matchKeys(columnNamed(b.table, 'id')!, b.table.rows, numbers, comparing)
  return { group: [...group], ...rest }
}

describe('keys are compared as written, trimmed', () => {
  test('and what finds no customer is counted and named', async () => {
    expect(await matched(['A1', 'a1', '007'], [' A1 ', '7', 'a1', '', 'zz', 'zz'], AS_WRITTEN)).toEqual({
      group: [0, -1, 1, -1, -1, -1],
      matched: 2,
      orphans: 3,
      orphanKeys: ['7', 'zz'],
      blank: 1,
    })
  })

  test('without case where a person says so', async () => {
    const { group } = await matched(['A1', 'B2'], ['a1', 'b2', 'A1'], { ...AS_WRITTEN, ignoreCase: true })
    expect(group).toEqual([0, 1, 0])
  })

  test('without leading zeros where a person says so; a lone zero stays', async () => {
    const { group } = await matched(['007', '0'], ['7', '00', '0007'], { ...AS_WRITTEN, ignoreZeros: true })
    expect(group).toEqual([0, 1, 0])
  })
})
