import type { ColumnType } from '../column/column'
import type { Direction } from '../scoring/fit'
import { hasWord, stems, wordsOf } from './words'

/** Headings that metrics are grouped under, in the order of the grid, each with the word stems that belong there. */
const CATEGORIES: readonly (readonly [string, readonly string[]])[] = [
  // Whatever is counted about use is use: seats in use are no matter of the account.
  ['Product usage & adoption', stems('use$ used$ usage login adopt')],
  [
    'Sentiment',
    stems(`
  nps$ csat ces$ satisf sentiment survey rating review promoter feedback pulse zufrieden
  satisfaccion soddisf tevreden note$
`),
  ],
  [
    'Support',
    stems(`
  ticket support case complain escalat incident bug error outage reply response resolution severe
  service$ calls$ techsupport helpdesk beschwerde plainte queja reclam
`),
  ],
  [
    'Engagement',
    stems(`
  email click open$ opens contact meeting qbr ebr review training webinar event sponsor champion
  onboard campaign visit community stakeholder engag
`),
  ],
  [
    'Account & financial',
    stems(`
  mrr arr revenue charge price spend amount payment paid billing invoice overdue due contract
  renew tenure since signup setup start plan discount credit balance debt seats$ licen value order
  refund month length auto subscription segment tier vertrag umsatz preis zahlung facture contrat
  pago contrato pagamento
`),
  ],
  [
    'Product usage & adoption',
    stems(`
  login log active usage use session feature adopt integration api$ minute hour day seat user
  export report dashboard download upload stream message data device backup security phone
  internet line protection module workflow nutzung anmeld connexion uso utilizo
`),
  ],
  [
    'Profile',
    stems(`
  gender sex age senior partner dependent country region state city area industry sector language
  size employee source channel type marital education job housing
`),
  ],
]
const OTHER = 'Other'

/** The order that categories appear in. */
export const CATEGORY_ORDER: readonly string[] = [
  'Product usage & adoption',
  'Engagement',
  'Support',
  'Sentiment',
  'Account & financial',
  'Profile',
  OTHER,
]

const WORSE_WHEN_MORE = stems(`
  ticket complain escalat incident bug error outage downtime reply response resolution wait severe
  overdue due late debt refund cancel bounce unsubscrib downgrade decline inactive dormant churn
  risk issue fail defect return recency beschwerde mahnung retard plainte queja reclam
`)
const SINCE = stems('since tenure age joined signup created start setup onboard first')

/** The heading that a column's name belongs under. */
export function guessCategory(column: string): string {
  const words = wordsOf(column)
  return CATEGORIES.find(([, stems]) => hasWord(words, stems))?.[0] ?? OTHER
}

/**
 * Whether more of it is better, by its name alone. A date counts the days that have passed: few are better for a last
 * contact, many for the day a customer joined.
 */
export function guessDirection(column: string, type: ColumnType): Direction {
  const words = wordsOf(column)
  if (type === 'date') return hasWord(words, SINCE) ? 'higher' : 'lower'
  if (hasWord(words, ['days', 'tage', 'jours', 'dias']) && hasWord(words, ['since', 'last', 'ago', 'seit']))
    return 'lower'
  return hasWord(words, WORSE_WHEN_MORE) ? 'lower' : 'higher'
}

const ACRONYMS = new Set(stems('mrr arr acv nps csat ces api qbr ebr sla ltv roi id tv'))

/** A metric's name: the column's, with its words apart and a capital in front. "logins_30d" → "Logins 30d". */
export function metricName(column: string): string {
  const apart = column
    .replace(/([\p{Ll}\d])(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[_\s]+/gu, ' ')
    .trim()
  if (apart === '') return column
  const spelled = apart.replace(/\p{L}+/gu, (word) => (ACRONYMS.has(word.toLowerCase()) ? word.toUpperCase() : word))
  return spelled.charAt(0).toUpperCase() + spelled.slice(1)
}
