import type { HealthModel, Importance, Metric, Scale } from './health-model'
import { DEFAULT_WEIGHTS, newMetricId, newMetricName } from './new-model'
import type { Recipe } from '../recipe/recipe'
import { shareOut } from './share-out'

/** The model with one metric replaced; the same model when nothing changes. */
function editMetric(model: HealthModel, id: string, edit: (metric: Metric) => Metric): HealthModel {
  const metrics = model.metrics.map((metric) => (metric.id === id ? edit(metric) : metric))
  return metrics.every((metric, i) => metric === model.metrics[i]) ? model : { ...model, metrics }
}

/** A change of some fields; the same object when they already are so. */
function withFields<Fields extends object>(object: Fields, change: Partial<Fields>): Fields {
  const same = Object.entries(change).every(([key, value]) => Object.is(Reflect.get(object, key), value))
  return same ? object : { ...object, ...change }
}

export function setMetric(model: HealthModel, id: string, change: Partial<Metric>): HealthModel {
  return editMetric(model, id, (metric) => withFields(metric, change))
}

/** @param weight 0…100; rounded to hundredths, so that a drag leaves no rounding dust */
export function setWeight(model: HealthModel, id: string, weight: number): HealthModel {
  return setMetric(model, id, { weight: Math.round(weight * 100) / 100 })
}

/** Switches a metric on or off. Switching a suspected leak on says that a person has checked it. */
export function setOn(model: HealthModel, id: string, on: boolean): HealthModel {
  return editMetric(model, id, (metric) => {
    const checked = on && metric.suspect && !metric.suspect.checked
    return withFields(metric, { on, ...(checked && { suspect: { ...metric.suspect, checked: true } }) })
  })
}

/** Sets the importance, and the weight that goes with it. */
export function setImportance(model: HealthModel, id: string, importance: Importance): HealthModel {
  return setMetric(model, id, { importance, weight: DEFAULT_WEIGHTS[importance] })
}

/** A mark that colours the value; undefined takes it away. */
export function setMark(
  model: HealthModel,
  id: string,
  mark: 'red' | 'green',
  value: number | string | undefined,
): HealthModel {
  return editMetric(model, id, (metric) => {
    if (value !== undefined) return withFields(metric, { [mark]: value })
    if (metric[mark] === undefined) return metric
    const { [mark]: _, ...rest } = metric
    return rest
  })
}

/** The scale upside down: what gave most points gives fewest. */
export function flipped(scale: Scale): Scale {
  const turn = (points: number): number => Math.round((100 - points) * 100) / 100
  switch (scale.kind) {
    case 'curve':
      return { ...scale, knots: scale.knots.map((knot) => ({ ...knot, points: turn(knot.points) })) }
    case 'bands':
      return { ...scale, bands: scale.bands.map((band) => ({ ...band, points: turn(band.points) })) }
    case 'values':
      return {
        ...scale,
        values: scale.values.map((value) => ({ ...value, points: turn(value.points) })),
        otherwise: scale.otherwise === 'missing' ? 'missing' : turn(scale.otherwise),
      }
  }
}

/** Moves a metric to the end of a category, which starts at the end of the list when it is new. */
export function setCategory(model: HealthModel, id: string, category: string): HealthModel {
  const metric = model.metrics.find((each) => each.id === id)
  if (!metric || metric.category === category) return model
  const rest = model.metrics.filter((each) => each !== metric)
  return { ...model, metrics: insertIntoCategory(rest, { ...metric, category }) }
}

/** Metrics of one category stay neighbours: the new one goes behind the last of its kind. */
function insertIntoCategory(metrics: readonly Metric[], metric: Metric): Metric[] {
  const last = metrics.findLastIndex((each) => each.category === metric.category)
  return last < 0 ? [...metrics, metric] : metrics.toSpliced(last + 1, 0, metric)
}

/** Gives a category another name; the name of another category joins the two. */
export function renameCategory(model: HealthModel, from: string, to: string): HealthModel {
  if (from === to) return model
  const renamed = model.metrics.map((metric) => (metric.category === from ? { ...metric, category: to } : metric))
  const order = [...new Set(renamed.map((metric) => metric.category))]
  return { ...model, metrics: order.flatMap((category) => renamed.filter((metric) => metric.category === category)) }
}

/** Moves a metric before another one, into its category; undefined moves it to the end of its own. */
export function moveMetric(model: HealthModel, id: string, before: string | undefined): HealthModel {
  const metric = model.metrics.find((each) => each.id === id)
  const target = model.metrics.find((each) => each.id === before)
  if (!metric || metric === target) return model
  const rest = model.metrics.filter((each) => each !== metric)
  if (!target) return { ...model, metrics: insertIntoCategory(rest, metric) }
  return {
    ...model,
    metrics: rest.toSpliced(rest.indexOf(target), 0, withFields(metric, { category: target.category })),
  }
}

/** Adds a metric to its category, with an id and a name that are new. */
export function addMetric(model: HealthModel, metric: Omit<Metric, 'id'>): { model: HealthModel; id: string } {
  const id = newMetricId(model.metrics)
  const added = { ...metric, id, name: newMetricName(metric.name, model.metrics) }
  return { model: { ...model, metrics: insertIntoCategory(model.metrics, added) }, id }
}

/** Puts a copy right behind a metric. */
export function duplicateMetric(model: HealthModel, id: string): HealthModel {
  const at = model.metrics.findIndex((metric) => metric.id === id)
  const metric = model.metrics[at]
  if (!metric) return model
  const copy = { ...metric, id: newMetricId(model.metrics), name: newMetricName(metric.name, model.metrics) }
  return { ...model, metrics: model.metrics.toSpliced(at + 1, 0, copy) }
}

export function deleteMetrics(model: HealthModel, ids: ReadonlySet<string>): HealthModel {
  const metrics = model.metrics.filter(({ id }) => !ids.has(id))
  return metrics.length === model.metrics.length ? model : { ...model, metrics }
}

/** Scales the weights of the metrics that are meant so that they add up to `total`, in steps of a hundredth. */
export function scaleWeights(model: HealthModel, meant: (metric: Metric) => boolean, total: number): HealthModel {
  return share(model, meant, total, 0.01)
}

/**
 * Scales the weights that count so that they add up to 100 and keep their proportions: whole numbers, unless that
 * would leave a metric without weight; then hundredths.
 */
export function balanceTo100(model: HealthModel, counts: (metric: Metric) => boolean): HealthModel {
  const whole = share(model, counts, 100, 1)
  const lost = whole.metrics.some((metric, i) => metric.weight === 0 && model.metrics[i]!.weight > 0)
  return lost ? share(model, counts, 100, 0.01) : whole
}

function share(model: HealthModel, meant: (metric: Metric) => boolean, total: number, step: number): HealthModel {
  const members = model.metrics.filter(meant)
  const shares = shareOut(
    members.map((metric) => metric.weight),
    Math.round(total / step),
  )
  if (!shares) return model
  const weights = new Map(
    members.map((metric, i) => [metric.id, Math.min(100, Math.round(shares[i]! * step * 100) / 100)]),
  )
  const metrics = model.metrics.map((metric) => withFields(metric, { weight: weights.get(metric.id) ?? metric.weight }))
  return metrics.every((metric, i) => metric === model.metrics[i]) ? model : { ...model, metrics }
}

/** Sets where a tier starts, in hundredths. The caller has checked that it does not cross its neighbours. */
export function setTierFrom(model: HealthModel, index: number, from: number): HealthModel {
  const rounded = Math.round(from * 100) / 100
  const tiers = model.tiers.map((tier, i) => (i === index ? withFields(tier, { from: rounded }) : tier))
  return tiers.every((tier, i) => tier === model.tiers[i]) ? model : { ...model, tiers }
}

/**
 * Remembers how the data came to be, and the day that it is of; the same model when both are as before. A single file that
 * is used as it is says nothing of how others are joined.
 */
export function withOrigin(model: HealthModel, recipe: Recipe | undefined, asOf: string | undefined): HealthModel {
  const { recipe: before, asOf: dayBefore, ...rest } = model
  const kept = recipe ?? (before && before.files.length > 1 ? before : undefined)
  if (asOf === dayBefore && JSON.stringify(kept) === JSON.stringify(before)) return model
  return { ...rest, ...(kept && { recipe: kept }), ...(asOf !== undefined && { asOf }) }
}
