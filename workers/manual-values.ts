import type { ManualChange, ManualValue } from '../src/core/manual/manual-value'

const NOBODY: ReadonlyMap<string, ManualValue> = new Map()

/** What people filled in by hand in the workbook that is open, by column and customer, for all its data sets. */
export class ManualValues {
  readonly #columns = new Map<string, { readonly values: Map<string, ManualValue>; version: number }>()
  #today = NaN
  #version = 0

  /** Rises with every change. */
  get version(): number {
    return this.#version
  }

  /** Today where the person is, in days since 1970-01-01. */
  get today(): number {
    return this.#today
  }

  clear(): void {
    this.#columns.clear()
    this.#version++
  }

  /** Takes in what was typed, changed or cleared. */
  change(changes: readonly ManualChange[], today: number): void {
    if (changes.length > 0 || !Object.is(today, this.#today)) this.#version++
    this.#today = today
    for (const { customer, column, value } of changes) {
      const of = this.#columns.get(column) ?? { values: new Map<string, ManualValue>(), version: 0 }
      of.version = this.#version
      this.#columns.set(column, of)
      if (value) of.values.set(customer, value)
      else of.values.delete(customer)
    }
  }

  /** By customer. */
  of(column: string): ReadonlyMap<string, ManualValue> {
    return this.#columns.get(column)?.values ?? NOBODY
  }

  /** Equal numbers mean that nothing in the column has changed. */
  versionOf(column: string): number {
    return this.#columns.get(column)?.version ?? 0
  }
}
