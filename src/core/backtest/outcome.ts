import { MISSING_CODE, textAt, valueAt, type Column } from '../column/column'
import { sameTruth } from '../column/boolean-text'
import type { OutcomeByDate, OutcomeByValue } from '../model/health-model'
import type { AsOf } from '../scoring/points'
import { dayOf } from '../column/date-text'
import { UNKNOWN } from './outcome-histogram'

/** Rows by what the outcome column tells of them. They add up to all rows. */
export interface OutcomeCounts {
  readonly events: number
  readonly nonEvents: number
  /** No outcome is written, or no as-of day to judge it from. */
  readonly blank: number
  /** A value that a person leaves out of the test. */
  readonly leftOut: number
  /** By date: gone on the as-of day already. */
  readonly alreadyGone: number
  /** By date: left between the as-of day and the start of the horizon. */
  readonly leftDuringGap: number
  /** By date: the horizon ends after the last day that outcomes were observed. */
  readonly tooEarly: number
}

export interface Outcomes {
  /** Per row: 1 event, 0 non-event, UNKNOWN for a row that is not judged. */
  readonly values: Uint8Array
  readonly counts: OutcomeCounts
}

type Reason = keyof OutcomeCounts

const VALUE_OF: Readonly<Record<Reason, number>> = {
  events: 1,
  nonEvents: 0,
  blank: UNKNOWN,
  leftOut: UNKNOWN,
  alreadyGone: UNKNOWN,
  leftDuringGap: UNKNOWN,
  tooEarly: UNKNOWN,
}

function judge(rows: number, reasonOf: (row: number) => Reason): Outcomes {
  const values = new Uint8Array(rows)
  const counts = { events: 0, nonEvents: 0, blank: 0, leftOut: 0, alreadyGone: 0, leftDuringGap: 0, tooEarly: 0 }
  for (let row = 0; row < rows; row++) {
    const reason = reasonOf(row)
    counts[reason]++
    values[row] = VALUE_OF[reason]
  }
  return { values, counts }
}

/**
 * Outcomes from a column of values (backtest.md, Guards): the named value is the event, each other value is a
 * non-event or is left out, blank is left out. Texts are compared as written; in a boolean column the other usual
 * spelling of the event is the event too.
 */
export function outcomesByValue(column: Column, rows: number, { event, leaveOut }: OutcomeByValue): Outcomes {
  const boolean = column.type === 'boolean'
  const reasonOfText = (text: string): Reason => {
    if (text === event || (boolean && sameTruth(text, event))) return 'events'
    return leaveOut.includes(text) ? 'leftOut' : 'nonEvents'
  }
  if (column.kind !== 'coded') {
    return judge(rows, (row) => {
      const text = textAt(column, row)
      return text === '' ? 'blank' : reasonOfText(text)
    })
  }
  const { texts, values } = column.dictionary
  const reasons = texts.map((text, code) => (Number.isNaN(values[code]!) ? 'blank' : reasonOfText(text)))
  return judge(rows, (row) => {
    const code = column.codes[row]!
    return code === MISSING_CODE ? 'blank' : reasons[code]!
  })
}

/**
 * Outcomes from a column of dates (backtest.md, Guards): an event lies within `horizon` days after `gap` days after
 * the as-of day; no date is a non-event. Whoever had left by then, left during the gap, or cannot be known yet because
 * observation ended before the horizon did, is not judged.
 */
export function outcomesByDate(column: Column, rows: number, by: OutcomeByDate, asOf: AsOf | undefined): Outcomes {
  const observedUntil = dayOf(by.observedUntil)
  return judge(rows, (row) => {
    const from = typeof asOf === 'object' ? asOf[row]! : (asOf ?? NaN)
    if (Number.isNaN(from)) return 'blank'
    const left = valueAt(column, row)
    if (left <= from) return 'alreadyGone'
    if (left <= from + by.gap) return 'leftDuringGap'
    const end = from + by.gap + by.horizon
    if (end > observedUntil) return 'tooEarly'
    return left <= end ? 'events' : 'nonEvents'
  })
}
