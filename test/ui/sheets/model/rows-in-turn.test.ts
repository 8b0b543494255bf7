import { afterEach, beforeEach, expect, test } from 'vitest'
import { modelRows, type ModelRow, type RowSource } from '../../../../src/ui/sheets/model/rows'
import { RowsInTurn } from '../../../../src/ui/sheets/model/rows-in-turn'
import { metric, modelOf } from '../../../support/model'

const METRICS = 40
const metrics = Array.from({ length: METRICS }, (_, i) => metric(`m${i}`, { weight: 10 }))

let owner: AbortController
let rows: RowsInTurn
/** The rows that were drawn, and how many cells of each; 'all' for the whole row. */
let drawn: (readonly [string, number | 'all'])[]

function rowsOf(weight: number, facts: RowSource['facts'] = new Map()): ModelRow[] {
  const model = modelOf(metrics.map((each, i) => (i === 0 ? { ...each, weight } : each)))
  return modelRows({
    ...{ model, facts, categories: new Map(), types: new Map(), problems: NO_PROBLEMS, power: undefined },
    ...{ counts: ({ on }) => on, folded: new Set() },
  })
}
const NO_PROBLEMS: RowSource['problems'] = new Map()
const FACTS: RowSource['facts'] = new Map(
  Array.from({ length: METRICS }, (_, i) => [
    `m${i}`,
    { coverage: 0.5, power: { auc: 0.6 }, spread: [1, 2, 3], types: [] } as never,
  ]),
)

beforeEach(() => {
  owner = new AbortController()
  drawn = []
  rows = new RowsInTurn((row, _, columns) => drawn.push([row.id, columns?.length ?? 'all']), owner.signal)
  rows.given(rowsOf(10))
})
afterEach(() => owner.abort())

/** Resolves when nothing waits to be drawn. */
async function settled(): Promise<void> {
  await expect.poll(() => document.documentElement.dataset['drawing']).toBeUndefined()
}

test('draws what a drag changes at once, in every row', () => {
  const now = rowsOf(20)
  rows.show(now)
  expect(new Set(drawn.map(([id]) => id))).toEqual(new Set(now.map(({ id }) => id)))
})

test('draws what is dragged at once and the shares of the others a little later, in their newest state', async () => {
  rows.show(rowsOf(20))
  drawn = []
  rows.show(rowsOf(21))
  const newest = rowsOf(22)
  rows.show(newest)
  const dragged = ['m0', newest[0]!.id]
  expect(new Set(drawn.map(([id]) => id))).toEqual(new Set(dragged))
  await expect.poll(() => new Set(drawn.map(([id]) => id)).size).toBe(METRICS + 1)
  expect(drawn.filter(([id]) => !dragged.includes(id))).toHaveLength(METRICS - 1)
  drawn = []
  rows.show(newest)
  expect(drawn).toEqual([])
})

test('draws no shares after its end', async () => {
  rows.show(rowsOf(20))
  rows.show(rowsOf(21))
  drawn = []
  owner.abort()
  await new Promise((next) => setTimeout(next, 200))
  expect(drawn).toEqual([])
})

test('draws new facts over several frames, each row once', async () => {
  rows.show(rowsOf(10, FACTS))
  const atOnce = drawn.length
  expect(atOnce).toBeGreaterThan(0)
  expect(atOnce).toBeLessThan(METRICS)
  await settled()
  const ids = drawn.map(([id]) => id).filter((id) => id.startsWith('m'))
  expect(ids.toSorted()).toEqual(metrics.map(({ id }) => id).toSorted())
})

test('draws a row that waits in its newest state, and none twice', async () => {
  rows.show(rowsOf(10, FACTS))
  const waiting = rowsOf(20, FACTS)
  rows.show(waiting)
  await settled()
  drawn = []
  rows.show(waiting)
  expect(drawn).toEqual([])
})

test('does not draw again what the grid was given, nor anything after its end', async () => {
  const now = rowsOf(10, FACTS)
  rows.show(now)
  const atOnce = drawn.length
  rows.given(now)
  await settled()
  expect(drawn).toHaveLength(atOnce)
  rows.show(rowsOf(10))
  const before = drawn.length
  owner.abort()
  await settled()
  expect(drawn).toHaveLength(before)
})
