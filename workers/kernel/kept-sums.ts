/** Most that a weight becomes while sums are kept: what a signed number of 16 bits holds. */
export const MOST_WEIGHT = 32_767

/** Rows whose sums the kernel keeps side by side. */
export const ROWS_KEPT = 8

/** Bytes that the kernel keeps of so many rows; see weighted-mean.as.ts. */
const NARROW = 64
const WIDE = 96
const TIER_BOUNDS = 32

/** Most bytes that are kept of so many rows. */
export const MOST_KEPT = WIDE + TIER_BOUNDS

/** Bytes that the kernel keeps of so many rows. @param wide whether num needs more than 31 bits */
export function keptSize(wide: boolean, tierBounds: boolean): number {
  return (wide ? WIDE : NARROW) + (tierBounds ? TIER_BOUNDS : 0)
}
