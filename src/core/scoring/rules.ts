import type { RuleAction } from '../model/health-model'
import { hundredths } from './scale'

/** The highest score there is, in hundredths: what a customer without a cap may have. */
const TOP = 10_000

/** What rules let a score be, in hundredths: min(max(score, low), high). A cap beats a floor. */
export interface Limits {
  readonly low: number
  readonly high: number
}

/** The limits that some rules set together: the highest floor and the lowest cap; `set` is both. */
export function limitsOf(actions: readonly RuleAction[]): Limits {
  let [low, high] = [0, TOP]
  for (const { kind, points } of actions) {
    if (kind !== 'cap') low = Math.max(low, hundredths(points))
    if (kind !== 'floor') high = Math.min(high, hundredths(points))
  }
  return { low, high }
}

/** A score, in hundredths, within limits. */
export function limited(score: number, { low, high }: Limits): number {
  return Math.min(Math.max(score, low), high)
}

/** What a rule did to a customer's score. */
export interface RuleStep {
  /** Index into the rules that apply. */
  readonly rule: number
  /** How far it moved the score, in hundredths. */
  readonly step: number
}

/**
 * The rules that acted on a customer, and how far each moved the score; the steps add up from the weighted mean to the
 * score. A rule acted if the score without it differs (scoring.md, Red-flag rules). Where several bind alike, so that
 * none alone makes a difference, the first of them stands for all.
 * @param mean the score without any rule, in hundredths
 * @param applying the rules that apply to the customer, in the model's order
 */
export function ruleSteps(mean: number, applying: readonly RuleAction[]): RuleStep[] {
  const limits = limitsOf(applying)
  const { low, high } = limits
  if (limited(mean, limits) === mean && !(low > high && mean === high)) return []
  const steps = new Map<number, number>()
  const move = (rule: number, by: number): void => {
    steps.set(rule, (steps.get(rule) ?? 0) + by)
  }
  const floor = applying.findIndex(({ kind, points }) => kind !== 'cap' && hundredths(points) === low)
  const cap = applying.findIndex(({ kind, points }) => kind !== 'floor' && hundredths(points) === high)
  // Where the cap is a `set`, it holds the score from below too, and no floor above it makes a difference.
  const set = applying.findIndex(({ kind, points }) => kind === 'set' && hundredths(points) === high)
  if (mean >= high) move(cap, high - mean)
  else if (low > high && set >= 0) move(set, high - mean)
  else {
    move(floor, low - mean)
    if (low > high) move(cap, high - low)
  }
  return [...steps].map(([rule, step]) => ({ rule, step })).sort((a, b) => a.rule - b.rule)
}
