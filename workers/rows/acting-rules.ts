import type { Rule } from '../../src/core/model/health-model'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { firstThatActed, ruleSteps, together, type RuleStep, type Together } from '../../src/core/scoring/rules'

/** In `first`, of a row on which no rule acted. */
export const NO_RULE = 65_535

/** Rules that apply to some customers together. */
interface Applying {
  /** Their places among all rules. */
  readonly places: readonly number[]
  readonly together: Together
  /** By the place of one more rule, those that apply with it; where there was such a customer. */
  readonly with: (Applying | undefined)[]
}

/** The rules that acted on each customer. Which of them apply together is one of few cases, each looked into once. */
export class ActingRules {
  readonly #rules: readonly Rule[]
  readonly #applied: readonly Uint8Array[]
  readonly #means: Uint16Array
  readonly #none: Applying = { places: [], together: together([]), with: [] }

  /** @param applied 1 per row, one list per rule; @param means everybody's score without rules */
  constructor(rules: readonly Rule[], applied: readonly Uint8Array[], means: Uint16Array) {
    this.#rules = rules
    this.#applied = applied
    this.#means = means
  }

  /** By their place among the rules, and how far each moved the score. */
  steps(row: number): RuleStep[] {
    const mean = this.#means[row]!
    if (mean === NOT_SCORED) return []
    const { places, together } = this.#applyingAt(row)
    return ruleSteps(mean, together).map(({ rule, step }) => ({ rule: places[rule]!, step }))
  }

  /** The place of the first rule that acted, per row; NO_RULE where none did. */
  first(): Uint16Array {
    const first = new Uint16Array(this.#means.length).fill(NO_RULE)
    for (let row = 0; row < first.length; row++) {
      const mean = this.#means[row]!
      if (mean === NOT_SCORED) continue
      const { places, together } = this.#applyingAt(row)
      const acted = firstThatActed(mean, together)
      if (acted >= 0) first[row] = places[acted]!
    }
    return first
  }

  #applyingAt(row: number): Applying {
    let applying = this.#none
    for (let rule = 0; rule < this.#applied.length; rule++)
      if (this.#applied[rule]![row] === 1) applying = applying.with[rule] ??= this.#add(applying, rule)
    return applying
  }

  #add({ places }: Applying, rule: number): Applying {
    const all = [...places, rule]
    return { places: all, together: together(all.map((place) => this.#rules[place]!.then)), with: [] }
  }
}
