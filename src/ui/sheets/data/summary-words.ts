import type { NewColumn } from '../../../core/recipe/recipe'

/** How a new column is summed up, in a few words: "sum of amount, last 30 days". */
export function summaryWords({ how, column, where, window }: NewColumn): string {
  const of = column === undefined ? '' : ` of ${column}`
  const what = where === undefined ? `${how}${of}` : `${how}${of} where ${where}`
  if (!window) return what
  return `${what}, ${window.from === 0 ? `last ${window.to} days` : `days ${window.from + 1}–${window.to}`}`
}
