import { calibrate, chances, type Calibration, type NoCalibration } from '../../src/core/backtest/calibration'
import type { SetEvaluation } from '../../src/core/backtest/evaluation'
import { groupFigures } from '../../src/core/backtest/group-figures'
import { metricPower, type MetricPower } from '../../src/core/backtest/metric-power'
import { migration } from '../../src/core/backtest/migration'
import { misses, type Missed } from '../../src/core/backtest/misses'
import { changedTier } from '../../src/core/backtest/moves'
import {
  PARTS,
  partHistogram,
  scoreRisks,
  type Part,
  type ScoreHistogram,
} from '../../src/core/backtest/score-histogram'
import type { Interval } from '../../src/core/backtest/wilson'
import type { Economics } from '../../src/core/backtest/net-value'
import { columnNamed } from '../../src/core/column/column'
import type { HealthModel } from '../../src/core/model/health-model'
import { actingCut } from '../../src/core/model/tier'
import type { Result } from '../../src/core/result'
import type { Baseline } from '../baseline'
import type { Evaluator } from '../evaluator'
import type { Scored } from '../weighed'
import type {
  BacktestAnswer,
  BacktestRequest,
  Comparison,
  DateFigures,
  MissedCustomer,
  MissedCustomers,
  PowerOfMetric,
  Segments,
} from './backtest-api'
import { bestValueDifference, cutDifferences, netValueInterval } from './cut-differences'
import { JudgedData } from './judged-data'

/** Missed customers that are listed of each kind. */
const MOST_MISSED = 100

/**
 * The quick passes over the rows of one data set, each done again only when what it is made of is another: scores, cuts,
 * points, or who is judged. They answer before the next frame or two; what takes longer is `longPass`.
 */
export class QuickPass {
  readonly #evaluator: Evaluator
  #judged: JudgedData | undefined
  /** Whom the kept comparisons are with. */
  #pinned: Baseline | undefined
  readonly #kept = new Map<string, { readonly key: string; readonly value: unknown }>()
  readonly #calibrations = new WeakMap<ScoreHistogram, Result<Calibration, NoCalibration>>()

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator
  }

  /** The customers as a model's roles see them, with what is kept of them. */
  judged(model: HealthModel): JudgedData {
    const customers = this.#evaluator.customers(model)
    if (this.#judged?.customers !== customers) {
      this.#judged = new JudgedData(customers, model)
      this.#kept.clear()
    }
    return this.#judged
  }

  answer({ model, part, revision }: BacktestRequest): BacktestAnswer {
    const started = performance.now()
    this.judged(model)
    const set = this.#evaluator.evaluate(model)
    const scored = this.#evaluator.scored(model)
    const [comparison, segments, dates] = [
      this.#comparison(model, part, scored),
      this.#segments(model, part, scored),
      this.#dates(model, part, scored),
    ]
    const netValue = this.#netValue(model, part, scored)
    return {
      ...{ revision, part, set },
      ...(comparison && { comparison }),
      ...(segments && { segments }),
      power: this.power(model, part),
      ...(dates && { dates }),
      misses: this.#misses(model, part, scored),
      ...(netValue && { netValue }),
      milliseconds: performance.now() - started,
    }
  }

  /** What each metric tells alone, and whether it may know the answer. */
  power(model: HealthModel, part: Part): Map<string, PowerOfMetric> {
    const data = this.judged(model)
    const found = new Map<string, PowerOfMetric>()
    for (const metric of model.metrics) {
      const column = columnNamed(this.#evaluator.table, metric.column)
      if (!column || column.kind === 'text') continue
      const { column: points, version } = this.#evaluator.pointsOf(metric)
      const power = this.#keep(`power ${part} ${metric.id}`, `${version}`, (): MetricPower =>
        metricPower(this.#evaluator.scorer.values(points), data.outcome(part), model.objective),
      )
      const leak = data.leak(column)
      found.set(metric.id, { ...power, ...(leak && { leak }) })
    }
    return found
  }

  #segments(model: HealthModel, part: Part, { key, scores }: Scored): Segments | undefined {
    const data = this.judged(model)
    const segments = data.segments(part)
    if (!segments) return undefined
    const { column, names, rows, others } = segments
    const cut = actingCut(model)
    return this.#keep(`segments ${part}`, `${cut} ${key}`, () => {
      const values = this.#evaluator.scorer.values(scores)
      const groups = groupFigures(values, data.groupedOutcomes(part), rows, { cut, objective: model.objective })
      return { column, groups: groups.map((figures, i) => ({ ...figures, name: names[i]! })), others }
    })
  }

  #dates(model: HealthModel, part: Part, { key, scores }: Scored): DateFigures[] | undefined {
    const data = this.judged(model)
    const dates = data.dates(part)
    if (!dates) return undefined
    const { days, rows } = dates
    const cut = actingCut(model)
    return this.#keep(`dates ${part}`, `${cut} ${key}`, () => {
      const values = this.#evaluator.scorer.values(scores)
      const groups = groupFigures(values, data.groupedOutcomes(part), rows, { cut, objective: model.objective })
      return groups.map((figures, i) => ({ ...figures, day: days[i]! }))
    })
  }

  #netValue(model: HealthModel, part: Part, { key, scores }: Scored): Interval | undefined {
    const data = this.judged(model)
    const economics = economicsOf(model, data)
    if (!economics) return undefined
    const cut = actingCut(model)
    return this.#keep(`value ${part}`, `${JSON.stringify([economics, cut])} ${key}`, () =>
      netValueInterval(
        { a: this.#evaluator.scorer.values(scores), data, part, objective: model.objective, economics },
        cut,
      ),
    )
  }

  #misses(model: HealthModel, part: Part, { key, scores, histogram }: Scored): BacktestAnswer['misses'] {
    const data = this.judged(model)
    return this.#keep(`misses ${part}`, `${JSON.stringify(model.tiers)} ${key}`, () => {
      const values = this.#evaluator.scorer.values(scores)
      const { missed, spared } = misses(
        { scores: values, ...data.outcomes(part), counted: partHistogram(histogram, part, 'churn') },
        model,
        MOST_MISSED,
      )
      return { missed: listed(missed, data, values), spared: listed(spared, data, values) }
    })
  }

  #comparison(model: HealthModel, part: Part, scored: Scored): Comparison | undefined {
    const { baseline } = scored
    if (!baseline) return undefined
    const { tiers, actBelow, economics } = model
    const { tiers: theirs, actBelow: theirAct } = baseline.pinned.model
    const key = `${JSON.stringify([tiers, actBelow, economics, theirs, theirAct])} ${scored.key}`
    if (this.#pinned !== baseline.pinned) for (const each of PARTS) this.#kept.delete(`comparison ${each}`)
    this.#pinned = baseline.pinned
    return this.#keep(`comparison ${part}`, key, () => this.#compare(model, part, scored.scores, baseline))
  }

  #compare(
    model: HealthModel,
    part: Part,
    scores: Scored['scores'],
    { pinned, against }: NonNullable<Scored['baseline']>,
  ): Comparison {
    const { objective, tiers } = model
    const data = this.judged(model)
    const paired = pinned.paired(scores, against, part, objective)
    const [ofA, ofB] = [this.calibration(against.histogram, model), this.calibration(pinned.histogram, model)]
    const brier =
      ofA.ok && ofB.ok
        ? pinned.brier(
            scores,
            paired,
            { a: chancesOf(ofA.value, model), b: chancesOf(ofB.value, model) },
            part,
            objective,
          )
        : undefined
    const values = this.#evaluator.scorer.values(scores)
    const economics = economicsOf(model, data)
    const both = { a: values, b: pinned.scores, data, part, objective, economics }
    const best = bestValueDifference(both, { a: against.histogram, b: pinned.histogram })
    return {
      ...{ name: pinned.model.name, a: paired.a, b: paired.b, auc: paired.difference },
      set: this.#setOf(pinned.histogram),
      ...cutDifferences(both, { cutA: actingCut(model), cutB: actingCut(pinned.model) }),
      ...(brier && { brier }),
      ...(best && { bestValue: best }),
      migration: migration(
        { scores: pinned.scores, tiers: pinned.model.tiers },
        { scores: values, tiers },
        data.revenue,
      ),
      changedTier: changedTier(against.moves, tiers, this.#evaluator.table.rows),
      tiers: pinned.model.tiers.map(({ name }) => name),
    }
  }

  #setOf(histogram: ScoreHistogram): SetEvaluation {
    const { ids, outcomeCounts } = this.#judged!.customers
    return { customers: this.#evaluator.table.rows, histogram, ids, ...(outcomeCounts && { outcomes: outcomeCounts }) }
  }

  /** What scores say of the chance, of the training part of counts. */
  calibration(histogram: ScoreHistogram, { objective }: HealthModel): Result<Calibration, NoCalibration> {
    const known = this.#calibrations.get(histogram)
    if (known) return known
    const made = calibrate(partHistogram(histogram, 'training', objective), scoreRisks(objective))
    this.#calibrations.set(histogram, made)
    return made
  }

  /** What was made of the same, or what is made now. */
  #keep<Value>(name: string, key: string, make: () => Value): Value {
    const known = this.#kept.get(name)
    if (known?.key === key) return known.value as Value
    const value = make()
    this.#kept.set(name, { key, value })
    return value
  }
}

function chancesOf(calibration: Calibration, { objective }: HealthModel): Float64Array {
  return chances(calibration, scoreRisks(objective))
}

function listed({ customers, rows }: Missed, data: JudgedData, scores: Uint16Array): MissedCustomers {
  const first = rows.map((row): MissedCustomer => {
    const [name, revenue] = [data.nameAt(row), data.revenue?.[row]]
    return {
      ...{ row, id: data.idAt(row), score: scores[row]! / 100 },
      ...(name !== undefined && { name }),
      ...(revenue !== undefined && { revenue: revenue / 100 }),
    }
  })
  return { customers, first }
}

/** Undefined where no value can be worked out: one by revenue does not exist where no revenue is known. */
function economicsOf({ economics }: HealthModel, { revenue }: JudgedData): Economics | undefined {
  return economics?.value.kind === 'amount' || revenue ? economics : undefined
}
