import type { ManualColumns } from './manual-columns.svelte'
import type { Workbook } from './workbook.svelte'

/** The way back and forth through edits of the model and of what was filled in by hand, in the order they were made. */
export class EditSteps {
  readonly #manual: ManualColumns
  readonly #workbook: () => Workbook | undefined

  constructor(manual: ManualColumns, workbook: () => Workbook | undefined) {
    this.#manual = manual
    this.#workbook = workbook
  }

  /** What undo would take back, in words; undefined when there is nothing. */
  get undoWords(): string | undefined {
    return this.#undoable?.words ?? this.#workbook()?.undoWords
  }

  get redoWords(): string | undefined {
    return this.#redoable?.words ?? this.#workbook()?.redoWords
  }

  undo(): void {
    const workbook = this.#workbook()
    if (workbook?.readOnly) return
    if (this.#undoable) void this.#manual.undo()
    else workbook?.undo()
  }

  redo(): void {
    const workbook = this.#workbook()
    if (workbook?.readOnly) return
    if (this.#redoable) void this.#manual.redo()
    else workbook?.redo()
  }

  /** What was filled in last, unless the model was edited since. */
  get #undoable() {
    const step = this.#manual.past.at(-1)
    return step?.after === this.#workbook()?.lastStep ? step : undefined
  }

  get #redoable() {
    const step = this.#manual.future[0]
    return step?.after === this.#workbook()?.lastStep ? step : undefined
  }
}
