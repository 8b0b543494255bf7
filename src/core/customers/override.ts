import { NOT_SCORED } from '../scoring/reference'
import { hundredths } from '../scoring/scale'

/** A score that a person set, capped or floored for one customer. It acts after the model and is in no statistic. */
export interface Override {
  /** The customer's ID as the data writes it. */
  readonly customer: string
  readonly kind: 'set' | 'cap' | 'floor'
  /** 0…100 with at most two decimals. */
  readonly points: number
  readonly reason: string
  /** The last day that it holds, YYYY-MM-DD; without one it holds until it is taken away. */
  readonly until?: string
  /** When it was made, YYYY-MM-DD. */
  readonly made: string
}

/** Whether an override still holds on a day, YYYY-MM-DD. */
export function holds({ until }: Override, today: string): boolean {
  return until === undefined || until >= today
}

/** The score of a customer under an override, in hundredths. Only `set` scores somebody who has too few values. */
export function overridden(score: number, { kind, points }: Override): number {
  const limit = hundredths(points)
  if (kind === 'set') return limit
  if (score === NOT_SCORED) return NOT_SCORED
  return kind === 'cap' ? Math.min(score, limit) : Math.max(score, limit)
}
