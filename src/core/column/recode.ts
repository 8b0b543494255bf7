import { MAX_CODES, MISSING_CODE, type CodedColumn, type Column } from './column'
import { rankTexts } from './dictionary'

/** What a cell becomes: a text with its value as the column's type. */
export interface Recoded {
  readonly text: string
  readonly value: number
}

/**
 * A coded column with other cells behind some of its codes. What becomes the same text becomes one entry.
 * @param changes by code, blank cells by MISSING_CODE
 * @returns a float column where a number column would have more entries than a dictionary holds
 */
export function recode(column: CodedColumn, changes: ReadonlyMap<number, Recoded | 'missing'>): Column {
  const { name, type, codes, dictionary } = column
  const slots = new Map<string, number>()
  const entries: { readonly text: string; readonly value: number; count: number }[] = []
  const slotOf = ({ text, value }: Recoded, count: number): number => {
    const known = slots.get(text)
    if (known !== undefined) {
      entries[known]!.count += count
      return known
    }
    slots.set(text, entries.length)
    // A category's value is its place, which is not known before all are.
    return entries.push({ text, value: type === 'category' && !Number.isNaN(value) ? 0 : value, count }) - 1
  }
  const target = new Int32Array(MISSING_CODE + 1).fill(-1)
  for (const [code, text] of dictionary.texts.entries()) {
    const change = changes.get(code) ?? { text, value: dictionary.values[code]! }
    const count = dictionary.counts[code]!
    if (count > 0 && change !== 'missing') target[code] = slotOf(change, count)
  }
  const blank = changes.get(MISSING_CODE)
  const blanks = blank === undefined ? 0 : codes.reduce((sum, code) => sum + Number(code === MISSING_CODE), 0)
  if (blank !== undefined && blank !== 'missing' && blanks > 0) target[MISSING_CODE] = slotOf(blank, blanks)

  if (entries.length > MAX_CODES && type === 'number') {
    const valueOf = (code: number): number => (target[code]! < 0 ? NaN : entries[target[code]!]!.value)
    return { kind: 'float', name, type, values: Float64Array.from(codes, valueOf) }
  }
  const texts = entries.map(({ text }) => text)
  const counts = Uint32Array.from(entries, ({ count }) => count)
  const values = Float64Array.from(entries, ({ value }) => value)
  const ranked = rankTexts({ texts, counts }, { type, values, unreadable: [] })
  const place = Uint16Array.from(target, (slot) => (slot < 0 ? MISSING_CODE : ranked.ranks[slot]!))
  return { ...column, codes: codes.map((code) => place[code]!), dictionary: ranked.dictionary }
}
