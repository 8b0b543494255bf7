/** Two models' scores of the same customers, one index per row. */
export interface JointRows {
  /** Bin by model A and by model B, 0 the riskiest; `bins` or more where it does not score. */
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
  /** 1 event, 0 non-event; other rows are passed over. */
  readonly outcome: ArrayLike<number>
  /** Revenue in hundredths; absent without a revenue column. */
  readonly revenue?: ArrayLike<number>
}

/** The customers of one bin by A, one bin by B and one outcome. */
export interface JointCell {
  readonly a: number
  readonly b: number
  readonly event: 0 | 1
  readonly customers: number
  /** Σ revenue and Σ revenue², in hundredths. */
  readonly revenue: number
  readonly revenueSquares: number
}

/**
 * The customers that both models score and whose outcome is known, counted by both scores: what every closed-form
 * comparison needs. Cells are in order of outcome, A and B, so nothing depends on the order of the rows (but the last
 * bits of squared revenues beyond 9·10¹⁵ in a cell).
 */
export function jointCells({ a, b, outcome, revenue }: JointRows, bins: number): readonly JointCell[] {
  const rows = a.length
  const keys = new Float64Array(rows)
  let judged = 0
  for (let row = 0; row < rows; row++) {
    if (outcome[row]! > 1 || a[row]! >= bins || b[row]! >= bins) continue
    keys[judged++] = ((outcome[row]! * bins + a[row]!) * bins + b[row]!) * rows + row
  }
  const cells: { -readonly [Field in keyof JointCell]: JointCell[Field] }[] = []
  for (const key of keys.subarray(0, judged).sort()) {
    const row = key % rows
    const event = outcome[row] as 0 | 1
    const amount = revenue?.[row] ?? 0
    const last = cells.at(-1)
    if (last?.a === a[row] && last?.b === b[row] && last?.event === event) {
      last.customers++
      last.revenue += amount
      last.revenueSquares += amount * amount
    } else {
      cells.push({ a: a[row]!, b: b[row]!, event, customers: 1, revenue: amount, revenueSquares: amount * amount })
    }
  }
  return cells
}
