import type { Notice, NoticeKind } from './notices.svelte'
import { IndexedDbModels, NewerData } from '../storage/indexed-db-models'
import { MemoryModels } from '../storage/memory-models'
import type { Closed, ModelStore } from '../storage/model-store'
import type { Shelf } from '../storage/shelf'

export interface Models {
  readonly store: ModelStore
  readonly notice?: [NoticeKind, Notice]
}

/** The browser's database of workbooks, or memory where it cannot be used, with what the person must know of it. */
export async function openModels(shelf: Shelf, onclosed: (why: Closed) => void): Promise<Models> {
  try {
    const { store, removed } = await IndexedDbModels.open(shelf, onclosed)
    return removed ? { store, notice: ['data removed', REMOVED] } : { store }
  } catch (error) {
    const store = new MemoryModels()
    return error instanceof NewerData
      ? { store, notice: ['newer data', NEWER] }
      : { store, notice: ['not kept', NOT_KEPT] }
  }
}

const REMOVED: Notice = {
  tone: 'warning',
  title: 'Your browser removed what this site had kept.',
  text: 'Open a model file that you saved, or start anew.',
  closable: true,
}

const NEWER: Notice = {
  tone: 'warning',
  title: 'The workbooks here were made by a newer version.',
  text: 'They are left as they are. Nothing from this tab is kept until it is reloaded.',
  actions: [{ label: 'Reload', run: () => location.reload() }],
}

const NOT_KEPT: Notice = {
  tone: 'warning',
  title: 'This browser keeps nothing for this page.',
  text: 'Everything works until you close it. Save your model as a file to keep it.',
}
