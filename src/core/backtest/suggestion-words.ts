import { fixed } from '../figure'
import type { HealthModel } from '../model/health-model'
import { outcomeWords } from './outcome-words'
import type { PairedDifference } from './paired-delong'
import type { NoSuggestion } from './suggest-weights'
import { pWords, significance } from './significance'

/** Whether suggested weights are worth taking, on customers that nobody has learned from. */
export interface SuggestionVerdict {
  readonly kind: 'better' | 'better than today' | 'better than equal' | 'no better' | 'too few' | 'nothing to suggest'
  /** Only what beats today's weights and equal ones is ticked for the person. */
  readonly preselected: boolean
  readonly heading: string
  readonly evidence: string
}

/** @param againstToday, againstEqual suggested less those, on the hold-out */
export function suggestionVerdict(againstToday: PairedDifference, againstEqual: PairedDifference): SuggestionVerdict {
  const [today, equal] = [againstToday, againstEqual].map((each) => significance(each) === 'better')
  const kind = today && equal ? 'better' : today ? 'better than today' : equal ? 'better than equal' : 'no better'
  return {
    kind,
    preselected: kind === 'better',
    heading: HEADINGS[kind],
    evidence: evidence(againstToday, againstEqual),
  }
}

const HEADINGS = {
  better: 'Better than today’s weights, and better than equal ones',
  'better than today': 'Better than today’s weights, but does not beat equal weights',
  'better than equal': 'Better than equal weights, but does not beat today’s',
  'no better': 'Does not beat equal weights, nor today’s',
} as const

function evidence(today: PairedDifference, equal: PairedDifference): string {
  if (today.aucA === undefined || today.aucB === undefined || equal.aucB === undefined)
    return 'Both outcomes are needed among the held-out customers to compare.'
  const chance = ({ p }: PairedDifference): string => (p === undefined ? '' : ` (${pWords(p)})`)
  return (
    `On customers they have not seen: AUC ${fixed(today.aucA, 3)} against ${fixed(today.aucB, 3)} today${chance(today)} ` +
    `and ${fixed(equal.aucB, 3)} with equal weights${chance(equal)}.`
  )
}

/** Why there is no suggestion. */
export function noSuggestion(why: NoSuggestion, objective: HealthModel['objective']): SuggestionVerdict {
  const { event } = outcomeWords(objective)
  return why === 'too few'
    ? {
        ...{ kind: why, preselected: false, heading: 'Too few of one outcome to learn from' },
        evidence: 'At least ten customers of each outcome are needed in the training part.',
      }
    : {
        ...{ kind: why, preselected: false, heading: 'Nothing to suggest' },
        evidence: `No metric’s points say anything about ${event} in the direction that they are meant to.`,
      }
}
