/** What the page is busy with while nothing else can be done. */
export class Busy {
  #words: string | undefined = $state.raw()

  get words(): string | undefined {
    return this.#words
  }

  async with(words: string, work: () => Promise<void>): Promise<void> {
    this.#words = words
    try {
      await work()
    } finally {
      this.#words = undefined
    }
  }
}
