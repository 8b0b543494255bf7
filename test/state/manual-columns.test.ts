import { beforeEach, describe, expect, test } from 'vitest'
import type { ManualColumn } from '../../src/core/manual/manual-column'
import { addManualColumn, deleteManualColumn, setManualColumn } from '../../src/core/model/edit-manual'
import { Session } from '../../src/state/session.svelte'
import { today } from '../../src/state/today'
import { View } from '../../src/state/view.svelte'
import { MemoryModels } from '../../src/storage/memory-models'
import { Engine } from '../../workers/engine'
import { MemoryStore } from '../../workers/store/memory-store'

const pulse: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number', least: 1, most: 5 }
const rows = Array.from({ length: 60 }, (_, i) => `C${i},${i % 11},${i % 7}`)
const file = (name: string, lines: readonly string[]) => new File([`id,logins,seats\n${lines.join('\n')}\n`], name)

let models: MemoryModels
let store: MemoryStore
let session: Session

const started = async (): Promise<Session> => {
  const kept = new Map<string, string>()
  const shelf = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => void kept.set(key, value),
  }
  const made = new Session(new Engine(store), models, new View(shelf, false))
  await made.start(undefined)
  return made
}

beforeEach(async () => {
  models = new MemoryModels()
  store = new MemoryStore()
  session = await started()
  await session.addFiles([file('first.csv', rows)])
  await session.useImport('draft')
  session.customers.setPart(session.data.judging!.part)
  session.workbook!.edit((model) => addManualColumn(model, pulse))
})

const fill = (customer: string, value?: number) =>
  session.manual.fill(pulse, [{ customer, ...(value !== undefined && { value }) }])
const valueOf = (customer: string) => session.manual.of('p', customer)?.value
const part = () => session.data.judging!.part

describe('what is filled in by hand', () => {
  test('is kept as of today, told to the engine, and shown with its column', async () => {
    await fill('C1', 4)
    expect(session.manual.of('p', 'C1')).toEqual({ customer: 'C1', column: 'p', value: 4, day: today() })
    expect(session.manual.facts(part())[0]).toMatchObject({ rows: { counts: 1 }, orphans: [] })
    expect(session.manual.columns(part()).at(-1)).toMatchObject({ name: 'Pulse', type: 'number', missing: 59, max: 4 })
    expect(await models.manualValues(session.workbook!.id)).toHaveLength(1)
    expect(session.data.judging!.report.columns.map(({ name }) => name)).not.toContain('Pulse')
  })

  test('a new column is there at once, before the engine has said anything of it', () => {
    expect(session.manual.columns(part()).at(-1)).toMatchObject({ name: 'Pulse', missing: 60, distinct: 0 })
  })

  test('is undone and redone in the order in which it and the model were edited', async () => {
    await fill('C1', 4)
    session.workbook!.edit((model) => ({ ...model, notes: 'later' }), { words: 'notes' })
    await fill('C1', 2)
    await fill('C2', 5)
    const back: (string | undefined)[] = []
    for (let i = 0; i < 4; i++) {
      back.push(session.steps.undoWords)
      session.steps.undo()
      await expect.poll(() => session.steps.undoWords).not.toBe(back.at(-1))
    }
    expect(back).toEqual(['Pulse of C2', 'Pulse of C1', 'notes', 'Pulse of C1'])
    expect([valueOf('C1'), valueOf('C2'), session.workbook!.model.notes]).toEqual([undefined, undefined, ''])
    session.steps.redo()
    await expect.poll(() => valueOf('C1')).toBe(4)
    session.steps.redo()
    expect(session.workbook!.model.notes).toBe('later')
  })

  test('comes back with a deleted column that is undone; once nothing can bring the column back, it is cleared away', async () => {
    await fill('C1', 4)
    session.workbook!.edit((model) => deleteManualColumn(model, 'p'))
    await session.workbook!.flush()
    const { id } = session.workbook!
    session = await started()
    await session.openWorkbook(id)
    expect(session.manual.count('p')).toBe(1)
    session.steps.undo()
    expect(session.workbook!.model.manual).toEqual([pulse])
    await session.manual.open(id, new Set(['another']))
    expect(await models.manualValues(id)).toEqual([])
  })

  test('survives the next import; who is no longer there is an orphan', async () => {
    await fill('C1', 4)
    await fill('C2', 5)
    await session.addFiles([file('next.csv', ['C1,3,3', 'X,1,1'])], part())
    await session.useImport('keep')
    await expect.poll(() => session.manual.facts(part())[0]?.orphans).toEqual(['C2'])
    expect(session.manual.facts(part())[0]!.rows.counts).toBe(1)
    expect(valueOf('C2')).toBe(5)
  })

  test('keeps its place, its filter and its order in the list under another name', () => {
    const column = { kind: 'source', name: 'Pulse' } as const
    session.customers.arrange([{ column }])
    session.customers.filter({ kind: 'filled', column })
    session.customers.sort(column, true)
    session.workbook!.edit((model) => setManualColumn(model, { ...pulse, name: 'Mood' }))
    const renamed = { kind: 'source', name: 'Mood' }
    expect(session.customers.columns).toEqual([{ column: renamed }])
    expect(session.customers.query).toMatchObject({ conditions: [{ column: renamed }], sort: { column: renamed } })
    session.steps.undo()
    expect(session.customers.columns).toEqual([{ column }])
  })

  test('holds the list where it is until it is sorted or filtered again', async () => {
    expect(session.customers.held).toBe(false)
    await fill('C1', 4)
    expect(session.customers.held).toBe(true)
    session.customers.settle()
    expect(session.customers.held).toBe(false)
    await fill('C1', 3)
    session.customers.sort({ kind: 'score' }, false)
    expect(session.customers.held).toBe(false)
  })

  test('that cannot be written changes nothing and says so', async () => {
    models.writeManual = () => Promise.resolve({ kind: 'full' }) as never
    expect(await fill('C1', 4)).toBe(false)
    expect(valueOf('C1')).toBeUndefined()
    expect(session.toasts.current?.text).toBe('Not saved: the browser could not write. Nothing was changed.')
  })
})
