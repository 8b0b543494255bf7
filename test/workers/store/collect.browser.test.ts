import { afterEach, expect, test } from 'vitest'
import Dexie from 'dexie'
import { IndexedDbStore } from '../../../workers/store/indexed-db-store'
import { importInto, manyRows, openedIn } from '../../support/data-set'

afterEach(() => Dexie.delete('collect'))

test('a file that begins to be read while leftovers are cleared away is not cleared away', async () => {
  const store = new IndexedDbStore('collect')
  // At every moment that clearing away passes through.
  for (let turns = 0; turns < 40; turns++) {
    const collected = store.collect()
    await new Promise((next) => setTimeout(next, turns % 8))
    await importInto(store, 'w', manyRows(300))
    expect(await collected).toEqual([])
    expect((await openedIn(store, 'w'))!.report.rows).toBe(300)
  }
})
