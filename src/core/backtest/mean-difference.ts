import { Z95 } from './auc'
import { varianceByCustomer, type CustomerCells, type Influence } from './customer-cells'
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

/** What a cell's customers add to the error of a difference; undefined where they have no part in it. */
type InfluenceOf = (cell: JointCell) => Influence | undefined

/**
 * How the share of events that are caught differs at fixed cuts: the mean per event of the difference of being
 * flagged, with the interval of a mean (paired, n − 1).
 * @param cutA, cutB riskiest bins that are flagged
 * @param repeated whose rows are in which of the cells, where customers repeat: the interval is clustered by customer
 */
export function recallDifference(cells: Cells, cutA: number, cutB: number, repeated?: CustomerCells): Difference {
  const [isA, isB] = [flaggedBy('a', cutA), flaggedBy('b', cutB)]
  const isEvent: Of = ({ event }) => event
  return ofMeans({ cells, repeated, isIn: isEvent }, isA, isB)
}

/** How the mean squared difference of chance and outcome differs; chances per bin of each model. */
export function brierDifference(cells: Cells, chanceA: ArrayLike<number>, chanceB: ArrayLike<number>): Difference {
  return ofMeans(
    { cells, isIn: () => 1 },
    ({ a, event }) => (chanceA[a]! - event) ** 2,
    ({ b, event }) => (chanceB[b]! - event) ** 2,
  )
}

/**
 * How precision differs at fixed cuts. A precision is a ratio of two means; its interval is by the delta method: each
 * customer's influence is flagged·(event − precision)/flagged customers, of A less of B, and the variance N/(N − 1)
 * times the sum of their squares.
 * @param repeated as in `recallDifference`
 */
export function precisionDifference(cells: Cells, cutA: number, cutB: number, repeated?: CustomerCells): Difference {
  const [isA, isB] = [flaggedBy('a', cutA), flaggedBy('b', cutB)]
  const precisionOf = (isFlagged: Of) => ({
    customers: sum(cells, isFlagged),
    share: mean(cells, isFlagged, ({ event }) => event),
  })
  const [ofA, ofB] = [precisionOf(isA), precisionOf(isB)]
  if (ofA.share === undefined || ofB.share === undefined) return { ...NONE, a: ofA.share, b: ofB.share }
  const [shareA, shareB] = [ofA.share, ofB.share]
  const influence: InfluenceOf = (cell) => ({
    each: (isA(cell) * (cell.event - shareA)) / ofA.customers - (isB(cell) * (cell.event - shareB)) / ofB.customers,
    perRevenue: 0,
  })
  return differenceOf(shareA, shareB, varianceOf(cells, repeated, influence))
}

/**
 * How the net value at fixed cuts differs, per 1,000 customers: a flagged customer costs, and one with the event
 * brings value × save rate. The interval is that of a mean per customer.
 * @param repeated as in `recallDifference`
 */
export function netValueDifference(
  cells: Cells,
  cutA: number,
  cutB: number,
  economics: Economics,
  repeated?: CustomerCells,
): Difference {
  const { cost, saveRate, value } = economics
  const customers = sum(cells, () => 1)
  if (customers === 0) return NONE
  const [isA, isB] = [flaggedBy('a', cutA), flaggedBy('b', cutB)]
  // A flagged customer brings so much, and so much for each hundredth of its revenue.
  const fixed: Of = ({ event }) => event * 1000 * saveRate * (value.kind === 'amount' ? value.amount : 0) - 1000 * cost
  const perRevenue: Of = ({ event }) => event * 1000 * saveRate * (value.kind === 'amount' ? 0 : value.months / 100)
  const total = (isFlagged: Of): number =>
    cells.reduce((all, cell) => {
      const net = fixed(cell) * cell.customers + perRevenue(cell) * cell.revenue
      return all + isFlagged(cell) * net
    }, 0) / customers
  const [ofA, ofB] = [total(isA), total(isB)]
  const influence: InfluenceOf = (cell) => {
    const side = isA(cell) - isB(cell)
    return { each: (side * fixed(cell) - (ofA - ofB)) / customers, perRevenue: (side * perRevenue(cell)) / customers }
  }
  return differenceOf(ofA, ofB, varianceOf(cells, repeated, influence))
}

export const NONE: Difference = {
  a: undefined,
  b: undefined,
  difference: undefined,
  low: undefined,
  high: undefined,
  p: undefined,
}

/** A number of each customer of a cell. */
type Of = (cell: JointCell) => number

/** 1 where a model flags a cell's customers, else 0. @param cut riskiest bins that are flagged */
function flaggedBy(model: 'a' | 'b', cut: number): Of {
  return (cell) => Number(cell[model] < cut)
}

function sum(cells: Cells, of: Of): number {
  return cells.reduce((all, cell) => all + cell.customers * of(cell), 0)
}

/** Of the customers that are in, each by 1; undefined for nobody. */
function mean(cells: Cells, isIn: Of, of: Of): number | undefined {
  const customers = sum(cells, isIn)
  return customers === 0 ? undefined : sum(cells, (cell) => isIn(cell) * of(cell)) / customers
}

interface Averaged {
  readonly cells: Cells
  readonly repeated?: CustomerCells | undefined
  /** 1 for cells whose customers the means are of. */
  readonly isIn: Of
}

function ofMeans({ cells, repeated, isIn }: Averaged, a: Of, b: Of): Difference {
  const customers = sum(cells, isIn)
  const [ofA, ofB] = [mean(cells, isIn, a), mean(cells, isIn, b)]
  if (ofA === undefined || ofB === undefined) return NONE
  const influence: InfluenceOf = (cell) =>
    isIn(cell) === 0 ? undefined : { each: (a(cell) - b(cell) - (ofA - ofB)) / customers, perRevenue: 0 }
  return differenceOf(ofA, ofB, varianceOf(cells, repeated, influence))
}

/** n/(n − 1) times the sum of the squared influences of the n customers that have one, or clustered by customer. */
function varianceOf(cells: Cells, repeated: CustomerCells | undefined, influenceOf: InfluenceOf): number | undefined {
  const influences = cells.map(influenceOf)
  if (repeated) return varianceByCustomer(repeated, influences)
  let [squares, customers] = [0, 0]
  for (const [i, { customers: own, revenue, revenueSquares }] of cells.entries()) {
    const influence = influences[i]
    if (!influence) continue
    const { each, perRevenue } = influence
    customers += own
    squares += each * each * own + 2 * each * perRevenue * revenue + perRevenue * perRevenue * revenueSquares
  }
  return customers < 2 ? undefined : (Math.max(0, squares) * customers) / (customers - 1)
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
