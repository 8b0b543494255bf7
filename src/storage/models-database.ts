import Dexie, { type DexieOptions, type EntityTable, type Table } from 'dexie'
import type { Override } from '../core/customers/override'
import type { ManualValue } from '../core/manual/manual-value'
import type { Patch } from '../core/model/change'
import type { KeptBaseline } from './model-store'

export interface WorkbookRecord {
  readonly id: string
  readonly rev: number
  /** Of the record's shape, so that an older program can tell what it must leave alone. */
  readonly formatVersion: number
  /** Of the database that it was written to. */
  readonly databaseId: string
  /** Counts up with every save of any workbook: the clock of a computer may run backwards. */
  readonly order: number
  readonly name: string
  readonly facts: string
  readonly body: string
  readonly savedAt: number
  /** Steps from this one on are undone. */
  readonly undoAt: number
  /** The pinned model, as its file has it. */
  readonly baseline?: KeptBaseline
}

/** One step that can be taken back, small enough to be written at every edit. */
export interface StepRecord {
  readonly workbook: string
  readonly seq: number
  readonly patch: Patch
  readonly words: string
}

/** What a person wrote about one customer, the only data that exist nowhere else. */
export type AnnotationRecord = {
  readonly workbook: string
  /** The customer's ID as the data writes it. */
  readonly customer: string
} & (
  | { readonly kind: 'override'; readonly value: Override }
  /** With the id of the column that was filled in, so that a customer has one of each. */
  | { readonly kind: `manual ${string}`; readonly value: ManualValue }
)

interface Fact {
  readonly key: 'database'
  readonly id: string
}

export const FORMAT_VERSION = 1
/** 3 keeps what people fill in by hand beside overrides: a program of before would take it for those. */
const VERSION = 3

/** The small and precious database: models and the ways back. Every transaction is flushed to the disk. */
export class ModelsDatabase extends Dexie {
  declare workbooks: EntityTable<WorkbookRecord, 'id'>
  declare steps: Table<StepRecord, [workbook: string, seq: number]>
  declare annotations: Table<AnnotationRecord, [workbook: string, customer: string, kind: string]>
  declare facts: EntityTable<Fact, 'key'>

  constructor(name: string, options: DexieOptions = {}) {
    super(name, { ...options, autoOpen: false, chromeTransactionDurability: 'strict' })
    this.version(1).stores({ workbooks: 'id, order', steps: '[workbook+seq]', facts: 'key' })
    this.version(2).stores({ annotations: '[workbook+customer+kind], workbook' })
    this.version(VERSION).stores({})
  }

  /** Whether a newer program made this database. Dexie opens it all the same, and must then write nothing. */
  get isNewer(): boolean {
    return this.backendDB().version / 10 > VERSION
  }

  stepsOf(workbook: string) {
    return this.steps.where('[workbook+seq]').between([workbook, Dexie.minKey], [workbook, Dexie.maxKey])
  }
}

/** A database error as what became of the save. */
export function failureOf(error: unknown): { kind: 'full' } | { kind: 'closed' } | { kind: 'failed'; why: string } {
  const names = namesOf(error)
  if (names.includes('QuotaExceededError')) return { kind: 'full' }
  if (names.includes('DatabaseClosedError') || names.includes('InvalidStateError')) return { kind: 'closed' }
  return { kind: 'failed', why: error instanceof Error ? error.message : String(error) }
}

/** The names of an error and of those that it wraps. */
function namesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const { name, inner } = error as { name?: string; inner?: unknown }
  return [...(name === undefined ? [] : [name]), ...namesOf(inner)]
}
