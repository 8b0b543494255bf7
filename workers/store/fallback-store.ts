import type { DataStore } from './data-store'
import { IndexedDbStore } from './indexed-db-store'
import { MemoryStore } from './memory-store'
import { OriginFiles } from './origin-files'

const NAME = 'healthsheet-data'

async function choose(): Promise<DataStore> {
  try {
    const store = new IndexedDbStore(NAME, {}, await OriginFiles.open(NAME))
    await store.prove()
    return store
  } catch {
    // A private window, or a browser that was told to keep nothing: the page says so, since its models suffer alike.
    return new MemoryStore()
  }
}

/** The browser's database and files, or memory where it has none. Chosen at the first call, so that a worker starts at once. */
export function browserStore(): DataStore {
  let chosen: Promise<DataStore> | undefined
  const store = (): Promise<DataStore> => (chosen ??= choose())
  return {
    begin: async (set) => (await store()).begin(set),
    open: async (workbook, part) => (await store()).open(workbook, part),
    update: async (id, stored, report) => (await store()).update(id, stored, report),
    snapshots: async (workbook) => (await store()).snapshots(workbook),
    forget: async (id) => (await store()).forget(id),
    remove: async (workbook) => (await store()).remove(workbook),
    collect: async () => (await store()).collect(),
  }
}
