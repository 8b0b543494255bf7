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

/** Rules that apply together: what they let a score be, and which of them is why; −1 where none is. */
export interface Together extends Limits {
  readonly floor: number
  readonly cap: number
  /** That which sets the cap and holds the score from below too, so that no floor above it makes a difference. */
  readonly set: number
}

/** @param applying the rules that apply to a customer, in the model's order */
export function together(applying: readonly RuleAction[]): Together {
  const limits = limitsOf(applying)
  const first = (other: RuleAction['kind'], limit: number): number =>
    applying.findIndex(({ kind, points }) => kind !== other && hundredths(points) === limit)
  const { low, high } = limits
  const set = applying.findIndex(({ kind, points }) => kind === 'set' && hundredths(points) === high)
  return { low, high, floor: first('cap', low), cap: first('floor', high), set }
}

/**
 * The rules that acted on a customer, and how far each moved the score; the steps add up from the weighted mean to the
 * score. A rule acted if the score without it differs (scoring.md, Red-flag rules). Where several bind alike, so that
 * none alone makes a difference, the first of them stands for all.
 * @param mean the score without any rule, in hundredths
 */
export function ruleSteps(mean: number, { low, high, floor, cap, set }: Together): RuleStep[] {
  if (!acts(mean, { low, high })) return []
  if (mean >= high) return [{ rule: cap, step: high - mean }]
  if (low > high && set >= 0) return [{ rule: set, step: high - mean }]
  const lifted = { rule: floor, step: low - mean }
  if (low <= high) return [lifted]
  const lowered = { rule: cap, step: high - low }
  return floor < cap ? [lifted, lowered] : [lowered, lifted]
}

/** The first of `ruleSteps`, without a list of them: of a million customers there are a million. −1 where none acted. */
export function firstThatActed(mean: number, { low, high, floor, cap, set }: Together): number {
  if (!acts(mean, { low, high })) return -1
  if (mean >= high) return cap
  if (low > high) return set >= 0 ? set : Math.min(floor, cap)
  return floor
}

function acts(mean: number, { low, high }: Limits): boolean {
  return mean < low || mean > high || (low > high && mean === high)
}
