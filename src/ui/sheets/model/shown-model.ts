import type { HealthModel } from '../../../core/model/health-model'

/** How long the newest model waits for its figures; milliseconds. */
const PATIENCE = 40

/** A model, and the count of edits that it came with. */
export interface Revised {
  readonly model: HealthModel
  readonly revision: number
}

/**
 * Decides which model is on screen. It waits a moment for the figures of an edit: painted once, both are there sooner than
 * painted one after the other. In a drag, where newer edits wait behind each answer, it is the model of the last answer. It
 * does not wait longer than that is worth, and what was on screen never gives way to something older.
 */
export class ShownModel {
  readonly #show: (model: HealthModel) => void
  #revision: number
  #newest: Revised
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param first what is on screen already */
  constructor(first: Revised, show: (model: HealthModel) => void) {
    this.#newest = first
    this.#revision = first.revision
    this.#show = show
  }

  /** @param answered what the engine has answered last; `newest` itself where nothing is awaited */
  follow(newest: Revised, answered: Revised | undefined): void {
    this.#newest = newest
    if (answered && answered.revision > this.#revision) this.#take(answered)
    if (newest.revision > this.#revision) this.#timer ??= setTimeout(() => this.#take(this.#newest), PATIENCE)
  }

  /** Shows nothing more. */
  stop(): void {
    clearTimeout(this.#timer)
  }

  #take({ model, revision }: Revised): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#revision = revision
    this.#show(model)
  }
}
