import { totals, type OutcomeHistogram, type Totals } from './outcome-histogram'
import { wilson, type Interval } from './wilson'

/** What acting on the riskiest customers would have met. Shares are 0…1, undefined where they divide by nobody. */
export interface CutFigures {
  readonly flagged: number
  /** Events that are flagged. */
  readonly caught: number
  /** Events that are not. */
  readonly missed: number
  /** Non-events that are flagged. */
  readonly falseAlarms: number
  /** Non-events that are not. */
  readonly leftInPeace: number
  /** Share of the events that are flagged. */
  readonly recall: number | undefined
  readonly recallInterval: Interval | undefined
  /** Share of the flagged that are events; undefined when nobody is flagged. */
  readonly precision: number | undefined
  readonly precisionInterval: Interval | undefined
  readonly specificity: number | undefined
  readonly f1: number | undefined
  /** Share of the customers that is flagged: the workload. */
  readonly share: number | undefined
  /** Precision over the event rate. */
  readonly lift: number | undefined
}

/** The figures of flagging the `bins` riskiest bins of a histogram. */
export function atCut(histogram: OutcomeHistogram, bins: number): CutFigures {
  let caught = 0
  let falseAlarms = 0
  for (let bin = 0; bin < bins; bin++) {
    caught += histogram.events[bin]!
    falseAlarms += histogram.nonEvents[bin]!
  }
  return figures(caught, falseAlarms, totals(histogram))
}

function figures(caught: number, falseAlarms: number, all: Totals): CutFigures {
  const flagged = caught + falseAlarms
  const missed = all.events - caught
  const precision = share(caught, flagged)
  return {
    flagged,
    caught,
    missed,
    falseAlarms,
    leftInPeace: all.nonEvents - falseAlarms,
    recall: share(caught, all.events),
    recallInterval: wilson(caught, all.events),
    precision,
    precisionInterval: wilson(caught, flagged),
    specificity: share(all.nonEvents - falseAlarms, all.nonEvents),
    f1: share(2 * caught, 2 * caught + falseAlarms + missed),
    share: share(flagged, all.customers),
    lift: precision === undefined || all.events === 0 ? undefined : precision / (all.events / all.customers),
  }
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole
}
