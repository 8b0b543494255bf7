import type { Stability } from '../../../core/backtest/stability'
import { percent, upTo } from '../../../core/figure'
import type { NamedStability } from './passes'

/** How far one figure of today's customers is from that of those who judge. */
export interface StabilityLine {
  readonly id: string
  readonly name: string
  readonly psi: number
  /** Luck alone stays below it 95 times in 100. */
  readonly luck: number
  readonly moved: boolean
  readonly words: string
}

/** The score first, then the metrics that moved furthest. */
export function stabilityLines({ score, metrics }: NamedStability): StabilityLine[] {
  const lines = metrics
    .map(({ id, name, stability }) => lineOf(id, name, stability))
    .sort((a, b) => Number(b.moved) - Number(a.moved) || b.psi - a.psi)
  return score ? [lineOf('score', 'Score', score), ...lines] : lines
}

function lineOf(id: string, name: string, stability: Stability): StabilityLine {
  const { psi, luck, moved } = stability
  return { id, name, psi, luck, moved, words: changeWords(stability) }
}

/** "Higher: median 31, now 33". */
function changeWords({ change, moved }: Stability): string {
  const { before, now } = change
  if (change.kind === 'median') {
    const values = `median ${number(before)}, now ${number(now)}`
    return number(before) === number(now) || !moved
      ? `Same shape: ${values}`
      : `${now > before ? 'Higher' : 'Lower'}: ${values}`
  }
  const shares = `${percent(before)}, now ${percent(now)}`
  const what = change.kind === 'filled' ? 'filled' : `“${change.name}”`
  return moved ? `${now > before ? 'More' : 'Fewer'} ${what}: ${shares}` : `Same shape: ${what} ${shares}`
}

/** Large numbers whole, small ones with what tells them apart. */
function number(value: number): string {
  return upTo(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3)
}
