import { describe, expect, test } from 'vitest'
import { columnNamed, type CodedColumn } from '../../../src/core/column/column'
import { nearDuplicates } from '../../../src/core/quality/near-duplicates'
import { readCsv } from '../../support/csv'

/** What becomes what among categories, the first the most frequent. */
async function pairs(...texts: string[]): Promise<string[]> {
  const rows = texts.flatMap((text, i) => Array.from({ length: texts.length - i + 3 }, () => `"${text}"`))
  const { table } = await readCsv(`x\n${rows.join('\n')}\n`, 'f.csv', { types: new Map([['x', 'category' as const]]) })
  return nearDuplicates(columnNamed(table, 'x') as CodedColumn).map(({ from, to }) => `${from} → ${to}`)
}

describe('two categories may be one', () => {
  test.each([
    [
      'where they differ in case, spaces or marks',
      ['Mid-market', 'mid market', 'Midmarket'],
      ['mid market → Mid-market', 'Midmarket → Mid-market'],
    ],
    ['where they differ in an accent', ['Montréal', 'Montreal'], ['Montreal → Montréal']],
    ['where one ends as the other', ['Mobile Phone', 'Phone'], ['Phone → Mobile Phone']],
    ['where one is the initials of the other', ['Cash on Delivery', 'COD'], ['COD → Cash on Delivery']],
    [
      'where a letter is more, less, another or changed round',
      ['Germany', 'Germny', 'Gremany', 'Germanyy'],
      ['Germny → Germany', 'Gremany → Germany', 'Germanyy → Germany'],
    ],
  ])('%s', async (_, texts, expected) => {
    expect(await pairs(...texts)).toEqual(expected)
  })

  test.each([
    ['a no and another no', ['No', 'No internet service', 'No phone service']],
    ['plans with numbers', ['Version 10', 'Version 11', 'Plan 2024', 'Plan 2025']],
    ['short words', ['SMB', 'SMC', 'Gold', 'Bold']],
    ['a thing and its lack', ['Device protection', 'No device protection']],
    ['kinds of a thing with a beginning in common', ['Enterprise', 'Enterprise Plus']],
  ])('but not %s', async (_, texts) => {
    expect(await pairs(...texts)).toEqual([])
  })
})
