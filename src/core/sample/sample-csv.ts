import { isoDay } from '../column/date-text'
import { CURRENT_DAY, HISTORY_DAY, newCustomer, sampleCustomer, type SampleCustomer } from './customer'

export interface SampleOptions {
  /** Customers of the history; today's are those who stayed and about 8% who joined since. */
  readonly customers: number
  readonly seed: number
}

/** The columns of a sample file, in their order, as a customer success team's export would have them. */
const COLUMNS: readonly (readonly [string, (customer: SampleCustomer) => string | number | undefined])[] = [
  ['Customer ID', (c) => c.id],
  ['Customer', (c) => c.name],
  ['Segment', (c) => c.segment],
  ['Plan', (c) => c.plan],
  ['Industry', (c) => c.industry],
  ['Country', (c) => c.country],
  ['Customer since', (c) => isoDay(c.since)],
  ['Contract', (c) => c.contract],
  ['Renewal date', (c) => isoDay(c.renewal)],
  ['Auto-renew', (c) => yesNo(c.autoRenew)],
  ['MRR', (c) => c.mrr],
  ['Seats', (c) => c.seats],
  ['Seats in use %', (c) => c.seatsInUse],
  ['Logins per user 30d', (c) => c.loginsPerUser],
  ['Login trend %', (c) => c.loginTrend],
  ['Active days 30d', (c) => c.activeDays],
  ['Features used', (c) => c.features],
  ['Integrations', (c) => c.integrations],
  ['Trainings attended', (c) => c.trainings],
  ['Tickets 90d', (c) => c.tickets],
  ['Severe tickets open', (c) => c.severe],
  ['First reply hours', (c) => c.firstReply],
  ['NPS', (c) => c.nps],
  ['CSAT 90d', (c) => c.csat],
  ['Last contact', (c) => (c.lastContact === undefined ? undefined : isoDay(c.lastContact))],
  ['Days past due', (c) => c.daysPastDue],
  ['Sponsor active', (c) => (c.sponsor === undefined ? undefined : yesNo(c.sponsor))],
  ['Cancel page visits', (c) => c.cancelVisits],
]

/** Customers per piece. */
const PIECE = 2000
/** Share of the customers who joined after the day of the history. */
const JOINED = 0.08

/**
 * One of the two sample sets as CSV text, in pieces: the history with its outcomes, or today's customers without. The
 * same options give the same bytes on every engine, and the first customers do not depend on how many there are.
 */
export function* sampleCsv(set: 'history' | 'current', options: SampleOptions): Generator<string> {
  const history = set === 'history'
  const day = isoDay(history ? HISTORY_DAY : CURRENT_DAY)
  const names = [...COLUMNS.map(([name]) => name), 'Snapshot date', ...(history ? ['Churned'] : [])]
  let piece = `${names.join(',')}\n`
  let rows = 0
  for (const customer of history ? historyCustomers(options) : currentCustomers(options)) {
    const cells = COLUMNS.map(([, cell]) => cell(customer) ?? '')
    piece += `${[...cells, day, ...(history ? [yesNo(customer.churned)] : [])].join(',')}\n`
    if (++rows % PIECE === 0) {
      yield piece
      piece = ''
    }
  }
  yield piece
}

function* historyCustomers({ customers, seed }: SampleOptions): Generator<SampleCustomer> {
  for (let i = 0; i < customers; i++) yield sampleCustomer(i, seed, false)
}

function* currentCustomers({ customers, seed }: SampleOptions): Generator<SampleCustomer> {
  for (let i = 0; i < customers; i++) {
    const customer = sampleCustomer(i, seed, true)
    if (!customer.churned) yield customer
  }
  const joined = Math.round(customers * JOINED)
  for (let i = 0; i < joined; i++) yield newCustomer(customers + i, seed)
}

function yesNo(yes: boolean): string {
  return yes ? 'Yes' : 'No'
}
