import { beforeEach, describe, expect, test } from 'vitest'
import { setWeight } from '../../src/core/model/edit'
import { writeModelFile } from '../../src/core/model/file-format'
import { Session } from '../../src/state/session.svelte'
import { View } from '../../src/state/view.svelte'
import { MemoryModels } from '../../src/storage/memory-models'
import { Engine } from '../../workers/engine'
import type { EngineApi } from '../../workers/engine-api'
import { MemoryStore } from '../../workers/store/memory-store'
import { metric, modelOf } from '../support/model'

function newShelf() {
  const kept = new Map<string, string>()
  return { get: (key: string) => kept.get(key) ?? null, set: (key: string, value: string) => void kept.set(key, value) }
}

let engine: EngineApi
let models: MemoryModels
let session: Session

function newSession(): Session {
  return new Session(engine, models, new View(newShelf(), false))
}

beforeEach(async () => {
  engine = new Engine(new MemoryStore())
  models = new MemoryModels()
  session = newSession()
  await session.start(undefined)
})

/** Lets answers of the engine arrive. */
async function settled(): Promise<void> {
  for (let i = 0; i < 50 && (session.results.busy || i < 3); i++) await new Promise((next) => setTimeout(next, 5))
}

function customers(n = 400, churned = (i: number): boolean => i % 4 === 0): File {
  const lines = Array.from(
    { length: n },
    (_, i) => `C-${i},${((i * 37) % 101) / 10 + (churned(i) ? 0 : 4)},${i % 5},${churned(i) ? 'Yes' : 'No'}`,
  )
  return new File([`customer_id,logins,tickets,churned\n${lines.join('\n')}\n`], 'crm.csv')
}

async function imported(): Promise<void> {
  await session.addFiles([customers()])
  await session.useImport('draft')
  await settled()
}

describe('from a file to a tested score', () => {
  test('roles are guessed, a model is drafted, and its figures are there', async () => {
    await session.addFiles([customers()])
    expect(session.view.sheet).toBe('data')
    expect(session.data.importing?.roles).toMatchObject({
      id: 'customer_id',
      outcome: { column: 'churned', event: 'Yes' },
    })
    await session.useImport('draft')
    await settled()
    expect(session.view.sheet).toBe('model')
    expect(session.workbook!.model.name).toBe('crm health')
    expect(session.results.training!.auc.auc).toBeGreaterThan(0.8)
    expect(session.results.facts.size).toBe(2)
    expect(session.results.categories.size).toBeGreaterThan(0)
  })

  test('an edit changes the figures, undo gives them back, and both are settled', async () => {
    await imported()
    const before = session.results.training!.auc.auc
    const [first] = session.workbook!.model.metrics
    session.workbook!.edit((model) => setWeight(model, first!.id, 1))
    await settled()
    expect(session.results.training!.auc.auc).not.toBe(before)
    expect(session.results.changedTier).toBeGreaterThan(0)
    session.workbook!.undo()
    await settled()
    expect(session.results.training!.auc.auc).toBe(before)
    expect(session.results.busy).toBe(false)
  })

  test('a cut that moves changes tiers at once, without asking about any customer', async () => {
    await imported()
    let asked = 0
    const evaluate = engine.evaluate.bind(engine)
    // From a thread of its own every answer is a copy.
    engine.evaluate = async (request) => {
      asked++
      return structuredClone(await evaluate(request))
    }
    const { histogram } = session.results.evaluation!.history
    const before = session.results.training!.tiers[0]!.customers
    session.workbook!.edit(
      (model) => ({ ...model, tiers: model.tiers.map((tier, i) => (i === 1 ? { ...tier, from: 60 } : tier)) }),
      { key: 'cut' },
    )
    expect(session.results.training!.tiers[0]!.customers).toBeGreaterThan(before)
    await settled()
    expect(asked).toBe(0)
    session.workbook!.settle()
    await settled()
    expect(asked).toBe(1)
    expect(session.results.evaluation!.history.histogram).toBe(histogram)
  })

  test('today’s customers are a data set of their own, scored with the same model', async () => {
    await imported()
    await session.addFiles([new File(['customer_id,logins,tickets\nX-1,3,1\nX-2,9,0\n'], 'today.csv')])
    expect(session.data.importing?.part).toBe('current')
    await session.useImport('keep')
    await settled()
    expect(session.results.evaluation?.current?.customers).toBe(2)
    const scores = await (await session.scores('current')).text()
    expect(scores.split('\r\n')[1]).toMatch(/^X-1,/)
  })
})

describe('who bought more', () => {
  function buyers(name = 'crm.csv'): File {
    const lines = Array.from({ length: 400 }, (_, i) => {
      const upsold = i % 4 === 0
      return `C-${i},${((i * 37) % 101) / 10 + (upsold ? 5 : 0)},${(i * 7) % 5},${upsold ? 'Yes' : 'No'}`
    })
    return new File([`customer_id,logins,tickets,upsold\n${lines.join('\n')}\n`], name)
  }

  test('is guessed, and drafted with high scores for them', async () => {
    await session.addFiles([buyers()])
    expect(session.data.importing).toMatchObject({
      told: { objective: 'expand', roles: { outcome: { column: 'upsold' } } },
    })
    await session.useImport('draft')
    await settled()
    expect(session.workbook!.model.objective).toBe('expand')
    expect(session.results.training!.auc.auc).toBeGreaterThan(0.8)
  })

  test('is what a person says, against the guess', async () => {
    await session.addFiles([customers()])
    const { importing } = session.data
    expect(importing!.told.objective).toBe('churn')
    await importing!.setRoles(importing!.roles, 'expand')
    await session.useImport('draft')
    await settled()
    expect(session.workbook!.model.objective).toBe('expand')
    // Those who churned are those who should score high now, and do.
    expect(session.results.training!.auc.auc).toBeGreaterThan(0.8)
    expect(session.workbook!.model.metrics.find(({ column }) => column === 'logins')!.scale).toMatchObject({
      knots: [{ points: 100 }, { points: 0 }],
    })
  })

  test('stays what the model says when its data is replaced, another model is proposed, or it is opened again', async () => {
    await session.addFiles([buyers()])
    await session.useImport('draft')
    await session.addFiles([buyers('next.csv')], 'history')
    expect(session.data.importing!.told.objective).toBe('expand')
    await session.useImport('keep')
    expect(session.workbook!.model.objective).toBe('expand')
    await session.proposeModel()
    await settled()
    expect(session.results.training!.auc.auc).toBeGreaterThan(0.8)
    const { id } = session.workbook!
    await session.home()
    await session.openWorkbook(id)
    expect(session.workbook!.model.objective).toBe('expand')
  })

  test('is not taken up from a file by a model of who left, unless a new one is drafted', async () => {
    await imported()
    await session.addFiles([buyers('next.csv')], 'history')
    expect(session.data.importing!.told.objective).toBe('churn')
    await session.useImport('keep')
    expect(session.workbook!.model.objective).toBe('churn')
  })

  test('changed in a model is one step: the figures turn round, and undo gives them back', async () => {
    await imported()
    const before = session.results.training!.auc.auc!
    session.workbook!.edit((model) => ({ ...model, objective: 'expand' }))
    await settled()
    expect(session.workbook!.undoWords).toBe('objective')
    expect(session.results.training!.auc.auc).toBeCloseTo(1 - before, 12)
    session.workbook!.undo()
    await settled()
    expect(session.workbook!.model.objective).toBe('churn')
    expect(session.results.training!.auc.auc).toBe(before)
  })
})

describe('the day that data is of', () => {
  const dated = (day: string): File =>
    new File([`customer_id,last_seen,churned\n${Array.from({ length: 60 }, (_, i) => `C-${i},2026-0${1 + (i % 2)}-10,${i % 4 === 0 ? 'Yes' : 'No'}`).join('\n')}\nZ,${day},No\n`], `${day}.csv`) // prettier-ignore

  test('is the model’s for those whose outcomes are known, and their own for today’s customers', async () => {
    await session.addFiles([dated('2026-03-01')])
    await session.useImport('draft')
    await session.addFiles([dated('2026-06-01')])
    await session.useImport('keep')
    await settled()
    expect(session.workbook!.model.asOf).toBe('2026-03-01')
    expect(session.data.current?.report.asOf).toBe('2026-06-01')
    // The same customer, seen on the last day of either file, has the same score.
    const lastScore = async (part: 'history' | 'current') =>
      (await (await session.scores(part)).text()).trim().split('\r\n').at(-1)
    expect(await lastScore('current')).toBe(await lastScore('history'))
    await session.data.setAsOf('current', '2026-07-01')
    session.dataChanged()
    await settled()
    expect(await lastScore('current')).not.toBe(await lastScore('history'))
  })

  test('follows a new history, as one step that can be undone', async () => {
    await session.addFiles([dated('2026-03-01')])
    await session.useImport('draft')
    await session.addFiles([dated('2026-04-01')], 'history')
    await session.useImport('keep')
    expect(session.workbook!.model.asOf).toBe('2026-04-01')
    session.workbook!.undo()
    expect(session.workbook!.model.asOf).toBe('2026-03-01')
  })
})

describe('what is kept', () => {
  test('a workbook opens again with its model, its undo steps and its name in the list', async () => {
    await imported()
    const { id, model } = session.workbook!
    await session.home()
    expect(session.workbook).toBeUndefined()
    expect(session.recents).toMatchObject([
      { id, name: 'crm health', facts: expect.stringMatching(/^400 customers, AUC 0\.\d{3}$/) as string },
    ])
    const next = newSession()
    await next.start(id)
    expect(next.workbook!.model).toEqual(model)
    expect(next.workbook!.undoWords).toBe('draft of crm health')
  })

  test('an import that is refused leaves what is open', async () => {
    await imported()
    const { history } = session.data
    await session.addFiles([new File([''], 'empty.csv')])
    expect(session.data.importing?.stage.status).toBe('failed')
    expect(session.data.history).toBe(history)
    await session.dropImport()
    expect(session.data.importing).toBeUndefined()
    expect(session.workbook!.model.metrics.length).toBeGreaterThan(0)
  })

  test('a file that comes while another is given up is not given up with it, at whichever moment', async () => {
    for (let moment = 0; moment < 40; moment++) {
      session = newSession()
      await session.start(undefined)
      await session.addFiles([customers(20)])
      const given = session.cancelImport()
      for (let i = 0; i < moment; i++) await Promise.resolve()
      const come = session.addFiles([customers(30)])
      await Promise.all([given, come])
      expect([moment, session.data.importing?.report?.rows]).toEqual([moment, 30])
      expect(session.workbook).toBeDefined()
    }
  })

  test('a workbook is removed', async () => {
    await imported()
    const { id } = session.workbook!
    await session.remove(id)
    expect(session.workbook).toBeUndefined()
    expect(session.recents).toEqual([])
  })
})

describe('a model file', () => {
  const file = (text: string): File => new File([text], 'colleague.healthsheet.json')

  test('over open customers waits for the person to say where it goes; undo gives the old model back', async () => {
    await imported()
    const before = session.workbook!.model
    const theirs = modelOf([metric('logins')], { roles: before.roles, name: 'Theirs' })
    await session.addFiles([file(writeModelFile(theirs))])
    expect(session.offered?.model.name).toBe('Theirs')
    expect(session.workbook!.model).toBe(before)
    await session.openOffered('here')
    await settled()
    expect(session.workbook!.model.name).toBe('Theirs')
    session.workbook!.undo()
    expect(session.workbook!.model).toEqual(before)
  })

  test('with a column that the data lacks keeps scoring with the rest', async () => {
    await imported()
    const { roles } = session.workbook!.model
    await session.addFiles([file(writeModelFile(modelOf([metric('logins'), metric('nobody')], { roles })))])
    await session.openOffered('here')
    await settled()
    expect(session.results.problems[0]).toMatchObject({ kind: 'no such column' })
    expect(session.results.counting).toEqual(new Set(['logins']))
    expect(session.results.training!.auc.auc).toBeGreaterThan(0.5)
  })

  test('opened first waits for its customers', async () => {
    await session.addFiles([file(writeModelFile(modelOf([metric('logins')])))])
    expect(session.workbook!.model.metrics).toHaveLength(1)
    expect(session.view.sheet).toBe('data')
    await session.addFiles([customers()])
    await session.useImport('keep')
    await settled()
    expect(session.results.evaluation?.history.customers).toBe(400)
  })

  test('that is broken is refused in words', async () => {
    await session.addFiles([file('{')])
    expect(session.notices.top).toMatchObject({ kind: 'file refused', tone: 'error' })
    expect(session.workbook).toBeUndefined()
  })
})

test('a dead engine is opened again and asked again', async () => {
  await imported()
  const before = session.results.training!.auc.auc
  const { changes } = session.customers
  await session.engineStopped()
  expect(session.notices.top).toMatchObject({ kind: 'engine stopped' })
  // It may have been listed before the new engine knew what people filled in.
  expect(session.customers.changes).toBeGreaterThan(changes)
  // A store of memory has forgotten the customers; the model is there all the same.
  expect(session.workbook!.model.metrics.length).toBeGreaterThan(0)
  expect(before).toBeGreaterThan(0)
})

test('a file that is read anew while a dead engine is opened again stays read', async () => {
  await imported()
  let cleared = (): void => undefined
  engine.collect = () => new Promise((done) => (cleared = () => done([])))
  const opened = session.engineStopped()
  await session.addFiles([customers()])
  cleared()
  await opened
  expect(session.data.importing?.stage).toMatchObject({ status: 'read', report: { rows: 400 } })
})

test('a workbook that another tab edits cannot be edited here', async () => {
  await imported()
  session.workbook!.setReadOnly(true)
  const before = session.workbook!.model
  expect(session.workbook!.edit((model) => ({ ...model, name: 'x' }))).toBe(false)
  session.workbook!.undo()
  expect(session.workbook!.model).toBe(before)
})
