import { beforeEach, describe, expect, test } from 'vitest'
import { setSeed } from '../../src/core/model/edit-backtest'
import { setTierFrom, setWeight } from '../../src/core/model/edit'
import { writeModelFile } from '../../src/core/model/file-format'
import { Session } from '../../src/state/session.svelte'
import { View } from '../../src/state/view.svelte'
import { MemoryModels } from '../../src/storage/memory-models'
import { Engine } from '../../workers/engine'
import type { EngineApi } from '../../workers/engine-api'
import { MemoryStore } from '../../workers/store/memory-store'

function newShelf() {
  const kept = new Map<string, string>()
  return { get: (key: string) => kept.get(key) ?? null, set: (key: string, value: string) => void kept.set(key, value) }
}

let engine: EngineApi
let models: MemoryModels
let session: Session

const newSession = (): Session => new Session(engine, models, new View(newShelf(), false))

/** Lets answers of the engine arrive. */
async function settled(): Promise<void> {
  const { backtesting, results } = session
  const waits = (): boolean => backtesting.busy || results.busy || backtesting.progress !== undefined
  for (let i = 0; i < 400 && (waits() || i < 3); i++) await new Promise((next) => setTimeout(next, 5))
}

beforeEach(async () => {
  engine = new Engine(new MemoryStore())
  models = new MemoryModels()
  session = newSession()
  await session.start(undefined)
  await session.addFiles([customers()])
  await session.useImport('draft')
  await settled()
})

function customers(): File {
  const lines = Array.from(
    { length: 400 },
    (_, i) => `C-${i},${((i * 37) % 101) / 10 + (i % 4 === 0 ? 0 : 4)},${i % 5},${i % 4 === 0 ? 'Yes' : 'No'}`,
  )
  return new File([`customer_id,logins,tickets,churned\n${lines.join('\n')}\n`], 'crm.csv')
}

const model = () => session.workbook!.model
const edit = (weight: number) => session.workbook!.edit((now) => setWeight(now, now.metrics[0]!.id, weight))

describe('looking at unseen customers', () => {
  test('opening the sheet looks, counts the look once a model, and is no step of undo', async () => {
    const words = session.workbook!.undoWords
    session.backtesting.show()
    await settled()
    expect(session.backtesting.quick!.part).toBe('holdout')
    expect(session.backtesting.more!.metrics).toHaveLength(2)
    expect(session.backtesting.stale || session.backtesting.moreStale).toBe(false)
    expect(model().holdout).toMatchObject({ seed: 1, looks: 1 })
    expect(session.workbook!.undoWords).toBe(words)
    session.backtesting.check()
    await settled()
    expect(model().holdout.looks).toBe(1)
  })

  test('an edit leaves the answer as it was until a person asks, and each version asked about is counted', async () => {
    session.backtesting.show()
    await settled()
    const before = session.backtesting.quick
    edit(1)
    await settled()
    expect(session.backtesting.quick).toBe(before)
    expect(session.backtesting.stale && session.backtesting.moreStale).toBe(true)
    session.backtesting.check()
    await settled()
    expect(session.backtesting.stale || session.backtesting.moreStale).toBe(false)
    expect(model().holdout.looks).toBe(2)
  })

  test('a look stays counted when the edit is undone; what was seen is seen', async () => {
    edit(1)
    session.backtesting.show()
    await settled()
    session.workbook!.undo()
    expect(model().holdout.looks).toBe(1)
    session.workbook!.edit((now) => setSeed(now, 5))
    expect(model().holdout).toEqual({ seed: 5, looks: 0 })
    session.workbook!.undo()
    expect(model().holdout.looks).toBe(1)
  })

  test('a cut changes nothing that was not seen, so the sheet follows it', async () => {
    session.backtesting.show()
    await settled()
    session.workbook!.edit((now) => setTierFrom(now, 1, 60))
    await settled()
    expect(session.backtesting.stale).toBe(false)
    expect(session.backtesting.model!.tiers[1]!.from).toBe(60)
    expect(model().holdout.looks).toBe(1)
  })

  test('the training part is followed at every edit and costs no look', async () => {
    session.backtesting.choose('training')
    session.backtesting.show()
    await settled()
    edit(1)
    await settled()
    expect(session.backtesting.stale).toBe(false)
    expect(session.backtesting.quick!.part).toBe('training')
    expect(model().holdout.looks).toBe(0)
  })

  test('a sheet that is left asks for nothing', async () => {
    session.backtesting.choose('training')
    session.backtesting.show()
    await settled()
    session.backtesting.hide()
    edit(1)
    await settled()
    expect(session.backtesting.stale).toBe(true)
  })
})

describe('a pinned model', () => {
  test('is compared with in the panel and on the sheet, and comes back with the workbook', async () => {
    await session.backtesting.pinPresent()
    edit(1)
    session.backtesting.show()
    await settled()
    expect(session.results.evaluation!.baseline!.difference).toBeDefined()
    expect(session.backtesting.quick!.comparison!.name).toMatch(/^v1, \d\d:\d\d/)
    await session.workbook!.flush()
    const { id } = session.workbook!
    session = newSession()
    await session.start(id)
    // The store of this test forgets customers, as a browser may; the pin waits for the next ones.
    await session.addFiles([customers()])
    await session.useImport('keep')
    await settled()
    expect(session.workbook!.pinned!.name).toMatch(/^v1, /)
    expect(session.results.evaluation!.baseline!.difference).toBeDefined()
  })

  test('may be given a name, be of equal weights, or be a file; and is taken out', async () => {
    await session.backtesting.pinPresent('before the call')
    expect(session.workbook!.pinned!.name).toBe('before the call')
    await session.backtesting.pinEqual()
    expect(session.workbook!.pinned!.model.metrics.map(({ weight }) => weight)).toEqual([1, 1])
    await session.openModelFile(new File([writeModelFile({ ...model(), name: 'Theirs' })], 'theirs.healthsheet.json'))
    await session.openOffered('baseline')
    expect(session.workbook!.pinned!.name).toBe('Theirs')
    await settled()
    expect(session.results.evaluation!.baseline).toMatchObject({ difference: 0, p: 1 })
    await session.backtesting.pin(undefined)
    await settled()
    expect(session.workbook!.pinned).toBeUndefined()
    expect(session.results.evaluation!.baseline).toBeUndefined()
  })

  test('stays where the split is another: it is scored again', async () => {
    await session.backtesting.pinPresent()
    session.workbook!.edit((now) => setSeed(now, 9))
    await settled()
    expect(session.results.evaluation!.baseline).toMatchObject({ difference: 0, p: 1 })
  })
})

describe('suggested weights', () => {
  test('come with a verdict, and are taken as one step', async () => {
    await session.backtesting.suggest()
    const { verdict, suggestion } = session.backtesting.suggestion!
    expect(verdict.heading).not.toBe('')
    session.backtesting.take('all')
    expect(model().metrics.map(({ id, weight }) => [id, weight])).toEqual([...suggestion!.weights])
    expect(session.workbook!.undoWords).toBe('take 2 suggested weights')
    expect(session.backtesting.suggestionStale).toBe(true)
  })

  test('some of them leave the others their share of a hundred', async () => {
    await session.backtesting.suggest()
    const [first, second] = model().metrics
    const { weights } = session.backtesting.suggestion!.suggestion!
    session.backtesting.take(new Set([first!.id]))
    const total = first!.weight + second!.weight
    expect(model().metrics.map(({ weight }) => weight)).toEqual([
      weights.get(first!.id),
      Math.round((10_000 * second!.weight) / total) / 100,
    ])
  })

  test('are given up by their person', async () => {
    const asked = session.backtesting.suggest()
    expect(session.backtesting.suggesting).toBeGreaterThanOrEqual(0)
    session.backtesting.cancelSuggestion()
    await asked
    expect(session.backtesting.suggesting).toBeUndefined()
    expect(session.backtesting.suggestion).toBeUndefined()
    expect(session.backtesting.suggestFailed).toBeUndefined()
  })

  test('that came to nothing since a scale changed say so, until they are asked for again', async () => {
    const { suggest } = engine
    engine.suggest = () => Promise.resolve(undefined)
    await session.backtesting.suggest()
    engine.suggest = suggest
    expect(session.backtesting.suggesting).toBeUndefined()
    expect(session.backtesting.suggestFailed).toMatch(/scales, rules or customers changed/)
    await session.backtesting.suggest()
    expect(session.backtesting.suggestFailed).toBeUndefined()
    expect(session.backtesting.suggestion).toBeDefined()
  })

  test('that cannot be computed say so, and can be asked for again', async () => {
    const fails = new Error('memory')
    engine.suggest = () => Promise.reject(fails)
    await expect(session.backtesting.suggest()).rejects.toBe(fails)
    expect(session.backtesting.suggesting).toBeUndefined()
    expect(session.backtesting.suggestFailed).toBe('The weights could not be computed. Your sheet is safe.')
  })
})
