/** The situations that the strip under the top bar tells of, worst first; it shows one at a time. */
const RANK = [
  'not saved',
  'not kept',
  'newer data',
  'data removed',
  'damaged data',
  'slow',
  'second tab',
  'engine stopped',
  'import unfinished',
  'file refused',
  'update',
] as const
export type NoticeKind = (typeof RANK)[number]

interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

export interface Notice {
  /** 'warning' only where work can be lost. */
  readonly tone: 'warning' | 'error' | 'info'
  readonly title: string
  readonly text: string
  readonly actions?: readonly NoticeAction[]
  /** Whether a person may close it; what still holds cannot be closed. */
  readonly closable?: boolean
}

export type ShownNotice = Notice & { readonly kind: NoticeKind }

/** What the person must know about the page itself, as long as it holds. */
export class Notices {
  #byKind: ReadonlyMap<NoticeKind, Notice> = $state.raw(new Map())

  /** The worst notice that holds. */
  readonly top: ShownNotice | undefined = $derived.by(() => {
    const kind = RANK.find((each) => this.#byKind.has(each))
    const notice = kind && this.#byKind.get(kind)
    return notice && { ...notice, kind }
  })

  show(kind: NoticeKind, notice: Notice): void {
    this.#byKind = new Map(this.#byKind).set(kind, notice)
  }

  clear(kind: NoticeKind): void {
    if (!this.#byKind.has(kind)) return
    const rest = new Map(this.#byKind)
    rest.delete(kind)
    this.#byKind = rest
  }
}
