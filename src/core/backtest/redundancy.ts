import { lowestHashes } from './hash-order'
import { spearman, type RankCorrelation } from './spearman'

/** How alike two metrics rank the customers; a and b are their places in the list, a before b. */
interface MetricPair extends RankCorrelation {
  readonly a: number
  readonly b: number
}

export interface Redundancy {
  /** Every pair, in the order of the list. */
  readonly pairs: readonly MetricPair[]
  /** Those that say nearly the same: |ρ| of .80 and more, the closest first. */
  readonly alike: readonly MetricPair[]
  /** Customers that were compared. */
  readonly customers: number
}

const MOST_CUSTOMERS = 50_000
const ALIKE = 0.8

/**
 * The rank correlation of every two metrics' points, on at most 50,000 customers of the lowest hash. Yields the share done,
 * 0…1, after every metric.
 * @param points one column per metric, hundredths, 65535 missing; read before the first yield
 * @param hashes h(seed, id) per row, the same number of rows
 */
export function* redundancy(points: readonly Uint16Array[], hashes: Uint32Array): Generator<number, Redundancy> {
  const rows = lowestHashes(hashes, MOST_CUSTOMERS)
  const columns = points.map((column) => gathered(column, rows))
  const pairs: MetricPair[] = []
  for (const [a, first] of columns.entries()) {
    yield a / columns.length
    for (let b = a + 1; b < columns.length; b++) pairs.push({ a, b, ...spearman(first, columns[b]!) })
  }
  const strength = ({ rho }: MetricPair): number => Math.abs(rho ?? 0)
  const alike = pairs.filter((pair) => strength(pair) >= ALIKE).sort((x, y) => strength(y) - strength(x))
  return { pairs, alike, customers: rows.length }
}

function gathered(column: Uint16Array, rows: Uint32Array): Uint16Array {
  const found = new Uint16Array(rows.length)
  for (let i = 0; i < rows.length; i++) found[i] = column[rows[i]!]!
  return found
}
