import { counted } from '../core/figure'
import { readModelFile } from '../core/model/file-format'
import type { HealthModel } from '../core/model/health-model'
import { EMPTY_MODEL } from '../core/model/new-model'
import { withOrigin } from '../core/model/edit'
import { manualIds, withManual, withManualMetrics } from '../core/model/keep-manual'
import type { Closed, KeptWorkbook, ModelStore, RecentWorkbook } from '../storage/model-store'
import type { EngineApi } from '../../workers/engine-api'
import { Backtesting } from './backtesting.svelte'
import { Busy } from './busy.svelte'
import { Customers } from './customers.svelte'
import { DataSets, type DataPart } from './data-sets.svelte'
import { drafted, type DraftFrom } from './drafting'
import { EditSteps } from './edit-steps'
import { EditTurn } from './edit-turn'
import { incoming, type Incoming } from './incoming'
import { ManualColumns } from './manual-columns.svelte'
import { partFiles, readModel, type OfferedModel } from './model-files'
import * as notice from './session-notices'
import { Notices } from './notices.svelte'
import { Quality } from './quality.svelte'
import { Results } from './results.svelte'
import { Toasts } from './toasts.svelte'
import type { View } from './view.svelte'
import { newWorkbook, Workbook, type Edit } from './workbook.svelte'

/** The page at work: the list of workbooks, the open one, its customers and its figures. */
export class Session {
  readonly notices = new Notices()
  readonly toasts = new Toasts()
  readonly view: View
  readonly data: DataSets
  readonly results: Results
  readonly customers: Customers
  readonly quality: Quality
  /** What people fill in by hand. */
  readonly manual: ManualColumns
  readonly steps: EditSteps
  readonly backtesting: Backtesting
  #workbook: Workbook | undefined = $state.raw()
  #recents: readonly RecentWorkbook[] = $state.raw([])
  #ready = $state(false)
  #starting = $state(true)
  readonly #busy = new Busy()
  /** Going back to the first page after a file was given up; one that comes meanwhile waits for it. */
  #leaving: Promise<void> | undefined
  #offered: OfferedModel | undefined = $state.raw()
  readonly #turn: EditTurn
  readonly #engine: EngineApi
  readonly #models: ModelStore
  readonly #onkept: () => void

  /** @param onkept called when there is something worth keeping, so that the browser can be asked to */
  constructor(engine: EngineApi, models: ModelStore, view: View, onkept: () => void = () => undefined) {
    this.#engine = engine
    this.#models = models
    this.view = view
    this.#onkept = onkept
    this.data = new DataSets(engine, view)
    this.manual = new ManualColumns(engine, models, this, () => {
      this.customers.filledIn()
      this.askAgain()
    })
    this.steps = new EditSteps(this.manual, () => this.#workbook)
    this.results = new Results(engine, this.data, this.manual, () => this.#workbook?.model)
    this.customers = new Customers(engine, models, this)
    this.quality = new Quality(engine)
    this.#turn = new EditTurn(this.notices, async (id) => {
      const { sheet } = view
      await this.openWorkbook(id)
      view.sheet = sheet
    })
    this.backtesting = new Backtesting(engine, this)
  }

  get workbook(): Workbook | undefined {
    return this.#workbook
  }

  get recents(): readonly RecentWorkbook[] {
    return this.#recents
  }

  /** Whether the engine can take a file. */
  get ready(): boolean {
    return this.#ready
  }

  /** Whether it is not known yet which workbook is shown. */
  get starting(): boolean {
    return this.#starting
  }

  /** What the page is busy with, in words, while nothing else can be done. */
  get working(): string | undefined {
    return this.#busy.words
  }

  get offered(): OfferedModel | undefined {
    return this.#offered
  }

  /** Lists the workbooks, opens the one that was open, and tells of an import that never finished. */
  async start(open: string | undefined): Promise<void> {
    await this.#start(open).finally(() => (this.#starting = false))
  }

  async #start(open: string | undefined): Promise<void> {
    this.#recents = await this.#models.list()
    const [first] = await this.#engine.collect()
    this.#ready = true
    if (first) {
      const crashed = this.view.importing !== undefined
      this.notices.show('import unfinished', crashed ? notice.outOfMemory(first) : notice.unfinished(first))
    }
    if (open !== undefined && this.#recents.some(({ id }) => id === open)) await this.openWorkbook(open)
  }

  async openWorkbook(id: string): Promise<void> {
    await this.#busy.with('Opening', async () => {
      await this.#leave()
      const kept = await this.#models.open(id)
      if (!kept) return
      const read = readModelFile(kept.name, kept.body)
      if (!read.ok) {
        this.notices.show('damaged data', notice.unreadable(kept.name, read.failure))
        return
      }
      await this.#enter(kept, read.value)
      this.view.sheet = this.data.judging && read.value.metrics.length > 0 ? 'model' : 'data'
    })
  }

  /** Goes back to the list of workbooks. What is open has been saved. */
  async home(): Promise<void> {
    await this.#leave()
    this.view.setOpened(undefined)
    this.#recents = await this.#models.list()
  }

  /**
   * Takes dropped, chosen or pasted files: a model file is opened; of several others those that have a key in common are
   * joined, and those that have not are read one after the other.
   */
  async addFiles(files: readonly File[], part?: DataPart): Promise<void> {
    const { models, tables } = await partFiles(files)
    if (models[0]) await this.openModelFile(models[0])
    const [first, ...others] = incoming(tables)
    if (!first) return
    this.data.forgetWaiting()
    await this.#readInto(part ?? (this.data.history ? 'current' : 'history'), first, others)
  }

  /** Reads files beside the one that is looked at, to be joined with it. */
  addBeside(files: readonly File[]): Promise<void> {
    return this.data.importing?.report ? this.data.readBeside(incoming(files)) : this.addFiles(files)
  }

  /** A made-up book of customers whose outcomes are known, and today's customers of the same firm. */
  async openSample(): Promise<void> {
    await this.#busy.with('Making 5,000 customers', async () => {
      await this.#leave()
      await this.#enter(newWorkbook(), EMPTY_MODEL)
      const history = await this.data.useSample(this.#workbook!.id)
      if (history) await this.#draft({ ...history, name: 'Sample: B2B SaaS health' })
    })
  }

  /** Uses the file that was read: with the model there is, or with a new draft made from it. */
  async useImport(model: 'keep' | 'draft'): Promise<void> {
    const { importing } = this.data
    if (!importing || !this.#workbook) return
    const { draftFrom, asOf, recipe } = importing
    await this.#busy.with('Storing', async () => {
      const { id, model: scoring } = this.#workbook!
      const set = await this.data.use(id, scoring.metrics.length > 0 ? scoring : undefined)
      if (!set) return
      this.#onkept()
      this.#forget()
      if (model === 'draft') await this.#draft(draftFrom)
      else this.#workbook?.edit((now) => withOrigin(now, recipe, set.part === 'history' ? asOf : now.asOf))
      if (this.#workbook) await this.manual.apply(this.#workbook.model)
      this.askAgain()
      if (set.part === 'history' || model === 'draft') this.view.sheet = 'model'
      this.#workbook?.touch()
    })
    await this.#readNext()
  }

  /** Stops reading, or gives up the file that was read. What is open stays. */
  async cancelImport(): Promise<void> {
    const { importing } = this.data
    if (importing?.stage.status === 'reading') {
      const { rows } = importing.stage.progress
      await importing.cancel()
      this.toasts.show(`Reading stopped after ${counted(rows, 'row')}. Your previous data is unchanged.`)
    }
    await this.dropImport()
  }

  /** The open customers mean something else now: a column was read as another type. */
  dataChanged(): void {
    this.#forget()
    if (this.#workbook) void this.manual.apply(this.#workbook.model)
    this.askAgain()
  }

  async dropImport(): Promise<void> {
    await this.data.drop()
    await this.#readNext()
    if (!this.data.importing && !this.data.judging && this.#workbook?.model.metrics.length === 0)
      await (this.#leaving = this.home().finally(() => (this.#leaving = undefined)))
  }

  /** Proposes a new model for the customers that are open; one step of undo gives the old one back. */
  async proposeModel(): Promise<void> {
    const workbook = this.#workbook
    if (!workbook) return
    const { model: kept } = workbook
    await this.#busy.with('Proposing a model', () => this.#draft({ ...kept, kept }))
  }

  async openModelFile(file: File): Promise<void> {
    const read = await readModel(file)
    if (!read.ok) {
      this.notices.show('file refused', { tone: 'error', title: 'Not opened.', text: read.failure, closable: true })
      return
    }
    this.#offered = { file: file.name, model: read.value }
    if (!this.data.judging) await this.openOffered('new')
  }

  /** Opens the offered model on the customers that are open, as one step of undo, as a workbook of its own, or
   * pins it to compare with. */
  async openOffered(where: 'here' | 'new' | 'baseline'): Promise<void> {
    const model = this.#offered?.model
    this.#offered = undefined
    if (!model) return
    if (where === 'baseline') return this.backtesting.pin(model, model.name)
    if (where === 'here' && this.#workbook) {
      this.#workbook.edit((before) => withManual(model, before), { words: `open ${model.name}` })
      this.view.sheet = 'model'
      return
    }
    await this.#leave()
    await this.#enter(newWorkbook(), model)
    this.#workbook?.touch()
    this.view.sheet = 'data'
  }

  dropOffered(): void {
    this.#offered = undefined
  }

  /** Removes a workbook and its customers from this browser. */
  async remove(id: string): Promise<void> {
    if (this.#workbook?.id === id) await this.#leave()
    await this.#models.remove(id)
    await this.#engine.remove(id)
    this.customers.forget(id)
    this.#recents = await this.#models.list()
  }

  /** Every customer's score as a CSV file. */
  async scores(part: DataPart): Promise<Blob> {
    await this.customers.applyOverrides(part)
    return this.#engine.scores(this.#workbook!.model, part)
  }

  /** The engine's thread has died and another has started: its customers are opened again. */
  async engineStopped(): Promise<void> {
    this.results.stopped()
    // Before anything is waited for: a file may meanwhile be read anew.
    this.data.stopped()
    this.notices.show('engine stopped', notice.ENGINE_STOPPED)
    await this.#engine.collect()
    if (!this.#workbook) return
    await this.data.reopen(this.#workbook.id)
    await this.manual.apply(this.#workbook.model)
    // It may have been listed without what people filled in.
    this.customers.askAgain()
    this.#forget()
    await this.backtesting.reopen()
    this.askAgain()
  }

  /** The database of workbooks can no longer be written to. */
  databaseClosed(why: Closed): void {
    this.#workbook?.stop()
    this.#workbook?.setReadOnly(why === 'newer version')
    notice.tellClosed(this.notices, why)
  }

  async #readInto(part: DataPart, first: Incoming, others: readonly Incoming[] = []): Promise<void> {
    if (this.#leaving) await this.#leaving
    if (!this.#workbook) await this.#enter(newWorkbook(), EMPTY_MODEL)
    this.view.sheet = 'data'
    const { id, model } = this.#workbook!
    const known = model.metrics.length > 0 ? model : undefined
    await this.data.read(id, part, first, { others, remembered: model.recipe, known })
  }

  async #readNext(): Promise<void> {
    const next = this.data.nextWaiting()
    if (next) await this.#readInto(this.data.history ? 'current' : 'history', next)
  }

  async #draft({ kept, ...from }: DraftFrom & { readonly kept?: HealthModel }): Promise<void> {
    const model = await drafted(this.#engine, from, this.#workbook!.model.holdout.seed, kept)
    const first = this.#workbook!.model.metrics.length === 0
    this.#workbook!.edit((before) => withManualMetrics(model, before), {
      words: first ? `draft of ${from.name}` : 'propose a new model',
    })
    this.view.sheet = 'model'
  }

  readonly #edited = (edit: Edit): void => {
    this.customers.follow(edit.model)
    this.manual.follow(edit.model)
    this.results.ask(edit)
    this.backtesting.follow(edit)
  }

  /** Asks for the figures of the model on screen. */
  askAgain(): void {
    const workbook = this.#workbook
    if (workbook) this.results.ask({ model: workbook.model, revision: workbook.revision, settled: true })
  }

  async #enter(kept: KeptWorkbook, model: HealthModel): Promise<void> {
    const workbook = new Workbook(kept, model, this.#models, this.#edited, () => this.results.inWords)
    await this.#turn.take(workbook)
    this.#forget()
    await this.data.open(kept.id)
    await this.customers.open(kept.id)
    await this.manual.open(kept.id, manualIds(model, [...kept.past, ...kept.future]))
    await this.manual.apply(model)
    this.#workbook = workbook
    // Said only now: before, there is nothing that could be taken over.
    this.#turn.say()
    this.view.setOpened(kept.id)
    notice.tellDamaged(this.notices, this.data.problems)
    await this.backtesting.reopen()
    this.askAgain()
  }

  async #leave(): Promise<void> {
    this.notices.clear('damaged data')
    await this.data.drop()
    const workbook = this.#workbook
    workbook?.settle()
    await workbook?.flush()
    workbook?.stop()
    await this.#turn.release()
    this.#workbook = undefined
    this.data.close()
    this.#forget()
  }

  #forget(): void {
    this.results.forget()
    this.backtesting.forget()
  }
}
