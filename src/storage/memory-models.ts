import type { Override } from '../core/customers/override'
import type { ManualChange, ManualValue } from '../core/manual/manual-value'
import type { KeptWorkbook, ModelStore, RecentWorkbook, Saved, Saving } from './model-store'

/** Workbooks for as long as the page is open, where the browser keeps no database. */
export class MemoryModels implements ModelStore {
  readonly #workbooks = new Map<string, KeptWorkbook>()
  readonly #manual = new Map<string, Map<string, ManualValue>>()
  readonly #overrides = new Map<string, Map<string, Override>>()

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
    this.#overrides.delete(id)
    this.#manual.delete(id)
    return Promise.resolve()
  }

  overrides = (workbook: string): Promise<Override[]> =>
    Promise.resolve([...(this.#overrides.get(workbook)?.values() ?? [])])

  putOverride = (workbook: string, override: Override): Promise<undefined> => {
    const kept = this.#overrides.get(workbook) ?? new Map<string, Override>()
    this.#overrides.set(workbook, kept.set(override.customer, override))
    return Promise.resolve(undefined)
  }

  removeOverride = (workbook: string, customer: string): Promise<undefined> => {
    this.#overrides.get(workbook)?.delete(customer)
    return Promise.resolve(undefined)
  }

  manualValues = (workbook: string): Promise<ManualValue[]> =>
    Promise.resolve([...(this.#manual.get(workbook)?.values() ?? [])])

  writeManual = (workbook: string, changes: readonly ManualChange[]): Promise<undefined> => {
    const kept = this.#manual.get(workbook) ?? new Map<string, ManualValue>()
    for (const { customer, column, value } of changes) {
      const key = JSON.stringify([customer, column])
      if (value) kept.set(key, value)
      else kept.delete(key)
    }
    this.#manual.set(workbook, kept)
    return Promise.resolve(undefined)
  }
}
