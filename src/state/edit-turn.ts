import { EditLock } from '../storage/edit-lock'
import type { Notices } from './notices.svelte'
import * as notice from './session-notices'
import type { Workbook } from './workbook.svelte'

/** Which tab edits the open workbook: one does, the others look and can take over. */
export class EditTurn {
  #lock: EditLock | undefined
  #workbook: Workbook | undefined
  #alone = true
  readonly #notices: Notices
  readonly #reopen: (id: string) => Promise<void>

  /** @param reopen opens a workbook anew, as another tab has saved it */
  constructor(notices: Notices, reopen: (id: string) => Promise<void>) {
    this.#notices = notices
    this.#reopen = reopen
  }

  /** Asks for the turn to edit a workbook. */
  async take(workbook: Workbook): Promise<void> {
    this.#workbook = workbook
    this.#lock = new EditLock(workbook.id, () => this.#lost(workbook))
    this.#alone = await this.#lock.take()
  }

  /** Makes the workbook one to look at where another tab edits it, and says so. */
  say(): void {
    if (!this.#alone && this.#workbook) this.#look(this.#workbook)
  }

  async release(): Promise<void> {
    this.#notices.clear('second tab')
    await this.#lock?.release()
    this.#lock = undefined
    this.#workbook = undefined
  }

  /** Edits in this tab, after the other one has saved. */
  async #takeOver(): Promise<void> {
    const id = this.#workbook?.id
    if (id === undefined || !this.#lock) return
    await this.#lock.takeOver()
    this.#notices.clear('second tab')
    await this.#reopen(id)
  }

  #look(workbook: Workbook): void {
    workbook.setReadOnly(true)
    this.#notices.show(
      'second tab',
      notice.secondTab(() => void this.#takeOver()),
    )
  }

  async #lost(workbook: Workbook): Promise<void> {
    workbook.settle()
    await workbook.flush()
    workbook.stop()
    if (this.#workbook === workbook) this.#look(workbook)
  }
}
