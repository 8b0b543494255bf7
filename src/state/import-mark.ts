/** Where it is marked that an import is being worked on, so that the next start knows of a crash. */
export interface ImportMarks {
  readonly setReading: (file: string | undefined) => void
}

/** Says of a file for how long it is read, joined, cleaned or stored. */
export class ImportMark {
  readonly #name: string
  readonly #marks: ImportMarks | undefined
  /** How many pieces of work are under way. */
  #underWay = 0

  constructor(name: string, marks: ImportMarks | undefined) {
    this.#name = name
    this.#marks = marks
  }

  /** Marks the file until `work` is done; the mark stays where the engine died of it, for the page may follow. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay++ === 0) this.#marks?.setReading(this.#name)
    try {
      const done = await work()
      if (this.#underWay === 1) this.#marks?.setReading(undefined)
      return done
    } finally {
      this.#underWay--
    }
  }
}
