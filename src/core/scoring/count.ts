import { BINS, emptyHistogram, type ScoreHistogram } from '../backtest/score-histogram'
import { NOT_SCORED } from './reference'

/**
 * Counts scores (hundredths, 65535 not scored) by class (see CLASSES), with their revenue in hundredths where there
 * is any. One pass; nothing depends on the order of the rows but the last bits of a revenue beyond 9·10¹³.
 */
export function countScores(scores: Uint16Array, classes: Uint8Array, revenue?: Float64Array): ScoreHistogram {
  const histogram = emptyHistogram()
  const { counts, notScored, notScoredRevenue } = histogram
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!
    const index = classes[row]!
    const amount = revenue ? revenue[row]! : 0
    if (score === NOT_SCORED) {
      notScored[index]!++
      notScoredRevenue[index]! += amount
    } else {
      counts[index * BINS + score]!++
      histogram.revenue[index * BINS + score]! += amount
    }
  }
  return histogram
}
