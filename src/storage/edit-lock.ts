/** How long a tab that is asked to hand a workbook over may take before it is taken from it; milliseconds. */
const PATIENCE = 600

/**
 * One tab edits a workbook; others only look. Taking over asks the editing tab first, so that it saves what it has,
 * and takes the lock from one that does not answer. Where there are no web locks every tab edits, and saving by
 * compare-and-swap still keeps them from overwriting each other.
 */
export class EditLock {
  readonly #name: string
  readonly #onlost: () => Promise<void>
  readonly #channel: BroadcastChannel
  #release: (() => void) | undefined
  /** Settles when the browser has let go of the lock. */
  #held: Promise<unknown> = Promise.resolve()

  /** @param onlost called when another tab takes over; what it saves is kept */
  constructor(workbook: string, onlost: () => Promise<void>) {
    this.#name = `workbook:${workbook}`
    this.#onlost = onlost
    this.#channel = new BroadcastChannel(`healthsheet:${this.#name}`)
    this.#channel.addEventListener('message', ({ data }) => {
      if (data === 'hand over' && this.#release) void this.#handOver()
    })
  }

  /** Takes the lock where it is free; false where another tab edits. */
  take(): Promise<boolean> {
    return this.#request({ ifAvailable: true })
  }

  /** Becomes the editing tab. Resolves after the other one has saved, or has had its time. */
  async takeOver(): Promise<void> {
    if (!webLocks()) return
    this.#channel.postMessage('hand over')
    const given = await this.#request({ signal: AbortSignal.timeout(PATIENCE) })
    if (!given) await this.#request({ steal: true })
  }

  /** Resolves once the browser has let go of the lock, so that it can be taken again at once. */
  async release(): Promise<void> {
    this.#release?.()
    this.#release = undefined
    this.#channel.close()
    await this.#held
  }

  async #handOver(): Promise<void> {
    const release = this.#release
    this.#release = undefined
    await this.#onlost()
    release?.()
  }

  #request(options: LockOptions): Promise<boolean> {
    const locks = webLocks()
    if (!locks) return Promise.resolve(true)
    return new Promise((answer) => {
      const held = locks.request(this.#name, options, (lock) => {
        answer(lock !== null)
        if (lock) return new Promise<void>((release) => (this.#release = release))
        return undefined
      })
      this.#held = held.catch(() => {
        answer(false)
        if (!this.#release) return
        // Stolen: the promise of the holder is rejected.
        this.#release = undefined
        void this.#onlost()
      })
    })
  }
}

/** Only a secure page has them. */
function webLocks(): LockManager | undefined {
  return (navigator as { readonly locks?: LockManager | null }).locks ?? undefined
}
