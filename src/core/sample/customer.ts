import { dayOf } from '../column/date-text'
import { companyName } from './names'
import { exp, logistic, RandomStream } from '../random'

/** The day the history is true of; outcomes are those of the ninety days after it. */
export const HISTORY_DAY = dayOf('2026-06-30')
/** The day today's customers are true of. */
export const CURRENT_DAY = dayOf('2026-09-30')

/** What a customer is and does, in the sample's terms. Days since 1970-01-01; undefined where nobody knows. */
export interface SampleCustomer {
  readonly id: string
  readonly name: string
  readonly segment: string
  readonly plan: string
  readonly industry: string
  readonly country: string
  readonly since: number
  readonly contract: string
  readonly renewal: number
  readonly autoRenew: boolean
  readonly mrr: number
  readonly seats: number
  /** In percent. */
  readonly seatsInUse: number
  readonly loginsPerUser: number
  /** Logins of the last thirty days against the thirty before, in percent. */
  readonly loginTrend: number
  readonly activeDays: number
  readonly features: number
  readonly integrations: number
  readonly trainings: number
  readonly tickets: number
  readonly severe: number
  readonly firstReply: number | undefined
  readonly nps: number | undefined
  readonly csat: number | undefined
  readonly lastContact: number | undefined
  readonly daysPastDue: number
  readonly sponsor: boolean | undefined
  readonly cancelVisits: number
  readonly churned: boolean
}

const SEGMENTS = [['SMB', 58], ['Mid-market', 30], ['Enterprise', 12]] as const // prettier-ignore
const INDUSTRIES = [
  ['Software', 22], ['Retail', 16], ['Manufacturing', 14], ['Financial services', 12], ['Health care', 12],
  ['Logistics', 9], ['Media', 8], ['Education', 7],
] as const // prettier-ignore
const COUNTRIES = [
  ['United States', 44], ['United Kingdom', 14], ['Germany', 11], ['Canada', 9], ['France', 7], ['Netherlands', 6],
  ['Australia', 5], ['Sweden', 4],
] as const // prettier-ignore
const PLANS = {
  SMB: [['Starter', 62], ['Team', 33], ['Business', 5]],
  'Mid-market': [['Starter', 8], ['Team', 54], ['Business', 38]],
  Enterprise: [['Team', 12], ['Business', 88]],
} as const // prettier-ignore
const PRICES = { Starter: 19, Team: 34, Business: 52 } as const
const MEDIAN_SEATS = { SMB: 11, 'Mid-market': 62, Enterprise: 340 } as const

/** What stands behind the figures and in no column: how well the product fits, how much it is used, how things go. */
interface Mood {
  readonly fit: number
  readonly engagement: number
  readonly service: number
  readonly money: number
}

/**
 * A customer of the history, or, with `later`, the same customer three months on. Usage drifts, and some who were well
 * are not any more.
 */
export function sampleCustomer(customer: number, seed: number, later: boolean): SampleCustomer {
  const random = new RandomStream(seed, customer)
  const account = accountOf(random, customer, seed)
  const mood = moodOf(random)
  const churned = random.chance(churnChance(account, mood, random.normal()))
  const now = later ? drifted(mood, new RandomStream(seed + 7_919, customer)) : mood
  const day = later ? CURRENT_DAY : HISTORY_DAY
  const draws = new RandomStream(seed + (later ? 104_729 : 15_485), customer)
  return { ...account, ...useOf(account, now, draws), ...voiceOf(account, now, draws, day, churned && !later), churned }
}

/** A customer who joined after the day of the history. */
export function newCustomer(customer: number, seed: number): SampleCustomer {
  const grown = sampleCustomer(customer, seed, true)
  const random = new RandomStream(seed + 1_299_709, customer)
  const since = HISTORY_DAY + 1 + random.whole(CURRENT_DAY - HISTORY_DAY - 10)
  return { ...grown, since, renewal: since + 365, trainings: Math.min(2, grown.trainings), cancelVisits: 0 }
}

function accountOf(random: RandomStream, customer: number, seed: number) {
  const segment = random.pick(SEGMENTS)
  const plan = random.pick<keyof typeof PRICES>(PLANS[segment])
  const seats = Math.max(2, Math.round(MEDIAN_SEATS[segment] * exp(0.55 * random.normal())))
  const contract = random.pick(segment === 'SMB' ? ([['Monthly', 55], ['Annual', 42], ['Multi-year', 3]] as const) : ([['Monthly', 9], ['Annual', 66], ['Multi-year', 25]] as const)) // prettier-ignore
  const since = HISTORY_DAY - 20 - Math.floor(2200 * random.next() * random.next())
  const term = contract === 'Monthly' ? 30 : contract === 'Annual' ? 365 : 1095
  const discount = segment === 'Enterprise' ? 0.62 + 0.2 * random.next() : 0.85 + 0.15 * random.next()
  return {
    id: `HS-${String(customer + 1).padStart(6, '0')}`,
    name: companyName(customer, seed),
    segment,
    plan,
    industry: random.pick(INDUSTRIES),
    country: random.pick(COUNTRIES),
    since,
    contract,
    renewal: HISTORY_DAY + 1 + random.whole(term),
    autoRenew: random.chance(contract === 'Monthly' ? 0.9 : 0.55),
    mrr: Math.round(seats * PRICES[plan] * discount),
    seats,
    term,
  }
}

type Account = ReturnType<typeof accountOf>

function moodOf(random: RandomStream): Mood {
  const fit = random.normal()
  return {
    fit,
    engagement: 0.62 * fit + 0.78 * random.normal(),
    service: 0.35 * fit + 0.94 * random.normal(),
    money: 0.25 * fit + 0.97 * random.normal(),
  }
}

/** Three months: most stay about as they were, one in eight loses interest. */
function drifted(mood: Mood, random: RandomStream): Mood {
  const loss = random.chance(0.12) ? 1.4 : 0
  return {
    ...mood,
    engagement: mood.engagement + 0.35 * random.normal() - loss,
    service: mood.service + 0.5 * random.normal(),
    money: mood.money + 0.4 * random.normal(),
  }
}

function churnChance({ segment, contract, since, autoRenew }: Account, mood: Mood, luck: number): number {
  const tenure = (HISTORY_DAY - since) / 365
  const bySegment = { SMB: 0.45, 'Mid-market': -0.2, Enterprise: -0.9 }[segment]
  const byContract = { Monthly: 0.6, Annual: -0.15, 'Multi-year': -0.9 }[contract]
  const x =
    -2.35 + bySegment + byContract - 1.15 * mood.engagement - 0.3 * mood.fit - 0.55 * mood.service - 0.5 * mood.money
  return logistic(x - 0.22 * Math.min(4, tenure) - (autoRenew ? 0.2 : 0) + 0.55 * luck)
}

/** Logins, users, features: what the product itself records. */
function useOf({ seats }: Account, { engagement, fit }: Mood, random: RandomStream) {
  const share = logistic(0.85 + 0.8 * engagement + 0.45 * random.normal())
  const activeUsers = Math.min(seats, Math.max(0, Math.round(seats * share)))
  const perUser = 9 * exp(0.38 * engagement + 0.25 * random.normal())
  const trend = exp(0.1 * engagement + 0.16 * random.normal())
  return {
    seatsInUse: Math.round((100 * activeUsers) / seats),
    loginsPerUser: activeUsers === 0 ? 0 : Math.round(10 * perUser) / 10,
    loginTrend: activeUsers === 0 ? 0 : Math.round(100 * (trend - 1)),
    activeDays:
      activeUsers === 0
        ? 0
        : Math.min(30, 1 + Math.round(27 * logistic(0.4 + 0.9 * engagement + 0.6 * random.normal()))),
    features: Math.min(14, random.count(4.2 * exp(0.3 * fit + 0.18 * engagement))),
    integrations: Math.min(9, random.count(1.3 * exp(0.4 * fit))),
    trainings: Math.min(6, random.count(0.9 * exp(0.3 * engagement))),
  }
}

/** Tickets, surveys, invoices: what the people around the product record. Whoever is not engaged does not answer. */
function voiceOf(
  { seats, renewal, term, segment }: Account,
  mood: Mood,
  random: RandomStream,
  day: number,
  leaving: boolean,
) {
  const { engagement, service, money, fit } = mood
  const tickets = random.count(0.9 * exp(0.12 * Math.min(4, seats / 60) - 0.6 * service))
  const answersNps = random.chance(logistic(0.15 + 1.05 * engagement))
  const answersCsat = tickets > 0 && random.chance(0.72)
  const quiet = Math.round((segment === 'SMB' ? 46 : 24) * exp(-0.35 * engagement + 0.5 * random.normal()))
  const visits = leaving ? (random.chance(0.97) ? 1 + random.count(1.6) : 0) : random.chance(0.025) ? 1 : 0
  return {
    renewal: renewal > day ? renewal : renewal + term * Math.ceil((day + 1 - renewal) / term),
    tickets,
    severe: Math.min(tickets, random.count(0.16 * exp(-0.7 * service))),
    firstReply:
      tickets === 0 ? undefined : Math.round(10 * Math.min(96, 7 * exp(-0.35 * service + 0.6 * random.normal()))) / 10,
    nps: answersNps
      ? Math.min(10, Math.max(0, Math.round(7.1 + 1.1 * fit + 0.9 * service + 1.3 * random.normal())))
      : undefined,
    csat: answersCsat
      ? Math.min(5, Math.max(1, Math.round(10 * (3.9 + 0.6 * service + 0.5 * random.normal())) / 10))
      : undefined,
    lastContact: random.chance(0.04) ? undefined : day - Math.min(400, Math.max(0, quiet)),
    daysPastDue: random.chance(logistic(-1.7 - 0.8 * money)) ? 1 + random.count(11 * exp(-0.4 * money)) : 0,
    sponsor: random.chance(0.06) ? undefined : random.chance(logistic(1.5 + 0.6 * engagement + 0.4 * fit)),
    cancelVisits: visits,
  }
}
