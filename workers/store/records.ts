import type { ImportReport } from '../../src/core/column/import-report'
import { checksum } from './checksum'
import type { ChunkFile } from './chunk-files'
import {
  DESCRIPTION,
  DICTIONARY,
  MOST_BYTES,
  type DataRecord,
  type HeldRecord,
  type PlacedRecord,
} from './data-database'
import { packDictionary, unpackDictionary } from './dictionary-bytes'
import type { StoredColumn } from './stored-table'

/** A buffer as records of at most MOST_BYTES each. */
export function recordsOf(set: string, column: number, chunk: number, buffer: ArrayBuffer): HeldRecord[] {
  const parts = Math.max(1, Math.ceil(buffer.byteLength / MOST_BYTES))
  return Array.from({ length: parts }, (_, part) => {
    const piece = parts === 1 ? buffer : buffer.slice(part * MOST_BYTES, (part + 1) * MOST_BYTES)
    return { set, column, chunk, part, parts, checksum: checksum(piece), buffer: piece }
  })
}

/** A buffer as a record of where it was put in the set's file. */
export function placedRecord(
  set: string,
  column: number,
  chunk: number,
  buffer: ArrayBuffer,
  file: ChunkFile,
): PlacedRecord {
  const [at, bytes] = [file.append(buffer), buffer.byteLength]
  return { set, column, chunk, part: 0, parts: 1, checksum: checksum(buffer), at, bytes }
}

/** Records with what they stand for. @param file of their data set, where it has one; rejects where it cannot be read */
export async function held(records: readonly DataRecord[], file: Blob | undefined): Promise<HeldRecord[]> {
  const buffer = ({ at, bytes }: PlacedRecord): Promise<ArrayBuffer> =>
    (file ?? new Blob()).slice(at, at + bytes).arrayBuffer()
  return Promise.all(
    records.map(async (record) => ('buffer' in record ? record : { ...record, buffer: await buffer(record) })),
  )
}

/** The buffer that was cut into records; undefined when one is missing, out of place or changed. */
export function bufferOf(records: readonly HeldRecord[]): ArrayBuffer | undefined {
  const [first] = records
  if (!first || first.parts !== records.length) return undefined
  const sound = records.every(({ part, buffer, checksum: sum }, i) => part === i && checksum(buffer) === sum)
  if (!sound) return undefined
  if (records.length === 1) return first.buffer
  const whole = new Uint8Array(records.reduce((sum, { buffer }) => sum + buffer.byteLength, 0))
  let at = 0
  for (const { buffer } of records) {
    whole.set(new Uint8Array(buffer), at)
    at += buffer.byteLength
  }
  return whole.buffer
}

interface Described {
  readonly stored: readonly Omit<StoredColumn, 'dictionary'>[]
  readonly report: ImportReport
}

/** What describes a data set: its columns and its report as one JSON, and a dictionary per coded column. */
export function describingRecords(set: string, stored: readonly StoredColumn[], report: ImportReport): HeldRecord[] {
  const columns = stored.map(({ name, type, layout }) => ({ name, type, layout }))
  const text = JSON.stringify({ stored: columns, report } satisfies Described)
  return [
    ...recordsOf(set, DESCRIPTION, 0, new TextEncoder().encode(text).buffer),
    ...stored.flatMap(({ dictionary }, column) =>
      dictionary ? recordsOf(set, column, DICTIONARY, packDictionary(dictionary)) : [],
    ),
  ]
}

/** The description in the buffer that describingRecords made; its dictionaries come on their own. */
export function described(buffer: ArrayBuffer): Described {
  const { stored, report } = JSON.parse(new TextDecoder().decode(buffer)) as Described
  return { stored, report: { ...report, columns: report.columns.map(withUndefined) } }
}

/** JSON drops what is undefined, which a profile's fields may be. */
function withUndefined(profile: ImportReport['columns'][number]): ImportReport['columns'][number] {
  return { ...profile, distinct: profile.distinct, min: profile.min, max: profile.max, sum: profile.sum }
}

export function withDictionary(column: Omit<StoredColumn, 'dictionary'>, buffer: ArrayBuffer): StoredColumn {
  return { ...column, dictionary: unpackDictionary(buffer) }
}
