import type { Dictionary } from './column'
import type { DistinctTexts, Reading } from './infer-type'
import { compareCodePoints } from './trim'

/** A dictionary in its order, and where each text of the order first seen has gone. */
export interface Ranked {
  readonly dictionary: Dictionary
  /** For each text as it was given, its place in the dictionary. */
  readonly ranks: Uint16Array
}

/**
 * Sorts texts by what they mean: numbers, dates and booleans by value, categories by code points; those without a
 * value come last. A category's value is its place.
 */
export function rankTexts(
  { texts, counts }: Pick<DistinctTexts, 'texts' | 'counts'>,
  { type, values }: Reading,
): Ranked {
  const order = Array.from(texts.keys()).sort(
    (a, b) => byValue(values[a]!, values[b]!) || compareCodePoints(texts[a]!, texts[b]!),
  )
  const ranks = new Uint16Array(texts.length)
  for (const [rank, i] of order.entries()) ranks[i] = rank
  return {
    dictionary: {
      texts: order.map((i) => texts[i]!),
      values: Float64Array.from(order, (i, rank) =>
        type === 'category' && !Number.isNaN(values[i]!) ? rank : values[i]!,
      ),
      counts: Uint32Array.from(order, (i) => counts[i]!),
    },
    ranks,
  }
}

/** Rising, NaN last. */
function byValue(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a - b
}
