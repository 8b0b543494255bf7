import { holds, type Override } from '../core/customers/override'
import type { ModelStore } from '../storage/model-store'
import { today } from './today'

/** What people wrote about single customers: kept apart from imported data, joined to whatever is loaded by ID. */
export class Annotations {
  #overrides: readonly Override[] = $state.raw([])
  #workbook: string | undefined
  readonly #models: ModelStore
  readonly #onchange: () => void
  readonly #onfailed: () => void

  /**
   * @param onchange called when one was put, changed or taken away
   * @param onfailed called when one could not be written
   */
  constructor(models: ModelStore, onchange: () => void, onfailed: () => void) {
    this.#models = models
    this.#onchange = onchange
    this.#onfailed = onfailed
  }

  get overrides(): readonly Override[] {
    return this.#overrides
  }

  /** Those that hold today. */
  get holding(): readonly Override[] {
    const now = today()
    return this.#overrides.filter((override) => holds(override, now))
  }

  async open(workbook: string): Promise<void> {
    this.#workbook = workbook
    this.#overrides = await this.#models.overrides(workbook)
  }

  of(customer: string): Override | undefined {
    return this.#overrides.find((override) => override.customer === customer)
  }

  /** Keeps an override in the place of the customer's last one, made today. */
  async put(given: Omit<Override, 'made'>): Promise<void> {
    if (this.#workbook === undefined) return
    const override: Override = { ...given, made: today() }
    if (await this.#models.putOverride(this.#workbook, override)) this.#onfailed()
    else this.#set([...this.#overrides.filter(({ customer }) => customer !== given.customer), override])
  }

  async remove(customer: string): Promise<void> {
    if (this.#workbook === undefined) return
    if (await this.#models.removeOverride(this.#workbook, customer)) this.#onfailed()
    else this.#set(this.#overrides.filter((override) => override.customer !== customer))
  }

  #set(overrides: readonly Override[]): void {
    this.#overrides = overrides
    this.#onchange()
  }
}
