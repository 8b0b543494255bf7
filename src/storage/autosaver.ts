import type { Saved } from './model-store'

/** Least time between two saves while a person edits, and before a full disk is tried again; milliseconds. */
const THROTTLE = 350
const RETRY = 10_000

export type SaveState =
  { readonly kind: 'saved'; readonly savedAt: number } | { readonly kind: 'saving' } | Exclude<Saved, { kind: 'saved' }>

/**
 * Saves what changes: at most one save is under way, a change during it is saved after it, and a full disk is tried
 * again. After a conflict or a closed database it stops, since writing on would overwrite somebody.
 */
export class Autosaver {
  readonly #save: () => Promise<Saved>
  readonly #onstate: (state: SaveState) => void
  #dirty = false
  #stopped = false
  #running: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(save: () => Promise<Saved>, onstate: (state: SaveState) => void) {
    this.#save = save
    this.#onstate = onstate
  }

  /** Notes a change; it is saved within THROTTLE. */
  changed(): void {
    if (this.#stopped) return
    if (!this.#dirty) this.#onstate({ kind: 'saving' })
    this.#dirty = true
    this.#timer ??= setTimeout(() => void this.flush(), THROTTLE)
  }

  /** Saves now what has changed; resolves when nothing is left or it could not be saved. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    // With nothing to do the work would end before it is noted as running, and stay noted for ever.
    if (!this.#dirty && !this.#running) return
    await (this.#running ??= this.#workOff())
  }

  /** Notes no more changes. What has changed before is not saved any more. */
  stop(): void {
    this.#stopped = true
    this.#dirty = false
    clearTimeout(this.#timer)
  }

  async #workOff(): Promise<void> {
    try {
      while (this.#dirty) {
        this.#dirty = false
        const saved = await this.#save()
        if (this.#stopped) return
        if (!this.#isDirty() || saved.kind !== 'saved') this.#onstate(saved)
        if (saved.kind === 'saved') continue
        this.#failed(saved.kind)
        return
      }
    } finally {
      this.#running = undefined
    }
  }

  // A call of its own, because the compiler cannot see that a change may come during the await.
  #isDirty(): boolean {
    return this.#dirty
  }

  #failed(kind: Saved['kind']): void {
    if (kind === 'conflict' || kind === 'closed') {
      this.stop()
      return
    }
    this.#dirty = true
    this.#timer = setTimeout(() => void this.flush(), RETRY)
  }
}
