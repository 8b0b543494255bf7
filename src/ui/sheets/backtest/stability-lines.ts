import type { SpreadChange, Stability } from '../../../core/backtest/stability'
import { counted, percent, upTo } from '../../../core/figure'
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

function lineOf(id: string, name: string, { psi, luck, moved, change }: Stability): StabilityLine {
  return { id, name, psi, luck, moved, words: changeWords(change, moved) }
}

/** "Higher: median 31, now 33". */
function changeWords(change: SpreadChange, moved: boolean): string {
  const [what, text, more, less] = WORDS[change.kind](change)
  const [before, now] = [text(change.before), text(change.now)]
  const start = what === '' ? '' : `${what} `
  if (before === now) return moved ? `Spread anew around the same ${what || 'middle'}: ${now}` : `Same: ${start}${now}`
  const direction = !moved ? 'Nearly the same' : change.now > change.before ? more : less
  return `${direction}: ${start}${before}, now ${now}`
}

type Words = readonly [what: string, text: (value: number) => string, more: string, less: string]

const WORDS: Readonly<Record<SpreadChange['kind'], (change: SpreadChange) => Words>> = {
  median: () => ['median', number, 'Higher', 'Lower'],
  days: () => ['median', daysText, 'Longer ago', 'Later'],
  filled: () => ['', (share) => percent(share), 'More filled in', 'Fewer filled in'],
  share: (change) => {
    const name = change.kind === 'share' ? `“${change.name}”` : ''
    return ['', (share) => percent(share), `More ${name}`, `Fewer ${name}`]
  },
}

/** "81 days ago", "in 136 days". */
function daysText(days: number): string {
  const whole = Math.round(days)
  return whole < 0 ? `in ${counted(-whole, 'day')}` : `${counted(whole, 'day')} ago`
}

/** Large numbers whole, small ones with what tells them apart. */
function number(value: number): string {
  return upTo(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3)
}
