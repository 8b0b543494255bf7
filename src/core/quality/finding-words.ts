import { describeLeak } from '../backtest/leak'
import { counted, percent, upTo, whole } from '../figure'
import { cleaningOf, type Cleaning, type ColumnCleaning } from '../recipe/cleaning'
import type { Finding } from './finding'

/** A finding in words: what it is, and what that means. */
export interface FindingWords {
  readonly title: string
  readonly text: string
  /** What can be done about it; the first is what happens unless another is chosen. */
  readonly choices: readonly Choice[]
}

interface Choice {
  readonly value: string
  readonly label: string
}

const choice = (value: string, label: string): Choice => ({ value, label })

/** What a finding is and what can be done about it. @param objective what the outcome tells */
export function findingWords(finding: Finding, objective: 'churn' | 'expand' = 'churn'): FindingWords {
  const { column } = finding
  switch (finding.kind) {
    case 'repeated customers':
      return {
        title: counted(finding.count, 'customer appears several times', 'customers appear several times'),
        text: `The same “${column}” stands in several rows of one day. They stay together in every test, and intervals count them once.`,
        choices: [
          choice('', 'Keep all'),
          choice('last', 'Keep the last'),
          choice('first', 'Keep the first'),
          choice('merge', 'Merge'),
        ],
      }
    case 'blank':
      return {
        title: `${counted(finding.count, 'blank')} in “${column}”`,
        text: 'Blanks count as missing, never as zero.',
        choices: GAP_CHOICES,
      }
    case 'unreadable':
      return {
        title: `${counted(finding.count, 'cell')} of “${column}” could not be read`,
        text: 'They count as missing.',
        choices: GAP_CHOICES,
      }
    default:
      return columnWords(finding, objective)
  }
}

const GAP_CHOICES = [
  choice('', 'Treat as missing'),
  choice('zero', 'Use 0'),
  choice('leave out', 'Leave rows out'),
] as const

const METRIC_CHOICES = [choice('', 'Leave out of metrics'), choice('use', 'Use it anyway')] as const

type OfOneColumn = Exclude<Finding, { kind: 'repeated customers' | 'blank' | 'unreadable' }>

function columnWords(finding: OfOneColumn, objective: 'churn' | 'expand'): FindingWords {
  const { column } = finding
  switch (finding.kind) {
    case 'constant':
      return finding.share === 1
        ? {
            title: `“${column}” is the same for everybody`,
            text: `Every customer with a value has “${finding.value}”, so it tells nobody apart.`,
            choices: METRIC_CHOICES,
          }
        : {
            title: `“${column}” is nearly the same for everybody`,
            text: `${percent(finding.share, 1)} of the customers with a value have “${finding.value}”; ${whole(finding.count)} differ.`,
            choices: [choice('', 'Use it'), choice('no metric', 'Leave out of metrics')],
          }
    case 'one value per row':
      return {
        title: `“${column}” is different for every customer`,
        text: `Its ${whole(finding.count)} values name customers and measure nothing.`,
        choices: METRIC_CHOICES.slice(0, 1),
      }
    case 'outliers':
      return {
        title: counted(finding.count, `value of “${column}” lies far out`, `values of “${column}” lie far out`),
        text: `Beyond ${upTo(finding.low, 2)} to ${upTo(finding.high, 2)}, three interquartile ranges from the middle half.`,
        choices: [choice('', 'Keep'), choice('cap', 'Cap there'), choice('missing', 'Treat as missing')],
      }
    case 'near duplicates':
      return {
        title: `“${column}” may spell one value in two ways`,
        text: finding.pairs
          .map(({ from, to, rows }) => `“${from}” (${counted(rows, 'row')}) may be “${to}”`)
          .join('; ')
          .concat('.'),
        choices: [choice('', 'Keep apart'), choice('merge', 'Merge')],
      }
    case 'knows the answer':
      return {
        title: `“${column}” may know the answer`,
        text: describeLeak(finding.leak, column, objective),
        choices: METRIC_CHOICES,
      }
    case 'later dates':
      return {
        title: counted(finding.count, `date of “${column}” is later`, `dates of “${column}” are later`),
        text: 'They lie after the day that the row was true of, so they were not known then. The column is left out of the metrics.',
        choices: [
          choice('', 'Leave out of metrics'),
          choice('missing', 'Those as missing'),
          choice('use', 'Use it anyway'),
        ],
      }
  }
}

/** What was chosen about a finding: the value of one of its choices. */
export function chosenOf(cleaning: Cleaning, finding: Finding): string {
  const chosen = cleaningOf(cleaning, finding.column)
  switch (finding.kind) {
    case 'repeated customers':
      return cleaning.repeated ?? ''
    case 'blank':
    case 'unreadable':
      return chosen[finding.kind] ?? ''
    case 'outliers':
      return chosen.outliers ?? ''
    case 'near duplicates':
      return finding.pairs.every((pair) => chosen.same?.some((each) => each.from === pair.from)) ? 'merge' : ''
    case 'later dates':
      return chosen.later ?? metricChoice(chosen)
    default:
      return metricChoice(chosen)
  }
}

function metricChoice({ metric }: ColumnCleaning): string {
  if (metric === undefined) return ''
  return metric ? 'use' : 'no metric'
}
