/** The start of a line that spreadsheets take for a formula, white space that they skip included. */
const FORMULA_START = /(^|[\r\n])(?=[^\S\r\n]*[=+\-@]|\t)/g

/**
 * A text that no spreadsheet runs: one that starts as a formula does, on any of its lines, gets an apostrophe before
 * it (OWASP, CSV injection). It changes the text, so whoever reads the file by program has to know.
 */
function formulaSafe(text: string): string {
  return text.replace(FORMULA_START, "$1'")
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
