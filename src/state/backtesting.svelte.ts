import { countLook, equalWeights, takeWeights } from '../core/model/edit-backtest'
import { fingerprint } from '../core/model/fingerprint'
import type { HealthModel } from '../core/model/health-model'
import type { Part } from '../core/backtest/score-histogram'
import { counted } from '../core/figure'
import type { BacktestAnswer, MoreAnswer, SuggestAnswer } from '../../workers/backtest/backtest-api'
import type { EngineApi } from '../../workers/engine-api'
import { latest } from '../../workers/latest'
import type { DataSets } from './data-sets.svelte'
import type { Edit, Workbook } from './workbook.svelte'

/** What a backtest follows of the page. */
interface Page {
  readonly workbook: Workbook | undefined
  readonly data: DataSets
  /** Asks for the panel's figures anew. */
  readonly askAgain: () => void
}

const FAILED = 'The backtest could not be computed. Your sheet is safe.'
const INTERRUPTED =
  'No weights came of it: scales, rules or customers changed while they were worked out, or the calculation was started again. Ask again.'

/** An answer with the model that it is of. */
interface Of<Answer> {
  readonly answer: Answer
  readonly model: HealthModel
}

/**
 * The backtest of the open workbook. Unseen customers are looked at when the sheet is opened or a person asks, never at an
 * edit: until then the last answers stay, and `stale` says that they are of another model.
 */
export class Backtesting {
  #part: Part = $state('holdout')
  #quick: Of<BacktestAnswer> | undefined = $state.raw()
  #more: Of<MoreAnswer> | undefined = $state.raw()
  #moreProgress: number | undefined = $state.raw()
  #busy = $state(false)
  #failed: string | undefined = $state.raw()
  #suggestion: Of<SuggestAnswer> | undefined = $state.raw()
  #suggestProgress: number | undefined = $state.raw()
  #suggestFailed: string | undefined = $state.raw()
  #shown = false
  /** Counts up when what is under way is of no use any more. */
  #run = 0
  #suggestRun = 0
  readonly #engine: EngineApi
  readonly #page: Page

  constructor(engine: EngineApi, page: Page) {
    this.#engine = engine
    this.#page = page
  }

  /** Which customers are judged. */
  get part(): Part {
    return this.#part
  }

  /** What was last found; it stays while another is worked out. */
  get quick(): BacktestAnswer | undefined {
    return this.#quick?.answer
  }

  /** The model that `quick` is of: its figures are drawn by its tiers. */
  get model(): HealthModel | undefined {
    return this.#quick?.model
  }

  /** Whether `quick` is of another model than the one on screen, or of other customers. */
  get stale(): boolean {
    return this.#quick !== undefined && !(this.#quick.model === this.#page.workbook?.model && this.#quick.answer.part === this.#part) // prettier-ignore
  }

  get more(): MoreAnswer | undefined {
    return this.#more?.answer
  }

  /** Whether `more` is of another model than the one on screen, or of other customers. */
  get moreStale(): boolean {
    return this.#more !== undefined && !(this.#more.model === this.#page.workbook?.model && this.#more.answer.part === this.#part) // prettier-ignore
  }

  /** Share of `more` that is done, 0…1; undefined when it is not being worked out. */
  get progress(): number | undefined {
    return this.#moreProgress
  }

  get busy(): boolean {
    return this.#busy
  }

  /** Why there is no answer; undefined when all is well. */
  get failed(): string | undefined {
    return this.#failed
  }

  /** Suggested weights; undefined until they are asked for. */
  get suggestion(): SuggestAnswer | undefined {
    return this.#suggestion?.answer
  }

  /** Whether the suggestion was made for another model than the one on screen. */
  get suggestionStale(): boolean {
    return this.#suggestion !== undefined && this.#suggestion.model !== this.#page.workbook?.model
  }

  /** Share of the suggestion that is done, 0…1; undefined when none is being made. */
  get suggesting(): number | undefined {
    return this.#suggestProgress
  }

  /** Why the last weights that were asked for did not come; undefined when they did, or none were asked for. */
  get suggestFailed(): string | undefined {
    return this.#suggestFailed
  }

  /** The sheet is opened: unseen customers are looked at. */
  show(): void {
    this.#shown = true
    this.check()
  }

  /** The sheet is left: nothing more is worked out for it. */
  hide(): void {
    this.#shown = false
    this.#stop()
  }

  /** Judges on other customers. */
  choose(part: Part): void {
    this.#part = part
    this.check()
  }

  /** Looks at the part that is chosen, and counts a look at unseen customers in the model; that is no step of undo. */
  check(): void {
    const { workbook } = this.#page
    if (!workbook || !this.#page.data.judging) return
    const looking = this.#part !== 'training' && workbook.model.roles.outcome !== undefined
    // Where the look was counted, the edit that it is asks by itself while the sheet is shown.
    const noted = looking && workbook.note(countLook)
    if (!noted || !this.#shown) this.#ask(workbook)
  }

  /** Follows an edit, where that needs no new look at unseen customers. */
  readonly follow = ({ model, settled }: Edit): void => {
    const { workbook } = this.#page
    if (!this.#shown || !workbook || !this.#page.data.judging) return
    this.#stop()
    const isFree = this.#part === 'training' || model.holdout.looked?.includes(fingerprint(model))
    if (settled && isFree) this.#ask(workbook)
  }

  /** Forgets everything: other customers are judged now. */
  forget(): void {
    this.#stop()
    this.cancelSuggestion()
    this.#quick = undefined
    this.#more = undefined
    this.#suggestion = undefined
    this.#suggestFailed = undefined
    this.#failed = undefined
  }

  /** The customers were opened anew, or there is a new engine: it is told what is pinned, and asked again. */
  async reopen(): Promise<void> {
    await this.#tell()
    if (this.#shown) this.check()
  }

  /** Pins the model on screen to compare with. @param name "v1, 14:05" unless it says another */
  pinPresent(name?: string): Promise<void> {
    const { workbook } = this.#page
    return this.pin(workbook?.model, name)
  }

  /** Pins equal weights of the metrics on screen. */
  pinEqual(): Promise<void> {
    const model = this.#page.workbook?.model
    return this.pin(model && equalWeights(model), 'equal weights')
  }

  /** Pins a model to compare with, or takes the pin out. It is kept with the workbook. */
  async pin(model: HealthModel | undefined, name?: string): Promise<void> {
    const { workbook } = this.#page
    if (!workbook) return
    workbook.pin(model && { name: name ?? nextName(workbook.pinned?.name), model })
    await this.#tell()
    this.#page.askAgain()
    if (this.#shown && this.#quick) this.#ask(workbook)
  }

  /** Has weights suggested. @param step what they are rounded to */
  async suggest(step = 1): Promise<void> {
    const model = this.#page.workbook?.model
    if (!model || !this.#page.data.judging) return
    const run = ++this.#suggestRun
    this.#suggestProgress = 0
    this.#suggestFailed = undefined
    let failed: string | undefined = 'The weights could not be computed. Your sheet is safe.'
    try {
      const answer = await answered(
        this.#engine.suggest({ model, step }, (share) => {
          if (run === this.#suggestRun) this.#suggestProgress = share
        }),
      )
      failed = answer ? undefined : INTERRUPTED
      if (run === this.#suggestRun && answer) this.#suggestion = { answer, model }
    } finally {
      if (run === this.#suggestRun) {
        this.#suggestProgress = undefined
        this.#suggestFailed = failed
      }
    }
  }

  /** Gives up the suggestion that is being made. */
  cancelSuggestion(): void {
    if (this.#suggestProgress === undefined) return
    this.#suggestRun++
    this.#suggestProgress = undefined
    void answered(this.#engine.cancelSuggest())
  }

  dropSuggestion(): void {
    this.#suggestion = undefined
  }

  /** Takes suggested weights, all or some, as one step of undo. */
  take(ids: 'all' | ReadonlySet<string>): void {
    const weights = this.#suggestion?.answer.suggestion?.weights
    if (!weights) return
    const taken = ids === 'all' ? new Set(weights.keys()) : ids
    const words = `take ${counted(taken.size, 'suggested weight')}`
    this.#page.workbook?.edit((model) => takeWeights(model, weights, taken), { words })
  }

  /** Tells the engine what is pinned. */
  async #tell(): Promise<void> {
    const pinned = this.#page.workbook?.pinned
    await answered(this.#engine.pin(pinned && { ...pinned.model, name: pinned.name }))
  }

  #stop(): void {
    this.#run++
    if (this.#moreProgress === undefined) return
    this.#moreProgress = undefined
    void answered(this.#engine.cancelBacktest())
  }

  #ask({ model, revision }: Workbook): void {
    this.#stop()
    this.#busy = true
    void this.#work(model, revision, this.#part)
  }

  readonly #work = latest(async (model: HealthModel, revision: number, part: Part) => {
    const run = this.#run
    try {
      const answer = await answered(this.#engine.backtest({ model, part, revision }))
      // What came too late is dropped; a dead engine is asked again by `reopen`.
      if (run !== this.#run || !answer) return
      this.#quick = { answer, model }
      this.#failed = undefined
      void this.#workMore(model, part)
    } catch (error) {
      this.#failed = FAILED
      throw error
    } finally {
      if (run === this.#run) this.#busy = false
    }
  })

  async #workMore(model: HealthModel, part: Part): Promise<void> {
    const run = this.#run
    this.#moreProgress = 0
    try {
      const answer = await answered(
        this.#engine.backtestMore({ model, part }, (share) => {
          if (run === this.#run) this.#moreProgress = share
        }),
      )
      if (run === this.#run && answer) this.#more = { answer, model }
    } catch (error) {
      if (run === this.#run) this.#failed = FAILED
      throw error
    } finally {
      if (run === this.#run) this.#moreProgress = undefined
    }
  }
}

/** An answer, or undefined where the engine's thread has ended meanwhile. */
async function answered<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof Error && error.name === 'EngineStopped') return undefined
    throw error
  }
}

/** "v2, 14:05" after "v1, 13:20", in the clock that the page says its times in. */
function nextName(before: string | undefined): string {
  const number = Number(/^v(\d+), /.exec(before ?? '')?.[1] ?? 0) + 1
  return `v${number}, ${new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`
}
