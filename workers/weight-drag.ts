import type { Handle, Scorer } from './scorer'
import type { KeyedPlan } from './weighed'

/**
 * Scores a plan that is edited step by step, and sees by itself when one metric's weight is moved time and again, as by
 * dragging its bar: the second time in a row it keeps everybody's num and den, and from then on adds to them what that
 * weight changes. Any other edit is a full pass, and the sums are kept no longer.
 */
export class WeightDrag {
  readonly #scorer: Scorer
  #last: KeyedPlan | undefined
  /** The metric whose weight alone the last edit moved, as its place in the plan. */
  #moved: number | undefined
  /** The plan that sums are kept of, but for the weight of the metric that moves. */
  #kept: { readonly plan: KeyedPlan; readonly metric: number } | undefined

  constructor(scorer: Scorer) {
    this.#scorer = scorer
  }

  /** Puts every customer's score into a column. */
  score(plan: KeyedPlan, out: Handle): void {
    if (!this.#rescore(plan, out)) this.#scoreAll(plan, out)
    this.#last = plan
  }

  #rescore(plan: KeyedPlan, out: Handle): boolean {
    if (!this.#kept) return false
    const { plan: kept, metric } = this.#kept
    if (!reweighed(kept, plan)?.every((each) => each === metric)) return false
    const { weights, minDen } = plan.runs[0]!
    this.#scorer.rescore({ metric, weight: weights[metric]!, minDen }, out)
    return true
  }

  #scoreAll(plan: KeyedPlan, out: Handle): void {
    const [moved, ...others] = (this.#last && reweighed(this.#last, plan)) ?? []
    const again = moved !== undefined && others.length === 0 && moved === this.#moved
    this.#moved = others.length === 0 ? moved : undefined
    this.#kept = undefined
    if (!again) this.#scorer.score(plan, out)
    else if (this.#scorer.scoreAndKeep(plan, out)) this.#kept = { plan, metric: moved }
  }
}

/** The metrics that weigh something else, where two plans weigh the same points of the same customers; undefined where they do not. */
function reweighed(before: KeyedPlan, after: KeyedPlan): number[] | undefined {
  const [a, b] = [before.runs[0], after.runs[0]]
  const alike =
    a?.start === b?.start &&
    a?.customers === b?.customers &&
    before.runs.length === 1 &&
    after.runs.length === 1 &&
    before.clampKey === after.clampKey &&
    before.versions.length === after.versions.length &&
    before.versions.every((version, metric) => version === after.versions[metric])
  if (!alike || !a || !b) return undefined
  return [...a.weights.keys()].filter((metric) => a.weights[metric] !== b.weights[metric])
}
