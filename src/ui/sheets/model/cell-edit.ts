import {
  flipped,
  renameCategory,
  scaleWeights,
  setImportance,
  setMark,
  setMetric,
  setOn,
  setWeight,
} from '../../../core/model/edit'
import { IMPORTANCES, type HealthModel, type Metric } from '../../../core/model/health-model'
import {
  typedMissing,
  typedName,
  typedNumber,
  typedSubtotal,
  typedWeight,
  type Typed,
} from '../../../core/model/typed-value'
import { betterWhen } from '../../../core/scoring/scale'
import type { ModelColumn } from './columns'
import type { CategoryRow, MetricRow, ModelRow } from './rows'

type Edited = Typed<HealthModel>

function edited(model: HealthModel): Edited {
  return { ok: true, value: model }
}

function refused(why: string): Edited {
  return { ok: false, why }
}

function taking<Value>(typed: Typed<Value>, edit: (value: Value) => HealthModel): Edited {
  return typed.ok ? edited(edit(typed.value)) : typed
}

const COMPUTED: Partial<Record<ModelColumn, string>> = {
  number: 'Row numbers are counted',
  share: 'Share follows from Weight',
  power: 'Power is measured on the training customers',
  cover: 'Coverage is counted',
  spread: 'The spread is counted',
}

/** The model after a text was typed or pasted into a cell, or why the text cannot stand there. */
export function enterText(model: HealthModel, row: ModelRow, column: ModelColumn, text: string): Edited {
  const computed = COMPUTED[column]
  if (computed !== undefined) return refused(computed)
  if (row.kind === 'total') return refused('The total is computed')
  return row.kind === 'category' ? intoCategory(model, row, column, text) : intoMetric(model, row, column, text)
}

function intoCategory(model: HealthModel, { name }: CategoryRow, column: ModelColumn, text: string): Edited {
  if (column === 'metric') return taking(typedName(text), (to) => renameCategory(model, name, to))
  if (column !== 'weight') return refused('Only the name and the subtotal of a category can be typed')
  const members = (metric: Metric): boolean => metric.category === name && metric.on
  if (!model.metrics.some((metric) => members(metric) && metric.weight > 0))
    return refused('No metric in it has a weight')
  return taking(typedSubtotal(text), (total) => scaleWeights(model, members, total))
}

function intoMetric(model: HealthModel, { metric }: MetricRow, column: ModelColumn, text: string): Edited {
  const { id } = metric
  switch (column) {
    case 'on':
      return taking(typedOn(text), (on) => setOn(model, id, on))
    case 'metric':
      return taking(typedName(text), (name) => setMetric(model, id, { name }))
    case 'importance':
      return taking(typedImportance(text), (importance) => setImportance(model, id, importance))
    case 'column':
      return taking(typedName(text), (name) => setMetric(model, id, { column: name }))
    case 'better':
      return taking(typedBetter(text), (better) => flipTo(model, metric, better))
    case 'red':
    case 'green':
      return taking(typedMark(text, metric), (mark) => setMark(model, id, column, mark))
    case 'missing':
      return taking(typedMissing(text), (missing) => setMetric(model, id, { missing }))
    case 'weight':
      return taking(typedWeight(text), (weight) => setWeight(model, id, weight))
    default:
      return refused('Open the scale with Enter to change it')
  }
}

function typedOn(text: string): Typed<boolean> {
  const word = text.trim().toLowerCase()
  if (['true', 'yes', 'on', '1', 'x'].includes(word)) return { ok: true, value: true }
  if (['false', 'no', 'off', '0', ''].includes(word)) return { ok: true, value: false }
  return { ok: false, why: 'TRUE or FALSE' }
}

function typedImportance(text: string): Typed<Metric['importance']> {
  const word = text.trim().toLowerCase()
  const found = IMPORTANCES.find((each) => each === word)
  return found ? { ok: true, value: found } : { ok: false, why: 'Critical, Supporting or Supplementary' }
}

function typedBetter(text: string): Typed<'higher' | 'lower'> {
  const word = text.trim().toLowerCase()
  return word === 'higher' || word === 'lower' ? { ok: true, value: word } : { ok: false, why: 'Higher or Lower' }
}

function flipTo(model: HealthModel, metric: Metric, better: 'higher' | 'lower'): HealthModel {
  const now = betterWhen(metric.scale)
  return now === undefined || now === better ? model : setMetric(model, metric.id, { scale: flipped(metric.scale) })
}

/** A number on a scale of numbers, a value's text on a scale of values, nothing where nothing is typed. */
function typedMark(text: string, { scale }: Metric): Typed<number | string | undefined> {
  if (text.trim() === '') return { ok: true, value: undefined }
  if (scale.kind !== 'values') return typedNumber(text)
  const value = text.trim()
  return scale.values.some((each) => each.value === value)
    ? { ok: true, value }
    : { ok: false, why: `“${value.slice(0, 20)}” is not a value of the scale` }
}

/** A cell whose text cannot stand there. */
export interface Refusal {
  readonly row: ModelRow
  readonly column: ModelColumn
  readonly text: string
  readonly why: string
}

/** Enters many texts, all of them or none: computed cells are passed over, since copied rows have them too. */
export function enterAll(
  model: HealthModel,
  cells: readonly { readonly row: ModelRow; readonly column: ModelColumn; readonly text: string }[],
): { readonly model: HealthModel; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = []
  let next = model
  for (const { row, column, text } of cells) {
    if (column in COMPUTED || column === 'scale') continue
    const now = row.kind === 'metric' ? fresh(next, row) : row
    const result = enterText(next, now, column, text)
    if (result.ok) next = result.value
    else refusals.push({ row, column, text, why: result.why })
  }
  return { model: refusals.length > 0 ? model : next, refusals }
}

/** The row with its metric as the cells before have left it. */
function fresh(model: HealthModel, row: MetricRow): MetricRow {
  const metric = model.metrics.find(({ id }) => id === row.id)
  return metric ? { ...row, metric } : row
}
