import { counted, percent, upTo, whole } from '../figure'
import type { ColumnType } from '../column/column'
import { describeFormula, type FormulaProblem } from '../formula/formula-problem'

/** The cell of the model grid, or the part of the page, that a problem is shown at. */
export type ModelField = 'metric' | 'column' | 'scale' | 'weight' | 'missing' | 'power' | 'cover' | 'spread' | 'tiers'

/** What one click does about a problem. */
export type ModelFix =
  | { readonly kind: 'use column'; readonly metric: string; readonly column: string }
  | { readonly kind: 'switch off'; readonly metric: string }
  | { readonly kind: 'check leak'; readonly metric: string }
  | { readonly kind: 'swap cuts'; readonly tier: number }

interface Base {
  readonly about: 'model'
  readonly severity: 'error' | 'warning'
  readonly field?: ModelField
  readonly fix?: ModelFix
}
interface OfMetric extends Base {
  readonly metric: string
  readonly name: string
  readonly field: ModelField
}

interface OfRule extends Base {
  readonly rule: string
  /** Its place among the rules, from 1. */
  readonly number: number
}

/** Something in a model, or in a model file, that a user may want to fix. */
export type ModelProblem =
  | (OfMetric & { readonly kind: 'no such column'; readonly column: string })
  | (OfMetric & {
      readonly kind: 'scale does not fit' | 'text column'
      readonly column: string
      readonly type: ColumnType
    })
  | (OfMetric & {
      readonly kind:
        'marks not rising' | 'too few marks' | 'points out of range' | 'weight out of range' | 'no day to count from'
    })
  | (OfMetric & { readonly kind: 'same for everyone' | 'no values' | 'repeated name' | 'repeated id' })
  | (OfMetric & { readonly kind: 'low coverage'; readonly share: number })
  | (OfMetric & { readonly kind: 'suspect'; readonly reason: string })
  /** Metrics that there is room for, and the bytes that all would need. */
  | (OfMetric & { readonly kind: 'too many points'; readonly metrics: number; readonly needed: number })
  | (OfRule & { readonly kind: 'rule formula'; readonly formula: FormulaProblem })
  | (OfRule & { readonly kind: 'rule points' })
  /** The condition reads the outcome, or a column that may know it. */
  | (OfRule & { readonly kind: 'rule knows outcome' | 'rule may know outcome'; readonly column: string })
  /** Customers whose value in a column filled in by hand became known too late to judge by. */
  | (OfMetric & { readonly kind: 'known too late'; readonly column: string; readonly customers: number })
  | (Base & {
      readonly kind: 'manual name taken' | 'manual range' | 'manual choices'
      readonly column: string
    })
  | (Base & { readonly kind: 'cost' | 'save rate' | 'kept value' | 'capacity' })
  | (Base & { readonly kind: 'no weight' | 'no metric on' | 'number of tiers' | 'first tier' })
  | (Base & { readonly kind: 'cut outside'; readonly tier: string; readonly from: number })
  | (Base & {
      readonly kind: 'cuts cross'
      readonly lower: string
      readonly lowerFrom: number
      readonly upper: string
      readonly upperFrom: number
    })
  | (Base & { readonly kind: 'model file'; readonly file: string; readonly what: string })

type ModelKind = ModelProblem['kind']

type Words<Kind extends ModelKind> = (problem: ModelProblem & { readonly kind: Kind }) => string

const TYPE_WORDS: Readonly<Record<ColumnType, string>> = {
  number: 'numbers',
  boolean: 'yes and no',
  category: 'categories',
  date: 'dates',
  text: 'text',
}

const WORDS: { readonly [Kind in ModelKind]: Words<Kind> } = {
  'no such column': ({ column }) => `No column is named “${column}”. The metric is off until it has one.`,
  'scale does not fit': ({ column, type }) =>
    `The scale does not fit: “${column}” holds ${TYPE_WORDS[type]}. The metric is off until it does.`,
  'text column': ({ column }) => `“${column}” is text, which has no points. Choose another column.`,
  'marks not rising': () =>
    'The values of the scale must rise, each above the one before. The metric is off until they do.',
  'too few marks': () => 'The scale needs at least two values to go between. The metric is off until it has them.',
  'points out of range': () => 'Points are from 0 to 100 with at most two decimals. The metric is off until they are.',
  'weight out of range': () => 'A weight is from 0 to 100 with at most two decimals. The metric is off until it is.',
  'no day to count from': () =>
    'A date counts days back from a day, and none is set. Set the as-of day on the Data sheet.',
  'same for everyone': () => 'It is the same for everyone, so it adds the same to every score.',
  'no values': () => 'No customer has a value here, so it counts for nobody.',
  'repeated name': ({ name }) => `Another metric is called “${name}” too.`,
  'repeated id': ({ metric }) => `Two metrics have the id “${metric}”.`,
  'low coverage': ({ share }) => `Only ${percent(share)} of the customers have a value.`,
  suspect: ({ reason }) => `${reason} It is off until you have checked it.`,
  'too many points': ({ metrics, needed }) =>
    `The points of all metrics need ${upTo(needed / 2 ** 30, 1)} GiB, and 2 GiB is the most. ` +
    `The first ${whole(metrics)} metrics count; this one is off until others are removed.`,
  'rule formula': ({ formula }) => `${describeFormula(formula)} The rule is off until it is right.`,
  'rule points': () =>
    'A rule caps, floors or sets to 0 to 100 points with at most two decimals. The rule is off until it does.',
  'rule knows outcome': ({ column }) =>
    `“${column}” is the outcome itself, which nobody knows beforehand. The rule is off until it reads something else.`,
  'rule may know outcome': ({ column }) =>
    `“${column}” may know the answer already, so this rule would look better than it is.`,
  'known too late': ({ column, customers }) =>
    `“${column}” is filled in by hand: ${counted(customers, 'value')} of customers who judge the model ` +
    'came after the as-of day, when the outcome may have been known. There it counts as missing.',
  'manual name taken': ({ column }) =>
    `“${column}” is filled in by hand, and another column has that name. What was filled in does not count until it is renamed on the Customers sheet.`,
  'manual range': ({ column }) => `The least value of “${column}” must not be above its most.`,
  'manual choices': ({ column }) => `“${column}” needs at least two choices, no two alike.`,
  'no weight': () => 'No metric has a weight, so nobody is scored. Give at least one metric a weight.',
  'no metric on': () => 'No metric is on, so nobody is scored. Switch at least one on.',
  'number of tiers': () => 'A model has two to seven tiers.',
  'first tier': () => 'The lowest tier starts at 0.',
  'cut outside': ({ tier, from }) => `The limit of ${tier} (${upTo(from, 2)}) must lie between 0 and 100.`,
  'cuts cross': ({ lower, lowerFrom, upper, upperFrom }) =>
    `The limit of ${lower} (${upTo(lowerFrom, 2)}) must be below that of ${upper} (${upTo(upperFrom, 2)}).`,
  cost: () => 'The cost of reaching a customer is an amount of 0 or more.',
  'save rate': () => 'The save rate is a share from 0% to 100%.',
  'kept value': () => 'The value of a kept customer is an amount, or a number of months, of 0 or more.',
  capacity: () => 'How many customers can be reached is a whole number of 0 or more.',
  'model file': ({ file, what }) => `${file} could not be opened: ${what} Your model is unchanged.`,
}

/** What is wrong and what to do, in words. */
export function describeModel(problem: ModelProblem): string {
  const words = WORDS[problem.kind] as (problem: ModelProblem) => string
  return words(problem)
}
