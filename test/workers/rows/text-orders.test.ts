import { expect, test } from 'vitest'
import { textAt, type TextColumn } from '../../../src/core/column/column'
import { RandomStream } from '../../../src/core/random'
import { TextOrders } from '../../../workers/rows/text-orders'

/** Many names that begin alike, so that sorting takes many steps. */
function namesOf(customers: number): TextColumn {
  const random = new RandomStream(3, 0)
  const part = (): string => ['Nor', 'Zeb', 'app', 'Ål', 'nor'][Math.floor(random.next() * 5)]!
  const texts = Array.from({ length: customers }, (_, i) =>
    i % 50 === 7 ? '' : `${part()}${part()} ${part()}${i % 97}`,
  )
  const parts = texts.map((text) => new TextEncoder().encode(text))
  const offsets = new Uint32Array(customers + 1)
  for (const [i, { length }] of parts.entries()) offsets[i + 1] = offsets[i]! + length
  const bytes = new Uint8Array(offsets[customers]!)
  for (const [i, each] of parts.entries()) bytes.set(each, offsets[i])
  return { kind: 'text', name: 'name', type: 'text', bytes, offsets }
}

const names = namesOf(20_000)
const key = (row: number): string => textAt(names, row).replace(/[A-Z]/g, (letter) => letter.toLowerCase())

test('names rise by code points with A–Z as a–z, equal ones as in the file, without those that are missing', () => {
  const order = new TextOrders().of(names)
  expect(order).toHaveLength(20_000 - 400)
  const wrong = order.subarray(1).filter((row, i) => {
    const [before, now] = [key(order[i]!), key(row)]
    return before === now ? order[i]! > row : before > now
  })
  expect([...wrong]).toEqual([])
})

test('what was sorted ahead is there when it is asked for', async () => {
  const orders = new TextOrders()
  let turns = 0
  await orders.ahead(names, () => ++turns > 0)
  await orders.ahead(names, () => true)
  expect(turns).toBeGreaterThan(0)
  const found = orders.of(names)
  expect(found).toEqual(new TextOrders().of(names))
  expect(orders.of(names)).toBe(found)
})

test('sorting ahead makes way for whoever asks meanwhile, and twice at a time is once', async () => {
  const orders = new TextOrders()
  const counts = [0, 0]
  const ahead = [0, 1].map((i) => orders.ahead(names, () => ++counts[i]! > 0))
  const asked = orders.of(names)
  await Promise.all(ahead)
  expect(orders.of(names)).toBe(asked)
  expect(counts[1]).toBe(1)
})

test('sorting ahead that is given up keeps nothing, and can begin again', async () => {
  const orders = new TextOrders()
  let turns = 0
  await orders.ahead(names, () => ++turns < 2)
  const asked = orders.of(names)
  await orders.ahead(names, () => true)
  expect(orders.of(names)).toBe(asked)
})
