// @ts-check
/** The same in a spreadsheet's engine, at 10,000 rows: a formula a row over its metrics and the weights, one weight edited. */
import { HyperFormula } from 'hyperformula'

const METRICS = 12
const ROWS = 10_000

/** @param {number} column */
function letter(column) {
  return String.fromCharCode(65 + column)
}

/** @returns {{ name: string, rows: number, metrics: number, milliseconds: number }} */
export function hyperFormula() {
  const last = letter(METRICS - 1)
  const weights = Array.from({ length: METRICS }, (_, i) => 1 + (i % 9))
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const at = row + 2
    const formula = `=SUMPRODUCT(A${at}:${last}${at},A$1:${last}$1)/SUM(A$1:${last}$1)`
    return [...Array.from({ length: METRICS }, () => Math.floor(Math.random() * 10_001)), formula]
  })
  const sheet = HyperFormula.buildFromArray([weights, ...rows], { licenseKey: 'gpl-v3' })
  const taken = []
  for (let time = 0; time < 7; time++) {
    const start = performance.now()
    sheet.setCellContents({ sheet: 0, row: 0, col: 0 }, 1 + (time % 50))
    taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  return { name: 'HyperFormula', rows: ROWS, metrics: METRICS, milliseconds: /** @type {number} */ (taken[3]) }
}
