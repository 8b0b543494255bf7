import type { StoredDataSet, DataStore } from '../../workers/store/data-store'
import { readTable } from '../../workers/read/read-table'

/** A table of every layout: codes, floats, texts, dates, more rows than one chunk. */
export function manyRows(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => `C${i},${i % 7},${(i * 0.37).toFixed(3)},2025-01-${String((i % 28) + 1).padStart(2, '0')},${i % 3 === 0 ? 'Yes' : 'No'},${i % 11 === 0 ? '' : `text ${i}`}`) // prettier-ignore
  return `id,small,large,day,flag,note\n${lines.join('\n')}\n`
}

/** Reads a text into a store as a workbook's data set; answers with its id. */
export async function importInto(store: DataStore, workbook: string, text: string, name = 'file.csv'): Promise<string> {
  const staging = await store.begin({ workbook, name })
  const options = {
    file: name,
    dialect: {},
    types: new Map(),
    signal: new AbortController().signal,
    onprogress: () => undefined,
  }
  try {
    const read = await readTable(new Blob([text]), options, staging)
    if (!read.ok) throw new Error('refused')
    const finished = await staging.finish('history', read.value.stored, read.value.report)
    if (!finished.ok) throw new Error(JSON.stringify(finished.failure))
    return finished.value
  } catch (error) {
    await staging.abandon()
    throw error
  }
}

export async function openedIn(store: DataStore, workbook: string): Promise<StoredDataSet | undefined> {
  const opened = await store.open(workbook, 'history')
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  return opened.value
}
