import type { EngineApi, DataPart } from '../../workers/engine-api'
import type { QualityReport, QualityRequest } from '../../workers/quality'

export type { QualityReport } from '../../workers/quality'

/** What may be wrong with the data that is looked at. */
export class Quality {
  readonly #engine: EngineApi
  #report: QualityReport | undefined = $state.raw()
  #asked = 0

  constructor(engine: EngineApi) {
    this.#engine = engine
  }

  /** Of the last question that was answered; undefined while the first is on its way. */
  get report(): QualityReport | undefined {
    return this.#report
  }

  /** Looks at other data, or at the same with other roles. What was said of data before is not kept. */
  async ask(where: 'read' | DataPart, request: QualityRequest, sameData: boolean): Promise<void> {
    const asked = ++this.#asked
    if (!sameData) this.#report = undefined
    try {
      const report = await this.#engine.quality(where, request)
      if (report && asked === this.#asked) this.#report = report
    } catch (error) {
      // The engine or the data went while it was looked at: whoever opens it again asks again.
      if (asked === this.#asked) this.#report = undefined
      if (!(error instanceof Error && error.name === 'EngineStopped')) throw error
    }
  }

  forget(): void {
    this.#asked++
    this.#report = undefined
  }

  /** Everything that is wrong, row by row, as a CSV file. */
  file(where: 'read' | DataPart, request: QualityRequest): Promise<Blob> {
    return this.#engine.problems(where, request)
  }

  /** Rows as they were read, to be looked at. */
  rows(where: 'read' | DataPart, rows: readonly number[]) {
    return this.#engine.preview(where, rows)
  }
}
