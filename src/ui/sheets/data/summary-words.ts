import type { NewColumn, Summary } from '../../../core/recipe/recipe'

/** What people call a summary. */
export const SUMMARY_WORDS: Readonly<Record<Summary, string>> = {
  count: 'number of rows',
  sum: 'sum',
  mean: 'average',
  median: 'median',
  min: 'smallest',
  max: 'largest',
  first: 'first',
  last: 'last',
  distinct: 'number of different values',
  'days since last': 'days since the last row',
  'slope per month': 'trend per month',
  'last against before': 'last less the one before',
  'outcome date': 'day of the outcome, later ones too',
}

/** How a new column is summed up, in a few words: "sum of amount, last 30 days". */
export function summaryWords({ how, column, where, window }: NewColumn): string {
  const of = column === undefined ? '' : ` of ${column}`
  const what = `${SUMMARY_WORDS[how]}${of}${where === undefined ? '' : ` where ${where}`}`
  if (!window) return what
  return `${what}, ${window.from === 0 ? `last ${window.to} days` : `days ${window.from + 1}–${window.to}`}`
}
