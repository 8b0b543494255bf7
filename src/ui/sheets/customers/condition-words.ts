import { isoDay } from '../../../core/column/date-text'
import { outcomeWords } from '../../../core/backtest/outcome-words'
import type { ColumnType } from '../../../core/column/column'
import { HAPPENED, STAYED, type Condition } from '../../../core/customers/row-query'
import { upTo } from '../../../core/figure'
import type { HealthModel } from '../../../core/model/health-model'
import { columnTitle } from './column-title'

/** A condition as its chip says it: "Segment is Enterprise", "MRR 1,000 or more". */
export function conditionWords(
  condition: Condition,
  typeOf: (column: string) => ColumnType | undefined,
  objective: HealthModel['objective'],
): string {
  if (condition.kind === 'by hand') return 'Overridden by hand'
  const { column } = condition
  const title = columnTitle(column)
  switch (condition.kind) {
    case 'one of':
      return `${title} is ${condition.texts
        .map((text) => (column.kind === 'outcome' ? outcomeTitle(text, objective) : text))
        .join(' or ')}`
    case 'contains':
      return `${title} contains “${condition.text}”`
    case 'missing':
      return `${title} is missing`
    case 'filled':
      return `${title} has a value`
    case 'between': {
      const date = column.kind === 'source' && typeOf(column.name) === 'date'
      const write = (value: number): string => (date ? isoDay(value) : upTo(value, 2))
      return `${title} ${spanWords(condition.from, condition.to, write, date)}`
    }
  }
}

/** What an outcome that a condition names is called. */
export function outcomeTitle(text: string, objective: HealthModel['objective']): string {
  const { happened, stayed } = outcomeWords(objective)
  return text === HAPPENED ? happened : text === STAYED ? stayed : text
}

function spanWords(
  from: number | undefined,
  to: number | undefined,
  write: (value: number) => string,
  date: boolean,
): string {
  if (from !== undefined && to !== undefined) return `from ${write(from)} to ${write(to)}`
  if (from !== undefined) return date ? `from ${write(from)} on` : `${write(from)} or more`
  return to === undefined ? 'has a value' : date ? `up to ${write(to)}` : `${write(to)} or less`
}
