import { MISSING_CODE, textAt, type Column } from '../column/column'
import type { Join } from './recipe'

type Comparing = Pick<Join, 'ignoreCase' | 'ignoreZeros'>

/** Which customer each row of a file belongs to. */
export interface Matches {
  /** Per row the group of the main key, or −1. */
  readonly group: Int32Array
  readonly matched: number
  /** Rows whose key is in the file but not in the main one; the first of their keys, each once. */
  readonly orphans: number
  readonly orphanKeys: readonly string[]
  /** Rows without a key. */
  readonly blank: number
}

/** Orphans that are named. */
const NAMED = 100

/** A key as it is compared: trimmed at import, and in lower case or without leading zeros where a person says so. */
function comparedKey(text: string, { ignoreCase, ignoreZeros }: Comparing): string {
  const cased = ignoreCase ? text.toLowerCase() : text
  return ignoreZeros ? cased.replace(/^0+(?=.)/, '') : cased
}

/** The distinct keys of a column, numbered in the order they first appear; blank cells have −1. */
export function keyGroups(
  column: Column,
  rows: number,
  comparing: Comparing,
): { readonly group: Int32Array; readonly numbers: ReadonlyMap<string, number> } {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    if (text === '') return -1
    const key = comparedKey(text, comparing)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  }
  return { group: perRow(column, rows, numberOf), numbers }
}

/** A number per row by the text of its cell; a coded column asks once per text. */
function perRow(column: Column, rows: number, numberOf: (text: string) => number): Int32Array {
  if (column.kind !== 'coded') return Int32Array.from({ length: rows }, (_, row) => numberOf(textAt(column, row)))
  const ofCode = new Int32Array(MISSING_CODE + 1).fill(-1)
  const asked = new Uint8Array(MISSING_CODE)
  const group = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const code = column.codes[row]!
    if (code !== MISSING_CODE && asked[code] === 0) {
      asked[code] = 1
      ofCode[code] = numberOf(column.dictionary.texts[code]!)
    }
    group[row] = ofCode[code]!
  }
  return group
}

/** Finds every row's key among those of another file. @param numbers its keys, numbered */
export function matchKeys(
  column: Column,
  rows: number,
  numbers: ReadonlyMap<string, number>,
  comparing: Comparing,
): Matches {
  const orphanKeys = new Set<string>()
  const ORPHAN = -2
  const group = perRow(column, rows, (text) => {
    if (text === '') return -1
    const found = numbers.get(comparedKey(text, comparing))
    if (found === undefined && orphanKeys.size < NAMED) orphanKeys.add(text)
    return found ?? ORPHAN
  })
  let [matched, orphans] = [0, 0]
  for (let row = 0; row < rows; row++) {
    if (group[row]! >= 0) matched++
    else if (group[row] === ORPHAN) {
      orphans++
      group[row] = -1
    }
  }
  return { group, matched, orphans, orphanKeys: [...orphanKeys], blank: rows - matched - orphans }
}
