import { afterAll, beforeAll, expect, test } from 'vitest'
import { guessRoles } from '../../src/core/model/guess-roles'
import { setWeight } from '../../src/core/model/edit'
import type { HealthModel } from '../../src/core/model/health-model'
import { Engine } from '../../workers/engine'
import { MemoryStore } from '../../workers/store/memory-store'

function customers(rows: number, shift: number): Blob {
  const lines = Array.from(
    { length: rows },
    (_, i) => `C-${i},${(i * 7 + shift) % 50},${(i * 7.13) % 900},${i % 12},${i % 4 === 0 ? 'Yes' : 'No'}`,
  )
  return new Blob([`customer_id,logins,mrr,seats,churned\n${lines.join('\n')}\n`])
}

/** The kernels' memories that are still held: they are in no figure that Node gives. */
const { Memory } = WebAssembly
const memories: WeakRef<WebAssembly.Memory>[] = []
beforeAll(() => {
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor)
      memories.push(new WeakRef(this))
    }
  }
})
afterAll(() => {
  WebAssembly.Memory = Memory
})

/**
 * What is left after collecting what is lost: bytes of arrays, which columns are, of the kernels, and of everything that
 * JavaScript holds. What the process has of the system is no measure: it gives back when it likes.
 */
async function memory(): Promise<{ arrays: number; kernels: number; all: number }> {
  const { gc } = globalThis as { readonly gc?: () => void }
  for (let i = 0; i < 5; i++) {
    gc?.()
    await new Promise((next) => setTimeout(next, 20))
  }
  const { arrayBuffers, heapUsed, external } = process.memoryUsage()
  const held = memories.flatMap((each) => each.deref() ?? [])
  const kernels = held.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
  return { arrays: arrayBuffers, kernels, all: heapUsed + external }
}

test('ten imports of 100,000 rows and 500 edits leave no memory behind', async () => {
  expect('gc' in globalThis, 'run with --expose-gc').toBe(true)
  const engine = new Engine(new MemoryStore())
  const importOne = async (shift: number) => {
    const read = await engine.read({ workbook: 'a', name: 'c.csv' }, customers(100_000, shift), () => undefined)
    if (!read.ok) throw new Error('refused')
    await engine.commit('history')
    const roles = guessRoles(read.value.columns, read.value.rows)
    return engine.draft({ name: 'c', roles, seed: 1 })
  }
  const list = (model: HealthModel) => {
    const query = { search: '', conditions: [], sort: { column: { kind: 'score' } as const, descending: true } }
    return engine.rows({ model, part: 'history', query, hold: false, from: 0, to: 100, columns: ['mrr'] })
  }
  const edit = async (before: HealthModel, count: number): Promise<HealthModel> => {
    const model = setWeight(before, before.metrics[count % before.metrics.length]!.id, 1 + (count % 90))
    await engine.evaluate({ model, revision: count, settled: count % 10 === 0 })
    if (count % 50 === 0) await list(model)
    return model
  }
  let model = await importOne(0)
  for (let count = 0; count <= 100; count++) model = await edit(model, count)
  const start = await memory()
  for (let round = 1; round <= 9; round++) model = await importOne(round)
  for (let count = 0; count <= 500; count++) model = await edit(model, count)
  const end = await memory()
  expect(end.arrays).toBeLessThan(start.arrays * 1.2)
  expect(start.kernels).toBeGreaterThan(1e6)
  expect(end.kernels).toBeLessThan(start.kernels * 1.2)
  expect(end.all).toBeLessThan(start.all * 1.2)
})
