import type { ColumnType } from '../core/column/column'
import type { Dialect } from '../core/column/dialect'

/** What a person has said of how files are written, and of the types of their columns. */
export class ReadingChoices {
  readonly #dialects = new Map<string, Partial<Dialect>>()
  readonly #types = new Map<string, ReadonlyMap<string, ColumnType>>()

  of(file: string): { readonly dialect: Partial<Dialect>; readonly types: ReadonlyMap<string, ColumnType> } {
    return { dialect: this.#dialects.get(file) ?? {}, types: this.#types.get(file) ?? new Map() }
  }

  setDialect(file: string, change: Partial<Dialect>): void {
    const before = this.#dialects.get(file) ?? {}
    // The row of names of one sheet says nothing of another.
    const { nameRow: _, ...kept } = before
    this.#dialects.set(file, { ...(change.sheet === undefined ? before : kept), ...change })
  }

  setType(file: string, column: string, type: ColumnType): void {
    this.#types.set(file, new Map(this.#types.get(file)).set(column, type))
  }
}
