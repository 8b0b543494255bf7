/** Where it is marked that an import is being worked on, so that the next start knows of a crash. */
export interface ImportMarks {
  readonly setImporting: (file: string | undefined) => void
}

/** Says of a file for how long it is read, joined, cleaned or stored. */
export class ImportMark {
  readonly #name: string
  readonly #marks: ImportMarks | undefined
  /** How many pieces of work are under way, some of them within others. */
  #underWay = 0
  /** Whether the engine died of one of them. */
  #died = false

  constructor(name: string, marks: ImportMarks | undefined) {
    this.#name = name
    this.#marks = marks
  }

  /** Marks the file until `work` is done; the mark stays where the engine died of it, for the page may follow. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay++ === 0) this.#start()
    try {
      return await work()
    } catch (stop) {
      this.#died = true
      throw stop
    } finally {
      if (--this.#underWay === 0 && !this.#died) this.#marks?.setImporting(undefined)
    }
  }

  #start(): void {
    this.#died = false
    this.#marks?.setImporting(this.#name)
  }
}
