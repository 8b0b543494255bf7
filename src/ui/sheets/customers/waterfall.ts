import type { ActedRule, DetailMetric } from '../../../state/customers.svelte'

/** One line of the way from the average customer to a score; hundredths. */
export interface Step {
  readonly kind: 'metric' | 'smaller' | 'no value' | 'rule'
  readonly metrics: readonly DetailMetric[]
  readonly rule?: ActedRule
  readonly from: number
  readonly to: number
  readonly step: number
}

/** Metrics that move the score by less than this are put together; hundredths. */
const SMALL = 150

/**
 * The steps as they are drawn: what pulls down first, the most first, then what lifts, the most first; small ones
 * together, what is missing, and last the rules, which act on what came of the rest. They run from the average to the score without a gap.
 */
export function waterfall(
  average: number,
  metrics: readonly DetailMetric[],
  noValue: number,
  isMissing: (metric: DetailMetric) => boolean,
  rules: readonly ActedRule[] = [],
): Step[] {
  const present = metrics.filter((metric) => !isMissing(metric) && metric.weight > 0)
  const large = present.filter(({ step }) => Math.abs(step) >= SMALL)
  const small = present.filter(({ step }) => Math.abs(step) < SMALL)
  const alone = small.length === 1 ? [...large, ...small] : large
  const parts: Omit<Step, 'from' | 'to'>[] = [
    ...alone
      .toSorted((a, b) =>
        a.step < 0 && b.step < 0 ? a.step - b.step : a.step < 0 ? -1 : b.step < 0 ? 1 : b.step - a.step,
      )
      .map((metric) => ({ kind: 'metric' as const, metrics: [metric], step: metric.step })),
    ...(small.length > 1
      ? [{ kind: 'smaller' as const, metrics: small, step: small.reduce((sum, { step }) => sum + step, 0) }]
      : []),
    ...(metrics.some(isMissing)
      ? [{ kind: 'no value' as const, metrics: metrics.filter(isMissing), step: noValue }]
      : []),
    ...rules.map((rule) => ({ kind: 'rule' as const, metrics: [], rule, step: rule.step })),
  ]
  let at = average
  return parts.map((part) => {
    const from = at
    at += part.step
    return { ...part, from, to: at }
  })
}

/** The scores between which the bars hang, since the axis does not start at 0. */
export function extent(steps: readonly Step[], average: number, score: number): { low: number; high: number } {
  const all = [average, score, ...steps.flatMap(({ from, to }) => [from, to])]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  return high > low ? { low, high } : { low: low - 100, high: high + 100 }
}
