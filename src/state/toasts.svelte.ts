export interface Toast {
  readonly id: number
  readonly text: string
  /** Takes back what the toast tells of; absent when nothing changed. */
  readonly undo?: () => void
}

/** Short words about what just happened; the newest one is shown. */
export class Toasts {
  #current: Toast | undefined = $state.raw()
  #count = 0

  get current(): Toast | undefined {
    return this.#current
  }

  show(text: string, undo?: () => void): void {
    this.#count += 1
    this.#current = { id: this.#count, text, ...(undo && { undo }) }
  }

  /** Takes a toast away, unless a newer one has replaced it. */
  hide(id: number): void {
    if (this.#current?.id === id) this.#current = undefined
  }
}
