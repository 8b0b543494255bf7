import { addMetric } from './edit'
import type { ManualColumn } from '../manual/manual-column'
import type { HealthModel } from './health-model'
import type { Step } from './history'

/**
 * A model that takes the place of another in its workbook, with the manual columns of both: what was filled in stays.
 * One of the same name and kind is the same column, and keeps the id that its values belong to.
 */
export function withManual(model: HealthModel, before: HealthModel): HealthModel {
  if (before.manual.length === 0) return model
  const known = (column: ManualColumn): ManualColumn | undefined =>
    before.manual.find(({ name, kind }) => name === column.name && kind === column.kind)
  const own = model.manual.map((column) => ({ ...column, id: known(column)?.id ?? column.id }))
  const taken = new Set(own.flatMap(({ id, name }) => [id, name]))
  const others = before.manual.filter(({ id, name }) => !taken.has(id) && !taken.has(name))
  return { ...model, manual: [...own, ...others] }
}

/** The same for a model that was drafted from data alone: the metrics that read manual columns are kept, too. */
export function withManualMetrics(model: HealthModel, before: HealthModel): HealthModel {
  const names = new Set(before.manual.map(({ name }) => name))
  const metrics = before.metrics.filter(({ column }) => names.has(column))
  return metrics.reduce((now, metric) => addMetric(now, metric).model, withManual(model, before))
}

/** Ids of the manual columns that a model has, or has again after undo or redo. */
export function manualIds({ manual }: HealthModel, steps: readonly Step[]): Set<string> {
  const others = steps.flatMap(({ patch }) =>
    patch.fields
      .filter(({ field }) => field === 'manual')
      .flatMap(({ before = [], after = [] }) => [...(before as ManualColumn[]), ...(after as ManualColumn[])]),
  )
  return new Set([...manual, ...others].map(({ id }) => id))
}
