import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textAt, type TextColumn } from '../../../src/core/column/column'
import { RandomStream } from '../../../src/core/random'
import { SortedTexts } from '../../../workers/rows/sorted-texts'
import { textColumn } from '../../support/text-column'

const rowsOf = ({ offsets }: TextColumn): number[] =>
  Array.from({ length: offsets.length - 1 }, (_, row) => row).filter((row) => offsets[row + 1]! > offsets[row]!)

/** By UTF-8 bytes with A–Z as a–z, equal ones as they were. */
function expected(column: TextColumn, rows = rowsOf(column)): number[] {
  const key = (row: number): Buffer =>
    Buffer.from(textAt(column, row).replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
  const keyed = rows.map((row) => ({ row, key: key(row) }))
  return keyed.toSorted((a, b) => Buffer.compare(a.key, b.key)).map(({ row }) => row)
}

/** Many names that begin alike, more than are sorted by comparing, or by four bytes. */
function names(customers: number): TextColumn {
  const random = new RandomStream(3, 0)
  const part = (): string => ['Nor', 'Zeb', 'app', 'Ål', 'nor', 'X'][Math.floor(random.next() ** 2 * 6)]!
  return textColumn(
    Array.from({ length: customers }, (_, i) => (i % 50 === 7 ? '' : `${part()}${part()} ${part()}${i % 97}`)),
  )
}

const many = names(120_000)
const order = expected(many)

describe('texts rise by code points with A–Z as a–z, equal ones as they were given', () => {
  test('all of a hundred thousand', () => {
    const sorted = new SortedTexts(many, Uint32Array.from(rowsOf(many)))
    expect(sorted.length).toBe(order.length)
    expect(Buffer.from(sorted.slice(0, sorted.length).slice().buffer).equals(Buffer.from(Uint32Array.from(order).buffer))).toBe(true) // prettier-ignore
  })

  test('where one looks, in whatever order one does: the end, the middle, the beginning', () => {
    const sorted = new SortedTexts(many, Uint32Array.from(rowsOf(many)))
    for (const from of [order.length - 100, 60_000, 0, 59_950, 1])
      expect([...sorted.slice(from, from + 100)]).toEqual(order.slice(from, from + 100))
  })

  test('any texts, looked at anywhere', () => {
    const text = fc.oneof(fc.constantFrom('', 'a', 'A', 'ab', 'AB'), fc.string({ maxLength: 9, unit: 'grapheme' }))
    const clean = text.map((each) => each.replaceAll('\0', ''))
    fc.assert(
      fc.property(fc.array(clean, { maxLength: 90 }), fc.array(fc.nat(100), { maxLength: 6 }), (texts, places) => {
        const column = textColumn(texts)
        const rows = rowsOf(column)
        const sorted = new SortedTexts(column, Uint32Array.from(rows))
        const all = expected(column, rows)
        for (const place of places) expect([...sorted.slice(place, place + 7)]).toEqual(all.slice(place, place + 7))
        expect([...sorted.slice(0, rows.length)]).toEqual(all)
      }),
      { numRuns: 300 },
    )
  })
})

test('a row is found at its place before anybody has looked there', () => {
  for (const place of [0, 1, 4_321, 77_777, order.length - 1]) {
    const sorted = new SortedTexts(many, Uint32Array.from(rowsOf(many)))
    expect(sorted.placeOf(order[place]!)).toBe(place)
    expect(sorted.slice(place, place + 1)[0]).toBe(order[place])
  }
  expect(new SortedTexts(many, Uint32Array.from([1, 2])).placeOf(3)).toBe(-1)
})

test('everybody is a member however far they are sorted', () => {
  const sorted = new SortedTexts(many, Uint32Array.from(rowsOf(many)))
  const before = sorted.members.toSorted()
  sorted.slice(5_000, 5_010)
  expect(sorted.members.toSorted()).toEqual(before)
  expect(before).toHaveLength(order.length)
})

test('what nobody looks at is not sorted', () => {
  const sorted = new SortedTexts(many, Uint32Array.from(rowsOf(many)))
  sorted.slice(0, 100)
  const wrong = sorted.members.filter((row, place) => row !== order[place])
  expect(wrong.length).toBeGreaterThan(50_000)
})
