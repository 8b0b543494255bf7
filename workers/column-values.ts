import { countValues, spreadOf } from '../src/core/backtest/spread'
import { columnNamed } from '../src/core/column/column'
import type { HealthModel } from '../src/core/model/health-model'
import type { ColumnValues } from './engine-api'
import type { Evaluator } from './evaluator'

const NOTHING: ColumnValues = {
  spread: { events: [], stayed: [], from: 0, to: 0 },
  values: { values: [], counts: [] },
  texts: [],
}

/** A column's values on the training part; nothing for a column that is not there. */
export function columnValues(evaluator: Evaluator, model: HealthModel, name: string): ColumnValues {
  const customers = evaluator.customers(model)
  const column = columnNamed(evaluator.table, name)
  if (!column) return NOTHING
  const judged = customers.outcome('training') ?? new Uint8Array(evaluator.table.rows)
  const counts = countValues(column, judged, customers.asOf)
  const having = counts.values.map((_, i) => counts.events[i]! + counts.stayed[i]!)
  const byValue = column.kind === 'coded' && (column.type === 'category' || column.type === 'boolean')
  const texts = byValue
    ? (counts.codes ?? []).map((code, i) => ({
        text: column.dictionary.texts[code]!,
        customers: having[i]!,
        events: counts.events[i]!,
      }))
    : []
  return {
    spread: spreadOf(column, counts),
    values: byValue ? { values: [], counts: [] } : { values: counts.values, counts: having },
    texts: texts.sort((a, b) => b.customers - a.customers),
  }
}
