import { describe, expect, test } from 'vitest'
import { NO_CLEANING } from '../../src/core/recipe/cleaning'
import { Importing } from '../../src/state/importing.svelte'
import { Engine } from '../../workers/engine'
import type { EngineApi } from '../../workers/engine-api'
import { MemoryStore } from '../../workers/store/memory-store'

const customers = new Blob(['customer_id,segment,churned\nA,x,Yes\nB,y,No\nC,x,No\n'])
const logins = new Blob(['customer_id,day\nA,2026-01-01\nA,2026-02-01\nB,2026-02-05\n'])

async function joined(change: (engine: Engine) => Partial<EngineApi> = () => ({})) {
  const engine = new Engine(new MemoryStore())
  const api = Object.assign(Object.create(engine) as EngineApi, engine, change(engine))
  const others = [{ name: 'logins.csv', source: logins }]
  const importing = new Importing(api, 'w', 'history', { name: 'customers.csv', source: customers }, { others })
  await importing.read()
  return importing
}

/** The cells of the joined preview. */
const cells = ({ report }: Importing): readonly (readonly string[])[] => report!.preview.map((row) => row.cells)

describe('joined files', () => {
  test('are joined up to the latest day that any knows of, and again when a person says another', async () => {
    const importing = await joined()
    expect(importing.asOf).toBe('2026-02-05')
    expect(cells(importing).map((row) => row[3])).toEqual(['2', '1', '0'])
    await importing.setAsOf('2026-01-15')
    expect(importing.asOf).toBe('2026-01-15')
    expect(cells(importing).map((row) => row[3])).toEqual(['1', '0', '0'])
  })

  test('keep the roles that a person chose when new columns come or go', async () => {
    const importing = await joined()
    await importing.setRoles({ id: 'customer_id', outcome: { column: 'churned', event: 'No', leaveOut: [] } })
    const [main, file] = importing.joining!.recipe.files
    const count = { name: 'Logins', how: 'count' } as const
    await importing.changeRecipe({ files: [main!, { ...file!, join: { ...file!.join!, columns: [count] } }] })
    expect(importing.report!.columns.map(({ name }) => name)).toEqual(['customer_id', 'segment', 'churned', 'Logins'])
    expect(importing.roles).toMatchObject({ id: 'customer_id', outcome: { event: 'No' } })
  })

  test('are joined by what was changed last, each change made to the one before, however long a join takes', async () => {
    const importing = await joined()
    const add = (name: string): Promise<void> => {
      const [main, file] = importing.joining!.recipe.files
      const columns = [...file!.join!.columns, { name, how: 'count' } as const]
      return importing.changeRecipe({ files: [main!, { ...file!, join: { ...file!.join!, columns } }] })
    }
    const before = importing.report!.columns.map(({ name }) => name)
    const changes = [add('First'), add('Second'), importing.clean({ ...NO_CLEANING, repeated: 'first' }), add('Third')]
    const names = importing.joining!.recipe.files[1]!.join!.columns.map(({ name }) => name)
    expect(names.slice(-3)).toEqual(['First', 'Second', 'Third'])
    expect(importing.busy).toBe(true)
    await changes[0]
    await changes[2]
    expect(importing.joining!.recipe.files[1]!.join!.columns.at(-1)!.name).toBe('Third')
    expect(importing.busy).toBe(true)
    await Promise.all(changes)
    expect(importing.busy).toBe(false)
    expect(importing.report!.columns.map(({ name }) => name)).toEqual([...before, 'First', 'Second', 'Third'])
  })

  test('stay as they were where another way is refused', async () => {
    const importing = await joined()
    const { recipe } = importing.joining!
    const [main, file] = recipe.files
    const key = { ...file!.join!, key: 'nowhere' }
    await importing.changeRecipe({ files: [main!, { ...file!, join: key }] })
    expect(importing.stage.status).toBe('failed')
    expect(importing.joining!.recipe).toEqual(recipe)
  })

  test('are joined without one that cannot be read, which says why', async () => {
    const engine = new Engine(new MemoryStore())
    const bad = new Blob([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])])
    const others = [
      { name: 'old.xls', source: bad },
      { name: 'logins.csv', source: logins },
    ]
    const importing = new Importing(engine, 'w', 'history', { name: 'customers.csv', source: customers }, { others })
    await importing.read()
    expect(cells(importing).map((row) => row[3])).toEqual(['2', '1', '0'])
    expect(importing.failed).toMatchObject([{ name: 'old.xls', problems: [{ kind: 'not a table' }] }])
    importing.forget('old.xls')
    expect(importing.failed).toEqual([])
  })

  test('are read in another way one by one, and joined as before', async () => {
    const importing = await joined()
    const [main, file] = importing.joining!.recipe.files
    await importing.changeRecipe({
      files: [main!, { ...file!, join: { ...file!.join!, columns: [{ name: 'Logins', how: 'count' }] } }],
    })
    await importing.changeDialect({ header: false }, 'logins.csv')
    // Without names the key is gone, and that is said.
    expect(importing.stage).toMatchObject({ status: 'failed', problems: [{ kind: 'recipe' }] })
    await importing.changeDialect({ header: true }, 'logins.csv')
    expect(importing.report!.columns.map(({ name }) => name)).toEqual(['customer_id', 'segment', 'churned', 'Logins'])
  })

  test('are lost with the engine’s thread: while they are joined, and afterwards', async () => {
    const dead = Object.assign(new Error('stopped'), { name: 'EngineStopped' })
    const stopped = await joined(() => ({ join: () => Promise.reject(dead) }))
    expect(stopped.stage).toEqual({ status: 'stopped', rows: 3 })

    const importing = await joined()
    importing.stopped()
    expect(importing.stage).toEqual({ status: 'stopped', rows: 3 })
    await importing.read()
    expect(cells(importing).map((row) => row[3])).toEqual(['2', '1', '0'])
  })
})

describe('an import is marked', () => {
  const file = { name: 'crm.csv', source: customers }

  async function marked(change: (marks: () => readonly string[]) => Partial<EngineApi>) {
    const set: string[] = []
    const engine = new Engine(new MemoryStore())
    const api = Object.assign(
      Object.create(engine) as EngineApi,
      engine,
      change(() => [...set]),
    )
    const marks = { setImporting: (name: string | undefined) => void set.push(name ?? '-') }
    const importing = new Importing(api, 'w', 'history', file, { marks })
    await importing.read()
    return { importing, set }
  }

  test('while it is read, cleaned, and stored, and not while a person looks at it', async () => {
    const during: (readonly string[])[] = []
    const { importing, set } = await marked((marks) => {
      const engine = new Engine(new MemoryStore())
      const noting =
        <I extends unknown[], O>(call: (...input: I) => Promise<O>) =>
        (...input: I): Promise<O> => {
          during.push(marks())
          return call(...input)
        }
      return { read: noting(engine.read), clean: noting(engine.clean), commit: noting(engine.commit) }
    })
    expect(set).toEqual(['crm.csv', '-'])
    await importing.clean({ ...NO_CLEANING, repeated: 'first' })
    await importing.use()
    expect(set).toEqual(['crm.csv', '-', 'crm.csv', '-', 'crm.csv', '-'])
    expect(during.map((marks) => marks.at(-1))).toEqual(['crm.csv', 'crm.csv', 'crm.csv'])
  })

  test('until the last of several pieces of work is done', async () => {
    const { importing, set } = await marked(() => ({}))
    const first = importing.clean({ ...NO_CLEANING, repeated: 'first' })
    await Promise.all([first, importing.clean({ ...NO_CLEANING, repeated: 'last' })])
    expect(set).toEqual(['crm.csv', '-', 'crm.csv', '-'])
  })

  test('also after the engine died of a piece of work within another: of cleaning what was just read', async () => {
    const dead = Object.assign(new Error('stopped'), { name: 'EngineStopped' })
    const set: string[] = []
    const engine = new Engine(new MemoryStore())
    const api = Object.assign(Object.create(engine) as EngineApi, engine, { clean: () => Promise.reject(dead) })
    const marks = { setImporting: (name: string | undefined) => void set.push(name ?? '-') }
    const cleaning = { ...NO_CLEANING, repeated: 'first' } as const
    const remembered = { files: [{ name: 'crm.csv', columns: ['customer_id', 'segment', 'churned'] }], cleaning }
    const importing = new Importing(api, 'w', 'history', file, { marks, remembered })
    await importing.read()
    expect(importing.stage.status).toBe('stopped')
    expect(set).toEqual(['crm.csv'])
    Object.assign(api, { clean: engine.clean })
    await importing.read()
    expect(importing.stage.status).toBe('read')
    expect(set).toEqual(['crm.csv', 'crm.csv', '-'])
  })

  test('also after the engine died of it, for the page may follow', async () => {
    const dead = Object.assign(new Error('stopped'), { name: 'EngineStopped' })
    const { importing, set } = await marked(() => ({ read: () => Promise.reject(dead) }))
    expect(importing.stage).toEqual({ status: 'stopped', rows: 0 })
    expect(set).toEqual(['crm.csv'])
  })
})

describe('what the outcome tells', () => {
  const file = (outcome: string) => ({
    name: 'crm.csv',
    source: new Blob([`customer_id,logins,${outcome}\nA,1,Yes\nB,2,No\nC,3,No\n`]),
  })

  test.each([
    ['churned', 'churn'],
    ['upsold', 'expand'],
    ['outcome', 'churn'],
  ])('is guessed by its name: %s, %s', async (name, objective) => {
    const importing = new Importing(new Engine(new MemoryStore()), 'w', 'history', file(name))
    await importing.read()
    expect(importing.told.objective).toBe(objective)
    expect(importing.roles.outcome).toEqual({ column: name, event: 'Yes', leaveOut: [] })
  })

  test('is what a person says as long as the outcome is the same column, however the file is read again', async () => {
    const importing = new Importing(new Engine(new MemoryStore()), 'w', 'history', file('upsold'))
    await importing.read()
    await importing.setRoles(importing.roles, 'churn')
    await importing.changeType('logins', 'category')
    expect(importing.told.objective).toBe('churn')
    await importing.setRoles({ ...importing.roles, revenue: 'logins' })
    expect(importing.told.objective).toBe('churn')
  })

  test('is the model’s where the model says what is what', async () => {
    const roles = { id: 'customer_id', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } }
    const known = { roles, objective: 'expand' } as const
    const importing = new Importing(new Engine(new MemoryStore()), 'w', 'history', file('churned'), { known })
    await importing.read()
    expect(importing.told.objective).toBe('expand')
  })
})

describe('what is done about what is wrong', () => {
  const repeated = { name: 'crm.csv', source: new Blob(['customer_id,plan,churned\nA,x,Yes\nB,y,No\nA,z,No\n']) }
  const cleaning = { repeated: 'last', columns: [] } as const

  test('is remembered, and done to next month’s file', async () => {
    const importing = new Importing(new Engine(new MemoryStore()), 'w', 'history', repeated)
    await importing.read()
    expect(importing.recipe).toBeUndefined()
    await importing.clean(cleaning)
    expect(cells(importing)).toEqual([['A', 'z', 'No'], ['B', 'y', 'No']]) // prettier-ignore
    const { recipe: remembered } = importing
    expect(remembered).toEqual({ files: [{ name: 'crm.csv', columns: ['customer_id', 'plan', 'churned'] }], cleaning })
    importing.remember = false
    expect(importing.recipe).toBeUndefined()

    const next = new Importing(new Engine(new MemoryStore()), 'w', 'current', repeated, { remembered })
    await next.read()
    expect(next.cleaning).toEqual(cleaning)
    expect(next.report!.rows).toBe(2)
  })
})
