/** What makes a spreadsheet take a line for a formula, white space that it skips included; guards of our own before it. */
const FORMULA = String.raw`'*(?:[^\S\r\n]*[=+\-@]|\t)`
const FORMULA_START = new RegExp(String.raw`(^|[\r\n])(?=${FORMULA})`, 'g')
const GUARDED_START = new RegExp(String.raw`(^|[\r\n])'(?=${FORMULA})`, 'g')

/**
 * A text that no spreadsheet runs: one that starts as a formula does, on any of its lines, gets an apostrophe before
 * it (OWASP, CSV injection), as spreadsheets mark a text themselves. `unguarded` gives back the text exactly.
 */
function formulaSafe(text: string): string {
  return text.replace(FORMULA_START, "$1'")
}

/** The text of a cell of a CSV file without the apostrophe that kept it from being run, ours or another exporter's. */
export function unguarded(text: string): string {
  return text.replace(GUARDED_START, '$1')
}

/**
 * One row of a CSV file, ended by CRLF (RFC 4180). Numbers stay numbers, a negative one too; texts are made formula
 * safe and quoted where they have to be.
 */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const text = formulaSafe(cell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
