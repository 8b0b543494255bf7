/** ln Γ(½) */
const HALF = Math.log(Math.PI) / 2

/**
 * The quantile of the χ² distribution: P(χ² ≤ x) = p, good to 1e-12 relative. Starts from Wilson and Hilferty's cube
 * for .95 and follows Newton's method on ln P, with the incomplete gamma function by its power series below the middle and by
 * its continued fraction above (Abramowitz & Stegun 6.5.29 and 6.5.31).
 * @param df degrees of freedom, a whole number of 1 or more
 * @example chiSquareQuantile(1, 0.95) // 3.841458820694124
 */
export function chiSquareQuantile(df: number, p: number): number {
  const shape = df / 2
  const lnGamma = lnGammaOfHalves(df)
  const spread = 2 / (9 * df)
  let x = df * (1 - spread + 1.6449 * Math.sqrt(spread)) ** 3
  for (let i = 0; i < 60; i++) {
    const upper = upperTail(shape, x / 2, lnGamma)
    const density = Math.exp((shape - 1) * Math.log(x / 2) - x / 2 - lnGamma) / 2
    const step = (upper - (1 - p)) / density
    // Never past 0 nor further than doubling: the density is tiny far out.
    const next = Math.min(2 * x, Math.max(x / 2, x + step))
    if (Math.abs(next - x) <= 1e-14 * x) return next
    x = next
  }
  return x
}

/** ln Γ(df/2), exact but for the rounding of its logarithms: from Γ(½) = √π or Γ(1) = 1 up by Γ(a + 1) = a·Γ(a). */
function lnGammaOfHalves(df: number): number {
  let sum = df % 2 === 1 ? HALF : 0
  for (let a = df % 2 === 1 ? 0.5 : 1; a < df / 2; a++) sum += Math.log(a)
  return sum
}

/** Q(a, x), the share of the gamma distribution above x. */
function upperTail(a: number, x: number, lnGamma: number): number {
  const front = Math.exp(a * Math.log(x) - x - lnGamma)
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x)
}

/** Σ xⁿ / (a(a + 1)…(a + n)); all terms are positive. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))), from the inside out. */
function upperFraction(a: number, x: number): number {
  let rest = 0
  for (let n = 400; n >= 1; n--) rest = (n * (n - a)) / (x + 2 * n + 1 - a - rest)
  return 1 / (x + 1 - a - rest)
}
