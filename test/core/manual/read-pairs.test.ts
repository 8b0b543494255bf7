import { describe, expect, test } from 'vitest'
import type { ManualColumn } from '../../../src/core/manual/manual-column'
import { readPairs } from '../../../src/core/manual/read-pairs'

const pulse: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number', least: 1, most: 5 }
const read = (text: string) => readPairs(text, pulse, 'Account', '2026-08-14')
const entry = (value: number, day = '2026-08-14') => ({ value, day })

describe('pairs of an ID and a value', () => {
  test.each([
    'A1\t4\nB2\t5',
    'A1, 4\r\nB2,5\r\n',
    'A1;4\n\nB2; 5',
    'Account,Pulse\nA1,4\nB2,5',
    'ID\tx\nA1\t4\nB2\t5\n',
  ])('are read from %j', (text) => {
    expect(read(text)).toEqual({
      pairs: [
        { customer: 'A1', entry: entry(4) },
        { customer: 'B2', entry: entry(5) },
      ],
      wrong: [],
      repeated: 0,
    })
  })

  test('may have their day; the last of a customer holds', () => {
    expect(read('A1,4,2026-01-31\nB2,1\nA1,2,2026-02-28')).toEqual({
      pairs: [
        { customer: 'B2', entry: entry(1) },
        { customer: 'A1', entry: entry(2, '2026-02-28') },
      ],
      wrong: [],
      repeated: 1,
    })
  })

  test('that cannot be kept are named with their line and the reason', () => {
    expect(read('A1,9\n,4\nB2\nC3,x\nD4,2,31.1.2026\nE5,2,2027-01-01').wrong).toEqual([
      { line: 1, customer: 'A1', why: 'Pulse is from 1 to 5' },
      { line: 2, customer: '', why: 'There is no ID' },
      { line: 3, customer: 'B2', why: 'There is no value behind the ID' },
      { line: 4, customer: 'C3', why: '“x” is not a number' },
      { line: 5, customer: 'D4', why: '“31.1.2026” is no day: write it as 2026-06-30' },
      { line: 6, customer: 'E5', why: '2027-01-01 is still to come' },
    ])
  })
})
