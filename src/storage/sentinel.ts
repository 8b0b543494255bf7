import type { Shelf } from './shelf'

/** What the database should hold. It may vanish together with the database; then nobody can tell. */
export interface Sentinel {
  readonly databaseId: string
  readonly workbooks: number
}

const KEY = 'healthsheet:models'

export function readSentinel(shelf: Shelf): Sentinel | undefined {
  try {
    const found = JSON.parse(shelf.get(KEY) ?? 'null') as Partial<Sentinel> | null
    if (typeof found?.databaseId !== 'string' || typeof found.workbooks !== 'number') return undefined
    return { databaseId: found.databaseId, workbooks: found.workbooks }
  } catch {
    return undefined
  }
}

export function writeSentinel(shelf: Shelf, sentinel: Sentinel): void {
  shelf.set(KEY, JSON.stringify(sentinel))
}
