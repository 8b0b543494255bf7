import { MISSING_CODE, type CodedColumn, type Column, type FloatColumn } from '../column/column'
import { countOutcomes } from './outcome-histogram'

/** Fewer customers tell nothing. */
export const LEAST_CUSTOMERS = 10
/** What happens by chance less often than this is no chance. */
export const CHANCE = 0.001
/** Customers on either side of a number who say what is usual there. */
const BESIDE = 50
/** As many customers of the usual kind count beside them, so that a handful says little. */
const PRIOR = 10
/** From here on what lies beside a number is as suspicious as the number itself. */
const NEARLY_ALL = 0.95

/** A value that tells, as written, '' where it is being blank, and how many customers have it. */
interface Told {
  readonly value: string
  readonly customers: number
}

/** Customers and how many of them had the event. */
interface Counted {
  readonly customers: number
  readonly events: number
}

const NOBODY: Counted = { customers: 0, events: 0 }

/**
 * A value, or being blank, that ten or more customers have, all of whom had the event, where chance does not explain it:
 * d·pᵏ < .001 with d different values, k customers and p the share of events. For numbers and dates p is at least the share
 * among those who lie next to the value: of the many values of a column that really predicts, some few customers have and
 * all left. Where nearly all of those beside it left as well, p is that of everybody: past such a step the column may know.
 * @param outcome per row 1 event, 0 non-event; other rows are passed over
 */
export function tellingValue(column: Column, outcome: Uint8Array): Told | undefined {
  if (column.kind === 'text') return undefined
  const all = countOutcomes(outcome)
  return column.kind === 'coded' ? tellingCode(column, outcome, all) : tellingNumber(column, outcome, all)
}

/** The first value of codes, or blank, that tells. */
function tellingCode(column: CodedColumn, outcome: Uint8Array, all: Counted): Told | undefined {
  const { events, customers } = countByCode(column, outcome)
  const distinct = customers.filter((count) => count > 0).length
  let rising: number[] | undefined
  const beside = (code: number): Counted => {
    rising ??= risingCodes(column, customers)
    const place = rising.indexOf(code)
    return place < 0 ? NOBODY : countBeside(rising, place, customers, events)
  }
  const code = customers.findIndex(
    (count, i) =>
      events[i] === count &&
      isTold(distinct, shareOf(all), count) &&
      isTold(distinct, usualShare(all, beside(i)), count),
  )
  return code < 0 ? undefined : { value: column.dictionary.texts[code] ?? '', customers: customers[code]! }
}

/** The codes that somebody has, by their numbers or dates; none where values have no order. */
function risingCodes({ type, dictionary: { values } }: CodedColumn, customers: Float64Array): number[] {
  if (type !== 'number' && type !== 'date') return []
  const codes = [...values.keys()].filter((code) => customers[code]! > 0 && !Number.isNaN(values[code]!))
  return codes.sort((a, b) => values[a]! - values[b]!)
}

/** The least number, or blank, that tells. Only numbers that ten events share are looked at further. */
function tellingNumber({ values }: FloatColumn, outcome: Uint8Array, all: Counted): Told | undefined {
  const events = values.filter((_, row) => outcome[row] === 1).sort()
  const shared = new Map<number, number>()
  for (let from = 0, end = 1; from < events.length; from = end++) {
    while (end < events.length && Object.is(events[end], events[from])) end++
    if (end - from >= LEAST_CUSTOMERS) shared.set(events[from]!, end - from)
  }
  if (shared.size === 0) return undefined
  for (let row = 0; row < outcome.length; row++) if (outcome[row] === 0) shared.delete(values[row]!)
  if (shared.size === 0) return undefined
  const judged = values.filter((_, row) => outcome[row]! <= 1).sort()
  const distinct = judged.reduce((count, value, i) => count + Number(i === 0 || !Object.is(value, judged[i - 1])), 0)
  const told = [...shared].find(
    ([value, customers]) =>
      isTold(distinct, shareOf(all), customers) &&
      isTold(distinct, usualShare(all, numbersBeside(value, judged, events)), customers),
  )
  return told && { value: Number.isNaN(told[0]) ? '' : String(told[0]), customers: told[1] }
}

/** @param judged of everybody, rising; @param events of those who had the event, rising; both with NaN at their end */
function numbersBeside(value: number, judged: Float64Array, events: Float64Array): Counted {
  if (Number.isNaN(value)) return NOBODY
  const known = lowerBound(judged, NaN)
  const [first, last] = [lowerBound(judged, value), lowerBound(judged, value, 'past')]
  const [from, to] = [judged[Math.max(0, first - BESIDE)]!, judged[Math.min(known, last + BESIDE) - 1]!]
  const within = (sorted: Float64Array): number => lowerBound(sorted, to, 'past') - lowerBound(sorted, from)
  // Whoever has the value itself had the event, and does not count.
  return { customers: within(judged) - (last - first), events: within(events) - (last - first) }
}

/** The first place whose number is not less, or is more where it is to be past it; NaN comes last. */
function lowerBound(sorted: Float64Array, value: number, past?: 'past'): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const at = sorted[middle]!
    const isBefore = past ? at <= value : at < value || (Number.isNaN(value) && !Number.isNaN(at))
    if (isBefore) from = middle + 1
    else to = middle
  }
  return from
}

/** Those with the codes on either side, whole codes until there are enough. */
function countBeside(codes: readonly number[], place: number, customers: Float64Array, events: Float64Array): Counted {
  const beside = { customers: 0, events: 0 }
  for (const step of [-1, 1]) {
    let own = 0
    for (let i = place + step; i >= 0 && i < codes.length && own < BESIDE; i += step) {
      own += customers[codes[i]!]!
      beside.events += events[codes[i]!]!
    }
    beside.customers += own
  }
  return beside
}

const shareOf = ({ customers, events }: Counted): number => events / customers

/** The share of events that is usual where a value lies. */
function usualShare(all: Counted, beside: Counted): number {
  const share = shareOf(all)
  if (beside.customers === 0 || shareOf(beside) >= NEARLY_ALL) return share
  return Math.max(share, (beside.events + PRIOR * share) / (beside.customers + PRIOR))
}

/** d·pᵏ < .001: whether chance does not explain that all of so many customers had the event. */
function isTold(distinct: number, share: number, customers: number): boolean {
  return customers >= LEAST_CUSTOMERS && distinct * share ** customers < CHANCE
}

/** Judged rows and events per code; the last place counts the blank ones. */
function countByCode({ codes, dictionary }: CodedColumn, outcome: Uint8Array) {
  const blank = dictionary.texts.length
  const events = new Float64Array(blank + 1)
  const customers = new Float64Array(blank + 1)
  for (let row = 0; row < codes.length; row++) {
    if (outcome[row]! > 1) continue
    const code = codes[row] === MISSING_CODE ? blank : codes[row]!
    customers[code]!++
    events[code]! += outcome[row]!
  }
  return { events, customers }
}
