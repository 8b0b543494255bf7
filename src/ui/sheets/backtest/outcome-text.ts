import { dayOf } from '../../../core/column/date-text'
import type { HealthModel } from '../../../core/model/health-model'
import type { OutcomeWords } from '../../../core/backtest/outcome-words'

/** A day as people write it: "1 Apr 2026". @param day in days since 1970-01-01 */
export function dayText(day: number): string {
  const date = new Date(day * 86_400_000)
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
}

/** What the outcome is and when it was looked at: "Churn = Yes", "Scored 1 Apr 2026, churned by 30 Jun 2026". */
export function outcomeText({ roles, asOf }: HealthModel, { happened }: OutcomeWords): string | undefined {
  const { outcome } = roles
  if (!outcome) return undefined
  if ('event' in outcome) return `${outcome.column} = ${outcome.event}`
  const within = `${happened} ${outcome.gap + 1} to ${outcome.gap + outcome.horizon} days later`
  if (asOf === undefined) return `Scored at each snapshot, ${within}`
  const day = dayOf(asOf)
  return `Scored ${dayText(day)}, ${happened} by ${dayText(day + outcome.gap + outcome.horizon)}`
}
