import type { Override } from '../core/customers/override'
import type { ManualChange, ManualValue } from '../core/manual/manual-value'
import type { Step } from '../core/model/history'

/** A workbook kept in this browser, as the first page lists it. */
export interface RecentWorkbook {
  readonly id: string
  readonly name: string
  /** What it is made on and how well it separates, in a few words. */
  readonly facts: string
  /** Milliseconds since 1970; for display only, order is by what was saved last. */
  readonly savedAt: number
}

/** A workbook with everything that a person made in it. Its customers lie elsewhere. */
export interface KeptWorkbook extends RecentWorkbook {
  /** Counts up with every save; who saves says which one the edit was made on. */
  readonly rev: number
  /** The model file's text. */
  readonly body: string
  readonly past: readonly Step[]
  readonly future: readonly Step[]
  /** The model that it is compared with, where one is pinned. */
  readonly baseline?: KeptBaseline
}

/** A pinned model. */
export interface KeptBaseline {
  readonly name: string
  /** Its model file's text. */
  readonly body: string
}

export type Saving = Omit<KeptWorkbook, 'savedAt'>

/** What became of a save. Nothing is 'saved' before the browser has said that it is written. */
export type Saved =
  | { readonly kind: 'saved'; readonly rev: number; readonly savedAt: number }
  /** Another tab has saved since. Nothing was written. */
  | { readonly kind: 'conflict' }
  /** The browser has no room. Nothing was written. */
  | { readonly kind: 'full' }
  /** The database was closed for a newer version, or is gone. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly why: string }

/** Why nothing was written. */
export type NotSaved = Exclude<Saved, { readonly kind: 'saved' }>

/** Why a store can no longer be written to. */
export type Closed = 'newer version' | 'removed'

/** Where workbooks are kept. */
export interface ModelStore {
  /** Most recently saved first. */
  readonly list: () => Promise<RecentWorkbook[]>
  readonly open: (id: string) => Promise<KeptWorkbook | undefined>
  readonly save: (saving: Saving) => Promise<Saved>
  readonly remove: (id: string) => Promise<void>
  /** What people wrote about the customers of a workbook. */
  readonly overrides: (workbook: string) => Promise<Override[]>
  /** Keeps one in the place of the customer's last; resolves once it is on the disk, to why it is not. */
  readonly putOverride: (workbook: string, override: Override) => Promise<NotSaved | undefined>
  /** Resolves once it is gone, or to why it is not. */
  readonly removeOverride: (workbook: string, customer: string) => Promise<NotSaved | undefined>
  /** What people filled in by hand in a workbook. */
  readonly manualValues: (workbook: string) => Promise<ManualValue[]>
  /** Writes all of the changes or none; resolves once they are on the disk, or to why they are not. */
  readonly writeManual: (workbook: string, changes: readonly ManualChange[]) => Promise<NotSaved | undefined>
}
