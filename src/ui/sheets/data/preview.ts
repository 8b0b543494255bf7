import type { ColumnType } from '../../../core/column/column'
import type { ColumnProfile, PreviewRow } from '../../../core/column/import-report'
import { whole } from '../../../core/figure'
import type { IconName } from '../../parts/icon'

/** The types in the words and with the icons that badges and menus show. */
export const TYPES: Readonly<Record<ColumnType, { readonly word: string; readonly icon: IconName }>> = {
  number: { word: 'Number', icon: 'number' },
  boolean: { word: 'Yes/No', icon: 'boolean' },
  category: { word: 'Category', icon: 'template' },
  date: { word: 'Date', icon: 'date' },
  text: { word: 'Text', icon: 'text' },
}

const CHARACTER = 6.6
const LEAST = 92
const MOST = 220

/** A width in pixels that its name and most of its cells fit in. */
export function columnWidth({ name }: ColumnProfile, index: number, rows: readonly PreviewRow[]): number {
  const longest = rows
    .slice(0, 40)
    .reduce((most, { cells }) => Math.max(most, (cells[index] ?? '').length), name.length)
  return Math.round(Math.min(MOST, Math.max(LEAST, 14 + CHARACTER * longest)))
}

const VALUES: Readonly<Record<ColumnType, string>> = {
  number: 'numeric',
  boolean: 'yes or no',
  category: 'filled',
  date: 'dates',
  text: 'filled',
}
const UNREAD: Readonly<Record<ColumnType, string>> = {
  number: 'not a number',
  boolean: 'neither yes nor no',
  category: 'not read',
  date: 'not a date',
  text: 'not read',
}

/** "numeric 998,112 · empty 1,800 · not a number 88": what the cells of a column are. */
export function countWords({ type, missing, unreadable }: ColumnProfile, rows: number): string {
  return [
    `${VALUES[type]} ${whole(rows - missing)}`,
    ...(missing > unreadable ? [`empty ${whole(missing - unreadable)}`] : []),
    ...(unreadable > 0 ? [`${UNREAD[type]} ${whole(unreadable)}`] : []),
  ].join(' · ')
}
