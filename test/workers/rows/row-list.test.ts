import { expect, test } from 'vitest'
import type { TextColumn } from '../../../src/core/column/column'
import { listByText, listOf } from '../../../workers/rows/row-list'
import { SortedTexts } from '../../../workers/rows/sorted-texts'

/** c, a, nothing, b, nothing. */
const letters: TextColumn = {
  ...{ kind: 'text', name: 'letter', type: 'text' },
  bytes: new TextEncoder().encode('cab'),
  offsets: Uint32Array.from([0, 1, 2, 2, 3, 3]),
}
const byLetter = (descending: boolean) =>
  listByText(new SortedTexts(letters, Uint32Array.from([0, 1, 3])), descending, Uint32Array.from([2, 4]))

test.each([
  [false, [1, 3, 0, 2, 4]],
  [true, [0, 3, 1, 2, 4]],
])('who has no text comes last, descending %s', (descending, all) => {
  const list = byLetter(descending)
  expect(list.length).toBe(5)
  for (let from = 0; from <= 6; from++)
    for (let to = from; to <= 7; to++) expect([...byLetter(descending).slice(from, to)]).toEqual(all.slice(from, to))
  expect(all.map((row) => list.placeOf(row))).toEqual([0, 1, 2, 3, 4])
  expect(list.placeOf(5)).toBe(-1)
  expect([...list.members()].sort()).toEqual([0, 1, 2, 3, 4])
})

test('a list that is known is given in parts', () => {
  const list = listOf(Uint32Array.from([4, 2, 9]))
  expect([...list.slice(1, 5)]).toEqual([2, 9])
  expect([list.placeOf(9), list.placeOf(3), list.length]).toEqual([2, -1, 3])
  expect([...list.members()]).toEqual([4, 2, 9])
})
