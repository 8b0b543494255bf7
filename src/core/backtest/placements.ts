import { totals, type OutcomeHistogram } from './outcome-histogram'

/** A whole number per bin, of the events and of the non-events in it. */
export interface Placements {
  readonly events: Float64Array
  readonly nonEvents: Float64Array
}

/**
 * Per bin, how many non-events are safer than an event in it, and how many events are riskier than a non-event in it,
 * doubled so that a tie counts 1: integers.
 */
export function doubledPlacements({ events, nonEvents }: OutcomeHistogram): Placements {
  const all = totals({ events, nonEvents })
  const placed = { events: new Float64Array(events.length), nonEvents: new Float64Array(events.length) }
  let safer = all.nonEvents
  let riskier = 0
  for (let bin = 0; bin < events.length; bin++) {
    safer -= nonEvents[bin]!
    placed.events[bin] = 2 * safer + nonEvents[bin]!
    placed.nonEvents[bin] = 2 * riskier + events[bin]!
    riskier += events[bin]!
  }
  return placed
}
