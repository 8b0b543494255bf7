import type { Economics } from '../backtest/net-value'
import { fingerprint } from './fingerprint'
import type { HealthModel, SplitBy } from './health-model'

/** Most fingerprints that are kept; the count of looks goes on. */
const MOST_LOOKED = 200

/** The model with what reaching customers costs and brings; undefined takes it out. */
export function setEconomics(model: HealthModel, economics: Economics | undefined): HealthModel {
  if (JSON.stringify(model.economics) === JSON.stringify(economics)) return model
  const { economics: _before, ...rest } = model
  return economics ? { ...rest, economics } : rest
}

/** The model with how many customers can be reached; undefined for as many as one likes. */
export function setCapacity(model: HealthModel, capacity: number | undefined): HealthModel {
  if (model.capacity === capacity) return model
  const { capacity: _before, ...rest } = model
  return capacity === undefined ? rest : { ...rest, capacity }
}

/** The model with other customers kept for the test, at whom nobody has looked yet. */
export function setSeed(model: HealthModel, seed: number): HealthModel {
  const { by, seed: before } = model.holdout
  return seed === before ? model : { ...model, holdout: { seed, ...(by && { by }), looks: 0 } }
}

/** The model with the test split by customer or by time. Looks stay counted: many of the rows are the same. */
export function setSplit(model: HealthModel, by: SplitBy): HealthModel {
  if ((model.holdout.by ?? 'id') === by) return model
  const { by: _before, ...rest } = model.holdout
  return { ...model, holdout: by === 'id' ? rest : { ...rest, by } }
}

/** The model with its check on unseen customers counted; the same model when it was counted before. */
export function countLook(model: HealthModel): HealthModel {
  const { looks, looked = [] } = model.holdout
  const mark = fingerprint(model)
  if (looked.includes(mark)) return model
  return { ...model, holdout: { ...model.holdout, looks: looks + 1, looked: [...looked, mark].slice(-MOST_LOOKED) } }
}

/** A look cannot be undone: `model` with the looks that `now` has counted on the same customers. */
export function withLooks(model: HealthModel, now: HealthModel): HealthModel {
  const { seed, looks } = model.holdout
  if (seed !== now.holdout.seed || looks >= now.holdout.looks) return model
  const { looked } = now.holdout
  return { ...model, holdout: { ...model.holdout, looks: now.holdout.looks, ...(looked && { looked }) } }
}

/** The model with all metrics that are on of equal weight: what a weighting has to beat. */
export function equalWeights(model: HealthModel): HealthModel {
  return { ...model, metrics: model.metrics.map((metric) => (metric.on ? { ...metric, weight: 1 } : metric)) }
}

/**
 * The model with suggested weights, which add up to 100. Where only some are taken the others keep their share of what they
 * have today, on a total of 100.
 * @param suggested by id, of the metrics that count
 * @param ids those that are taken; all when left out
 */
export function takeWeights(
  model: HealthModel,
  suggested: ReadonlyMap<string, number>,
  ids: ReadonlySet<string> = new Set(suggested.keys()),
): HealthModel {
  if (ids.size === 0) return model
  const counting = model.metrics.filter(({ id }) => suggested.has(id))
  const total = counting.reduce((sum, { weight }) => sum + weight, 0)
  const ofHundred = (weight: number): number => (total === 0 ? weight : Math.round((10_000 * weight) / total) / 100)
  const metrics = model.metrics.map((metric) => {
    const taken = suggested.get(metric.id)
    if (taken === undefined) return metric
    const weight = ids.has(metric.id) ? taken : ofHundred(metric.weight)
    return weight === metric.weight ? metric : { ...metric, weight }
  })
  return metrics.every((metric, i) => metric === model.metrics[i]) ? model : { ...model, metrics }
}
