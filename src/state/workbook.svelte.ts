import { describeChange } from '../core/model/change'
import { readModelFile, writeModelFile } from '../core/model/file-format'
import type { HealthModel } from '../core/model/health-model'
import { amend, record, redo, settle, startHistory, undo, type History, type Step } from '../core/model/history'
export type { SaveState } from '../storage/autosaver'
import { Autosaver, type SaveState } from '../storage/autosaver'
import type { KeptWorkbook, ModelStore, Saved } from '../storage/model-store'

/** What changed, for whoever follows the model. */
export interface Edit {
  readonly model: HealthModel
  /** Counts up with every change. */
  readonly revision: number
  /** False while a drag or typing goes on. */
  readonly settled: boolean
}

/** The model that another is compared with. */
export interface PinnedModel {
  readonly name: string
  readonly model: HealthModel
}

/** A model with its undo steps, saved as it changes. */
export class Workbook {
  readonly id: string
  #history: History = $state.raw(startHistory({} as HealthModel))
  #saveState: SaveState = $state.raw({ kind: 'saving' })
  #pinned: PinnedModel | undefined = $state.raw()
  #readOnly = $state(false)
  #lastEdit: string | undefined = $state.raw()
  #rev: number
  #revision = 0
  readonly #store: ModelStore
  readonly #saver: Autosaver
  readonly #onedit: (edit: Edit) => void
  readonly #facts: () => string

  /** @param facts what the list of workbooks says of this one, asked at every save */
  constructor(
    kept: KeptWorkbook,
    model: HealthModel,
    store: ModelStore,
    onedit: (edit: Edit) => void,
    facts: () => string,
  ) {
    this.id = kept.id
    this.#rev = kept.rev
    this.#history = startHistory(model, kept.past, kept.future)
    this.#pinned = pinnedOf(kept)
    this.#store = store
    this.#onedit = onedit
    this.#facts = facts
    this.#saver = new Autosaver(
      () => this.#save(),
      (state) => (this.#saveState = state),
    )
    if (kept.rev > 0) this.#saveState = { kind: 'saved', savedAt: kept.savedAt }
  }

  get model(): HealthModel {
    return this.#history.present
  }

  /** The model without the drag or typing that goes on. */
  get settled(): HealthModel {
    return this.#history.running?.from ?? this.#history.present
  }

  /** The model that this one is compared with; undefined when none is pinned. */
  get pinned(): PinnedModel | undefined {
    return this.#pinned
  }

  get revision(): number {
    return this.#revision
  }

  get saveState(): SaveState {
    return this.#saveState
  }

  /** Another tab edits it; this one only looks. */
  get readOnly(): boolean {
    return this.#readOnly
  }

  /** The last step that undo would take back. */
  get lastStep(): Step | undefined {
    return this.#history.past.at(-1)
  }

  /** What undo would take back, in words; undefined when there is nothing. */
  get undoWords(): string | undefined {
    return this.#history.past.at(-1)?.words
  }

  get redoWords(): string | undefined {
    return this.#history.future[0]?.words
  }

  /** What the last edit of this session did. */
  get lastEdit(): string | undefined {
    return this.#lastEdit
  }

  /**
   * Changes the model. With a key, changes one after the other are one step of undo until `settle`, a drag or the
   * typing in one cell, and each is made on the model that the first was made on: "4", "47" typed as a subtotal shares
   * out 47, not 47 of what 4 has left. Answers false when nothing changed or another tab edits.
   */
  edit(change: (model: HealthModel) => HealthModel, options: { key?: string; words?: string } = {}): boolean {
    if (this.#readOnly) return false
    const { present, running } = this.#history
    const { key } = options
    const from = key !== undefined && running?.key === key ? running.from : present
    const next = change(from)
    const words = options.words ?? (next === from ? '' : describeChange(from, next))
    const history = record(this.#history, next, words, key)
    if (history === this.#history) return false
    this.#history = history
    this.#lastEdit = words
    this.#changed(key === undefined)
    return true
  }

  /** Ends a drag or typing: what comes next is a step of its own. */
  settle(): void {
    if (!this.#history.running) return
    this.#history = settle(this.#history)
    this.#changed(true)
    void this.#saver.flush()
  }

  /** Gives up a drag or typing: the model is as it was before. */
  giveUp(): void {
    const { running } = this.#history
    if (!running) return
    this.edit(() => running.from, { key: running.key })
    this.#history = settle(this.#history)
    this.#lastEdit = undefined
    this.#changed(true)
  }

  undo(): void {
    this.#turn(undo, 'undid')
  }

  redo(): void {
    this.#turn(redo, 'redid')
  }

  /** Pins a model to compare with, or takes the pin out. It is kept with the workbook and is no step of undo. */
  pin(pinned: PinnedModel | undefined): void {
    if (this.#readOnly) return
    this.#pinned = pinned
    this.#saver.changed()
  }

  /** Notes something in the model that is no edit and that nobody takes back. Answers false when nothing changed. */
  note(change: (model: HealthModel) => HealthModel): boolean {
    if (this.#readOnly || change(this.model) === this.model) return false
    this.#history = amend(this.#history, change)
    this.#changed(this.#history.running === undefined)
    return true
  }

  /** Saves at once what has changed. */
  flush(): Promise<void> {
    return this.#saver.flush()
  }

  /** Notes that something that the list of workbooks tells has changed. */
  touch(): void {
    if (!this.#readOnly) this.#saver.changed()
  }

  setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly
  }

  /** Saves nothing any more. */
  stop(): void {
    this.#saver.stop()
  }

  #turn(turn: (history: History) => History, verb: string): void {
    if (this.#readOnly) return
    const words = turn === undo ? this.undoWords : this.redoWords
    if (words === undefined) return
    this.#history = turn(this.#history)
    this.#lastEdit = `${verb}: ${words}`
    this.#changed(true)
  }

  #changed(settled: boolean): void {
    this.#revision += 1
    this.#saver.changed()
    this.#onedit({ model: this.model, revision: this.#revision, settled })
  }

  async #save(): Promise<Saved> {
    const { past, future, present } = this.#history
    const saved = await this.#store.save({
      id: this.id,
      rev: this.#rev,
      name: present.name,
      facts: this.#facts(),
      body: writeModelFile(present),
      past,
      future,
      ...(this.#pinned && { baseline: { name: this.#pinned.name, body: writeModelFile(this.#pinned.model) } }),
    })
    if (saved.kind === 'saved') this.#rev = saved.rev
    return saved
  }
}

/** The pinned model that was kept; one that cannot be read any more is pinned no more. */
function pinnedOf({ baseline }: KeptWorkbook): PinnedModel | undefined {
  const read = baseline && readModelFile(baseline.name, baseline.body)
  return read?.ok ? { name: baseline!.name, model: read.value } : undefined
}

/** What is kept of a workbook that has nothing yet. */
export function newWorkbook(): KeptWorkbook {
  return { id: crypto.randomUUID(), rev: 0, name: '', facts: '', savedAt: 0, body: '', past: [], future: [] }
}
