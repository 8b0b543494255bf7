import { EditLock } from '../storage/edit-lock'
import type { Notices } from './notices.svelte'
import * as notice from './session-notices'
import type { Workbook } from './workbook.svelte'

/** Whether this tab may edit the open workbook: of several that have it open only one may. */
export class EditRight {
  readonly #notices: Notices
  readonly #ontake: () => void
  #lock: EditLock | undefined
  #workbook: Workbook | undefined

  /** @param ontake called when a person wants to edit here */
  constructor(notices: Notices, ontake: () => void) {
    this.#notices = notices
    this.#ontake = ontake
  }

  /** Takes the right to edit a workbook; false where another tab has it. */
  async take(workbook: Workbook): Promise<boolean> {
    const lock = new EditLock(workbook.id, () => this.#lost(workbook))
    this.#lock = lock
    this.#workbook = workbook
    return lock.take()
  }

  /** Takes it from the tab that has it, after that one has saved; false where there is nothing to take. */
  async takeOver(): Promise<boolean> {
    if (!this.#lock) return false
    await this.#lock.takeOver()
    this.#notices.clear('second tab')
    return true
  }

  async release(): Promise<void> {
    this.#notices.clear('second tab')
    await this.#lock?.release()
    this.#lock = undefined
    this.#workbook = undefined
  }

  /** Another tab edits the workbook. */
  look(workbook: Workbook): void {
    workbook.setReadOnly(true)
    this.#notices.show('second tab', notice.secondTab(this.#ontake))
  }

  async #lost(workbook: Workbook): Promise<void> {
    workbook.settle()
    await workbook.flush()
    workbook.stop()
    if (this.#workbook === workbook) this.look(workbook)
  }
}
