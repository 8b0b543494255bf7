import { renameColumn } from '../formula/rename-column'
import type { ManualColumn } from '../manual/manual-column'
import type { HealthModel } from './health-model'

export function addManualColumn(model: HealthModel, column: ManualColumn): HealthModel {
  return { ...model, manual: [...model.manual, column] }
}

/**
 * The model with a manual column defined anew. Under another name metrics and rules follow it; the same model when
 * nothing changes.
 */
export function setManualColumn(model: HealthModel, column: ManualColumn): HealthModel {
  const before = model.manual.find(({ id }) => id === column.id)
  if (!before || JSON.stringify(before) === JSON.stringify(column)) return model
  const manual = model.manual.map((each) => (each === before ? column : each))
  return { ...renamed(model, before.name, column.name), manual }
}

/** What reads a column reads it under its new name. */
function renamed(model: HealthModel, from: string, to: string): HealthModel {
  if (from === to) return model
  return {
    ...model,
    metrics: model.metrics.map((metric) => (metric.column === from ? { ...metric, column: to } : metric)),
    rules: model.rules.map((rule) => {
      const when = renameColumn(rule.when, from, to)
      return when === rule.when ? rule : { ...rule, when }
    }),
  }
}

/** The model without a manual column. What reads it stays, and is off until it reads another. */
export function deleteManualColumn(model: HealthModel, id: string): HealthModel {
  const manual = model.manual.filter((column) => column.id !== id)
  return manual.length === model.manual.length ? model : { ...model, manual }
}
