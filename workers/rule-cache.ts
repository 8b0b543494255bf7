import type { Table } from '../src/core/column/column'
import type { ImportReport } from '../src/core/column/import-report'
import { bindCondition, columnsOf } from '../src/core/formula/bind'
import { evaluateFormula } from '../src/core/formula/evaluate'
import type { Rule, RuleAction } from '../src/core/model/health-model'
import type { AsOf } from '../src/core/scoring/points'
import { hundredths } from '../src/core/scoring/scale'
import type { Handle, Scorer } from './scorer'

/** To whom a rule's condition applies. */
export interface Applied {
  /** 1 per customer for whom it is true. */
  readonly to: Uint8Array
  /** Customers for whom it has no value though nothing is missing: a division by zero. */
  readonly errors: number
}

/** What the rules of a model let everybody's score be: columns of the scorer, and a text that is alike when they are. */
export interface Clamp {
  readonly low: Handle
  readonly high: Handle
  readonly key: string
}

/** The rules of one data set: each condition is computed once, the limits again when a rule is another. */
export class RuleCache {
  readonly #table: () => Table
  readonly #columns: () => ImportReport['columns']
  readonly #scorer: Scorer
  readonly #applied = new Map<string, Applied>()
  #clamp: Clamp | undefined
  /** Rises when a condition is to be computed anew. */
  #version = 0

  constructor(table: () => Table, columns: () => ImportReport['columns'], scorer: Scorer) {
    this.#table = table
    this.#columns = columns
    this.#scorer = scorer
  }

  /** To whom a condition applies; to nobody where it cannot be read. */
  applied({ when }: Pick<Rule, 'when'>, asOf: AsOf | undefined): Applied {
    const known = this.#applied.get(when)
    if (known) return known
    const made = this.#apply(when, asOf)
    this.#applied.set(when, made)
    return made
  }

  #apply(when: string, asOf: AsOf | undefined): Applied {
    const to = new Uint8Array(this.#table().rows)
    const bound = bindCondition(when, this.#columns())
    if (!bound.ok) return { to, errors: 0 }
    const { values, errors } = evaluateFormula(bound.value, this.#table(), asOf)
    for (let row = 0; row < to.length; row++) to[row] = Number(values[row] === 1)
    return { to, errors }
  }

  /** The limits that rules set for everybody; undefined without a rule. Views of it are valid until it is asked for anew. */
  clamp(rules: readonly Rule[], asOf: AsOf | undefined): Clamp | undefined {
    if (rules.length === 0) return undefined
    const key = this.#keyOf(rules)
    if (this.#clamp?.key === key) return this.#clamp
    const { low, high } = this.#clamp ?? { low: this.#scorer.column(), high: this.#scorer.column() }
    const applied = rules.map((rule) => ({ to: this.applied(rule, asOf).to, then: rule.then }))
    const [floors, caps] = [this.#scorer.values(low).fill(0), this.#scorer.values(high).fill(10_000)]
    for (const { to, then } of applied) limit(to, then, floors, caps)
    this.#clamp = { low, high, key }
    return this.#clamp
  }

  #keyOf(rules: readonly Rule[]): string {
    return JSON.stringify([this.#version, ...rules.map(({ when, then }) => [when, then.kind, then.points])])
  }

  /** Whether the limits are those of these rules. */
  holds(rules: readonly Rule[]): boolean {
    return rules.length === 0 || this.#clamp?.key === this.#keyOf(rules)
  }

  /** Gives up the conditions that a model no longer has. */
  keep(rules: readonly Rule[]): void {
    const conditions = new Set(rules.map(({ when }) => when))
    for (const when of this.#applied.keys()) {
      if (conditions.has(when)) continue
      this.#applied.delete(when)
      // What it reads may be another by the time that it comes back.
      this.#version++
    }
  }

  /** Forgets the conditions that read columns which are others now, or could not be read without them. */
  forget(columns: ReadonlySet<string>): void {
    for (const when of this.#applied.keys()) {
      const bound = bindCondition(when, this.#columns())
      if (bound.ok && !columnsOf(bound.value).some((name) => columns.has(name))) continue
      this.#applied.delete(when)
      this.#version++
    }
  }

  /** Forgets everything: dates are counted from another day. */
  clear(): void {
    this.#applied.clear()
    this.#version++
    if (!this.#clamp) return
    this.#scorer.release(this.#clamp.low)
    this.#scorer.release(this.#clamp.high)
    this.#clamp = undefined
  }
}

function limit(to: Uint8Array, { kind, points }: RuleAction, floors: Uint16Array, caps: Uint16Array): void {
  const at = hundredths(points)
  for (let row = 0; row < to.length; row++) {
    if (to[row] === 0) continue
    if (kind !== 'cap' && floors[row]! < at) floors[row] = at
    if (kind !== 'floor' && caps[row]! > at) caps[row] = at
  }
}

/** The places of the rules that apply to a row. @param applied 1 per row, one list per rule */
export function applyingAt(rules: readonly Rule[], applied: readonly Uint8Array[], row: number): number[] {
  const places: number[] = []
  for (let place = 0; place < rules.length; place++) if (applied[place]![row] === 1) places.push(place)
  return places
}
