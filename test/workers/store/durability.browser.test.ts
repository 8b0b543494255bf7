import { afterEach, expect, test } from 'vitest'
import Dexie from 'dexie'
import { DataDatabase } from '../../../workers/store/data-database'
import { ModelsDatabase } from '../../../src/storage/models-database'

const names = ['durability-data', 'durability-models']
afterEach(async () => {
  for (const name of names) await Dexie.delete(name)
})

/** The durability that the browser was asked for. */
async function durabilityOf(database: Dexie, table: string): Promise<string> {
  await database.open()
  const asked = await database.transaction('rw', table, (transaction) =>
    Promise.resolve(transaction.idbtrans.durability),
  )
  database.close()
  return asked
}

test('bulk is written relaxed; what decides, and every model, is flushed to the disk', async () => {
  expect(await durabilityOf(new DataDatabase(names[0]!, 'relaxed'), 'records')).toBe('relaxed')
  expect(await durabilityOf(new DataDatabase(names[0]!, 'strict'), 'manifests')).toBe('strict')
  expect(await durabilityOf(new ModelsDatabase(names[1]!), 'workbooks')).toBe('strict')
})
