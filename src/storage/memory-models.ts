import type { KeptWorkbook, ModelStore, RecentWorkbook, Saved, Saving } from './model-store'

/** Workbooks for as long as the page is open, where the browser keeps no database. */
export class MemoryModels implements ModelStore {
  readonly #workbooks = new Map<string, KeptWorkbook>()

  list = (): Promise<RecentWorkbook[]> => Promise.resolve([...this.#workbooks.values()].reverse())

  open = (id: string): Promise<KeptWorkbook | undefined> => Promise.resolve(this.#workbooks.get(id))

  save = (saving: Saving): Promise<Saved> => {
    const savedAt = Date.now()
    this.#workbooks.delete(saving.id)
    this.#workbooks.set(saving.id, { ...saving, rev: saving.rev + 1, savedAt })
    return Promise.resolve({ kind: 'saved', rev: saving.rev + 1, savedAt })
  }

  remove = (id: string): Promise<void> => {
    this.#workbooks.delete(id)
    return Promise.resolve()
  }
}
