/** Rows to fit, feature beside feature, standardised as they are read so that no float copy of the table is needed. */
export interface StandardisedRows {
  /** row × features + feature: points in hundredths, 65535 missing, or any numbers, NaN missing. */
  readonly values: Uint16Array | Float64Array
  readonly features: number
  /** Means and 1/population SD of the values that are there; 0 for a feature that is the same for everybody. */
  readonly means: Float64Array
  readonly scales: Float64Array
  /** What is predicted, 1 or 0 per row. */
  readonly target: Uint8Array
}

/** The value that stands for missing. NaN is missing in any table. */
function missingIn(values: Uint16Array | Float64Array): number {
  return values instanceof Uint16Array ? 65535 : NaN
}

/**
 * Rows standardised by their own means and population SDs, over the values that are there. Missing values stand at the
 * mean, 0. Whole values give sums that are exact, and so the same in any order of rows.
 */
export function standardise(
  values: Uint16Array | Float64Array,
  features: number,
  target: Uint8Array,
): StandardisedRows {
  const counts = new Float64Array(features)
  const means = sums(values, new Float64Array(features), counts, false).map((sum, j) =>
    counts[j]! > 0 ? sum / counts[j]! : 0,
  )
  // Squares about a whole number, which keeps their sum exact, and then about the mean.
  const centres = means.map(Math.round)
  const squares = sums(values, centres, new Float64Array(features), true)
  const scales = means.map((mean, j) => {
    const variance = squares[j]! / counts[j]! - (mean - centres[j]!) ** 2
    return variance > 1e-12 * (1 + mean * mean) ? 1 / Math.sqrt(variance) : 0
  })
  return { values, features, means, scales, target }
}

/** Per feature the sum of (value − centre), or of its square, over the values that are there, which are counted. */
function sums(
  values: Uint16Array | Float64Array,
  centres: Float64Array,
  counts: Float64Array,
  squared: boolean,
): Float64Array {
  const missing = missingIn(values)
  const features = centres.length
  const found = new Float64Array(features)
  for (let at = 0, j = 0; at < values.length; at++, j = j === features - 1 ? 0 : j + 1) {
    const value = values[at]!
    if (value === missing || Number.isNaN(value)) continue
    const apart = value - centres[j]!
    found[j]! += squared ? apart * apart : apart
    counts[j]!++
  }
  return found
}

/** Mean logistic loss over some rows and its gradient, by the intercept and then each feature. */
export interface LossPass {
  readonly loss: number
  readonly gradient: Float64Array
}

/**
 * One pass over rows at given coefficients (intercept first), without any penalty. Sums are taken in the order of
 * `rows`.
 */
export function lossPass(
  { values, features, means, scales, target }: StandardisedRows,
  rows: Uint32Array,
  coefficients: Float64Array,
): LossPass {
  const missing = missingIn(values)
  const gradient = new Float64Array(features + 1)
  const x = new Float64Array(features)
  const w = coefficients.slice(1)
  const intercept = coefficients[0]!
  let loss = 0
  let ofIntercept = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const start = row * features
    let z = intercept
    for (let j = 0; j < features; j++) {
      const value = values[start + j]!
      // NaN alone differs from itself.
      const standard = value === missing || value !== value ? 0 : (value - means[j]!) * scales[j]!
      x[j] = standard
      z += w[j]! * standard
    }
    const y = target[row]!
    const tail = Math.exp(-Math.abs(z))
    loss += (z > 0 ? z : 0) - y * z + Math.log1p(tail)
    const rest = (z > 0 ? 1 : tail) / (1 + tail) - y
    ofIntercept += rest
    for (let j = 0; j < features; j++) gradient[j + 1]! += rest * x[j]!
  }
  gradient[0] = ofIntercept
  return { loss: loss / rows.length, gradient: gradient.map((sum) => sum / rows.length) }
}

/** The second derivatives of the mean loss at given coefficients: lower triangle, row by row, intercept first. */
export function curvaturePass(
  { values, features, means, scales }: StandardisedRows,
  rows: Uint32Array,
  coefficients: Float64Array,
): Float64Array[] {
  const missing = missingIn(values)
  const size = features + 1
  const sums = new Float64Array((size * (size + 1)) / 2)
  const x = new Float64Array(size).fill(1)
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * features
    let z = coefficients[0]!
    for (let j = 0; j < features; j++) {
      const value = values[start + j]!
      const standard = value === missing || value !== value ? 0 : (value - means[j]!) * scales[j]!
      x[j + 1] = standard
      z += coefficients[j + 1]! * standard
    }
    const tail = Math.exp(-Math.abs(z))
    const weight = tail / (1 + tail) / (1 + tail)
    for (let j = 0, at = 0; j < size; j++) {
      const weighted = weight * x[j]!
      for (let k = 0; k <= j; k++) sums[at++]! += weighted * x[k]!
    }
  }
  return Array.from({ length: size }, (_, j) => {
    const from = (j * (j + 1)) / 2
    return Float64Array.from({ length: size }, (_, k) => (k <= j ? sums[from + k]! / rows.length : 0))
  })
}
