import { Z95 } from './auc'
import type { JointCell } from './joint-cells'
import type { Economics } from './net-value'
import { twoSidedP } from './normal'

/** A figure of two models on the same customers. Undefined where there is no such figure. */
export interface Difference {
  readonly a: number | undefined
  readonly b: number | undefined
  /** A − B, with the ends of its 95% interval. */
  readonly difference: number | undefined
  readonly low: number | undefined
  readonly high: number | undefined
  /** Two-sided; 1 where no customer is treated differently. */
  readonly p: number | undefined
}

type Cells = readonly JointCell[]

/**
 * How the share of events that are caught differs at fixed cuts: the mean per event of the difference of being
 * flagged, with the interval of a mean (paired, n − 1).
 * @param cutA, cutB riskiest bins that are flagged
 */
export function recallDifference(cells: Cells, cutA: number, cutB: number): Difference {
  const events = cells.filter(({ event }) => event === 1)
  return ofMeans(
    events,
    ({ a }) => Number(a < cutA),
    ({ b }) => Number(b < cutB),
  )
}

/** How the mean squared difference of chance and outcome differs; chances per bin of each model. */
export function brierDifference(cells: Cells, chanceA: ArrayLike<number>, chanceB: ArrayLike<number>): Difference {
  return ofMeans(
    cells,
    ({ a, event }) => (chanceA[a]! - event) ** 2,
    ({ b, event }) => (chanceB[b]! - event) ** 2,
  )
}

/**
 * How precision differs at fixed cuts. A precision is a ratio of two means; its interval is by the delta method: each
 * customer's influence is flagged·(event − precision)/flagged customers, of A less of B, and the variance N/(N − 1)
 * times the sum of their squares.
 */
export function precisionDifference(cells: Cells, cutA: number, cutB: number): Difference {
  const customers = count(cells)
  const [flaggedA, flaggedB] = [cells.filter(({ a }) => a < cutA), cells.filter(({ b }) => b < cutB)]
  const [ofA, ofB] = [share(flaggedA), share(flaggedB)]
  const [nA, nB] = [count(flaggedA), count(flaggedB)]
  if (ofA === undefined || ofB === undefined) return { ...NONE, a: ofA, b: ofB }
  const influence = ({ a, b, event }: JointCell): number =>
    (a < cutA ? (event - ofA) / nA : 0) - (b < cutB ? (event - ofB) / nB : 0)
  const squares = sum(cells, (cell) => influence(cell) ** 2)
  return differenceOf(ofA, ofB, customers < 2 ? undefined : (squares * customers) / (customers - 1))
}

/**
 * How the net value at fixed cuts differs, per 1,000 customers: a flagged customer costs, and one with the event
 * brings value × save rate. The interval is that of a mean per customer.
 */
export function netValueDifference(cells: Cells, cutA: number, cutB: number, economics: Economics): Difference {
  const { cost, saveRate, value } = economics
  // A flagged event brings rate·x − cost: x is 1 with one amount for all, else the customer's own revenue.
  const rate = 1000 * saveRate * (value.kind === 'amount' ? value.amount : value.months / 100)
  const sums = ({ customers, revenue, revenueSquares }: JointCell): [number, number, number] =>
    value.kind === 'amount' ? [customers, customers, customers] : [customers, revenue, revenueSquares]
  const customers = count(cells)
  if (customers === 0) return NONE
  const net = (cell: JointCell): number => cell.event * rate * sums(cell)[1] - 1000 * cost * cell.customers
  const total = (flagged: (cell: JointCell) => boolean): number =>
    cells.reduce((all, cell) => all + (flagged(cell) ? net(cell) : 0), 0) / customers
  const [ofA, ofB] = [total(({ a }) => a < cutA), total(({ b }) => b < cutB)]
  const mean = ofA - ofB
  const squares = cells.reduce((all, cell) => {
    const side = Number(cell.a < cutA) - Number(cell.b < cutB)
    // Σ (side·(event·rate·x − cost) − mean)² over the cell's customers.
    const [n, x, xx] = sums(cell)
    const slope = side * cell.event * rate
    const fixed = -side * 1000 * cost - mean
    return all + slope * slope * xx + 2 * slope * fixed * x + fixed * fixed * n
  }, 0)
  return differenceOf(ofA, ofB, customers < 2 ? undefined : Math.max(0, squares) / (customers - 1) / customers)
}

const NONE: Difference = {
  a: undefined,
  b: undefined,
  difference: undefined,
  low: undefined,
  high: undefined,
  p: undefined,
}

function count(cells: Cells): number {
  return cells.reduce((all, { customers }) => all + customers, 0)
}

function sum(cells: Cells, of: (cell: JointCell) => number): number {
  return cells.reduce((all, cell) => all + cell.customers * of(cell), 0)
}

/** Share of the customers with the event; undefined for nobody. */
function share(cells: Cells): number | undefined {
  const customers = count(cells)
  return customers === 0 ? undefined : sum(cells, ({ event }) => event) / customers
}

function ofMeans(cells: Cells, a: (cell: JointCell) => number, b: (cell: JointCell) => number): Difference {
  const customers = count(cells)
  if (customers === 0) return NONE
  const [ofA, ofB] = [sum(cells, a) / customers, sum(cells, b) / customers]
  const squares = sum(cells, (cell) => (a(cell) - b(cell) - (ofA - ofB)) ** 2)
  return differenceOf(ofA, ofB, customers < 2 ? undefined : squares / (customers - 1) / customers)
}

/** The difference of two figures with the interval that its variance gives; none where the variance is not known. */
export function differenceOf(a: number, b: number, variance: number | undefined): Difference {
  const difference = a - b
  const scale = Math.max(Math.abs(a), Math.abs(b))
  if (variance === undefined) return { ...NONE, a, b, difference }
  if (variance <= 1e-28 * scale * scale) {
    // Without variance nothing is honest but that equal is equal.
    const equal = Math.abs(difference) <= 1e-12 * scale
    return equal ? { a, b, difference: 0, low: 0, high: 0, p: 1 } : { ...NONE, a, b, difference }
  }
  const se = Math.sqrt(variance)
  return { a, b, difference, low: difference - Z95 * se, high: difference + Z95 * se, p: twoSidedP(difference / se) }
}
