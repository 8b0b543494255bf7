import type { ColumnType } from '../column/column'
import { dayOf } from '../column/date-text'
import type { ManualColumn } from '../manual/manual-column'
import { decodeManual, WrongManual } from '../manual/manual-file'
import type { Recipe } from '../recipe/recipe'
import { decodeRecipe, WrongRecipe } from '../recipe/recipe-file'
import type { Economics } from '../backtest/net-value'
import { isPlainObject, isReserved, unknownFields, type PlainObject } from './json'
import { METRIC_KEYS, MODEL_KEYS, RULE_KEYS } from './model-keys'
import {
  IMPORTANCES,
  RULE_ACTIONS,
  SPLITS,
  type Band,
  type ExpectedColumn,
  type HealthModel,
  type Holdout,
  type Knot,
  type Metric,
  type Outcome,
  type Roles,
  type Rule,
  type RuleAction,
  type Scale,
  type Suspect,
  type Tier,
  type ValuePoints,
} from './health-model'

const TYPES = ['number', 'boolean', 'category', 'date', 'text'] as const satisfies readonly ColumnType[]

/**
 * Takes a model out of parsed JSON, field by field into fresh objects. It remembers the first thing that is wrong and
 * where; what it gives then is not to be used.
 */
export class ModelDecoder {
  /** What is wrong, with its place in words; undefined while nothing is. */
  wrong: string | undefined
  #place = ''

  model(file: PlainObject): HealthModel {
    const metrics = this.#list(file['metrics'], 'metrics', (each) => this.#metric(each))
    const rules = file['rules'] === undefined ? [] : this.#list(file['rules'], 'rules', (each) => this.#rule(each))
    const manual = this.#list(file['manualColumns'] ?? [], 'manualColumns', (each) => this.#manual(each))
    this.#distinct('metrics', metrics)
    this.#distinct('manualColumns', manual)
    this.#distinct('rules', rules)
    const asOf = file['asOf'] === undefined ? undefined : this.#day(file['asOf'], 'asOf')
    const actBelow = file['actBelow'] === undefined ? undefined : this.#text(file['actBelow'], 'actBelow')
    const recipe = file['recipe'] === undefined ? undefined : this.#recipe(file['recipe'])
    return {
      name: this.#text(file['name'], 'name'),
      notes: file['notes'] === undefined ? '' : this.#text(file['notes'], 'notes'),
      objective: this.#oneOf(file['objective'], ['churn', 'expand'] as const, 'objective'),
      roles: this.#roles(file['roles']),
      ...(asOf !== undefined && { asOf }),
      columns: this.#list(file['columns'], 'columns', (each) => this.#column(each)),
      ...(recipe && { recipe }),
      manual,
      metrics,
      rules,
      tiers: this.#list(file['tiers'], 'tiers', (each) => this.#tier(each)),
      ...(actBelow !== undefined && { actBelow }),
      minCoverage: this.#number(file['minCoverage'], 'minCoverage', 0, 100),
      holdout: this.#holdout(file['holdout']),
      ...(file['economics'] !== undefined && { economics: this.#economics(file['economics']) }),
      ...(file['capacity'] !== undefined && { capacity: this.#whole(file['capacity'], 'capacity') }),
      ...unknownFields(file, MODEL_KEYS),
    }
  }

  #holdout(value: unknown): Holdout {
    const file = this.#object(value, 'holdout')
    const looked = file['looked'] === undefined ? [] : file['looked']
    if (!Array.isArray(looked)) this.#fail('holdout, looked', 'a list is expected')
    const known: unknown[] = Array.isArray(looked) ? looked : []
    return {
      seed: this.#whole(file['seed'], 'holdout, seed'),
      ...(file['by'] !== undefined && { by: this.#oneOf(file['by'], SPLITS, 'holdout, by') }),
      looks: this.#whole(file['looks'], 'holdout, looks'),
      ...(known.length > 0 && { looked: known.map((each) => this.#text(each, 'holdout, looked')) }),
    }
  }

  #economics(value: unknown): Economics {
    const file = this.#object(value, 'economics')
    const { amount, months } = this.#object(file['value'], 'economics, value')
    return {
      cost: this.#number(file['cost'], 'economics, cost', 0, Infinity),
      saveRate: this.#number(file['saveRate'], 'economics, saveRate', 0, 1),
      value:
        months === undefined
          ? { kind: 'amount', amount: this.#number(amount, 'economics, value, amount', 0, Infinity) }
          : { kind: 'revenue', months: this.#number(months, 'economics, value, months', 0, Infinity) },
    }
  }

  #recipe(value: unknown): Recipe | undefined {
    return this.#decoded(() => decodeRecipe(value))
  }

  #manual(value: unknown): ManualColumn {
    return this.#decoded(() => decodeManual(value)) ?? { id: '', name: '', kind: 'number' }
  }

  /** What another file decodes; undefined where it refuses. */
  #decoded<Part>(decode: () => Part): Part | undefined {
    try {
      return decode()
    } catch (error) {
      if (error instanceof WrongManual) this.#fail(error.where, error.message)
      else if (error instanceof WrongRecipe) this.#fail('recipe', error.message.replace(/\.$/, ''))
      else throw error
      return undefined
    }
  }

  #metric(value: unknown): Metric {
    const file = this.#object(value, '')
    const id = this.#id(file['id'])
    return {
      id,
      name: this.#text(file['name'], 'name'),
      category: this.#text(file['category'], 'category'),
      on: this.#flag(file['on'], 'on'),
      importance: this.#oneOf(file['importance'], IMPORTANCES, 'importance'),
      column: this.#text(file['column'], 'column'),
      scale: this.#scale(file['scale']),
      ...this.#marks(file),
      missing: file['missing'] === 'skip' ? 'skip' : this.#number(file['missing'], 'missing', 0, 100),
      weight: this.#number(file['weight'], 'weight', 0, 100),
      ...(file['suspect'] !== undefined && { suspect: this.#suspect(file['suspect']) }),
      ...unknownFields(file, METRIC_KEYS),
    }
  }

  #id(value: unknown): string {
    if (isReserved(value)) this.#fail('id', `“${value}” cannot be an id`)
    return this.#text(value, 'id')
  }

  #rule(value: unknown): Rule {
    const file = this.#object(value, '')
    return {
      id: this.#id(file['id']),
      name: this.#text(file['name'], 'name'),
      on: this.#flag(file['on'], 'on'),
      when: this.#text(file['when'], 'when'),
      then: this.#action(file['then']),
      reason: this.#text(file['reason'], 'reason'),
      ...unknownFields(file, RULE_KEYS),
    }
  }

  #action(value: unknown): RuleAction {
    const file = this.#object(value, 'then')
    const kind = RULE_ACTIONS.find((each) => file[each] !== undefined)
    if (kind) return { kind, points: this.#number(file[kind], `then, ${kind}`, 0, 100) }
    this.#fail('then', `one of ${RULE_ACTIONS.join(', ')} is expected`)
    return { kind: 'cap', points: 0 }
  }

  #marks(file: PlainObject): Pick<Metric, 'red' | 'green'> {
    const mark = (name: 'red' | 'green'): number | string => {
      const value = file[name]
      if (typeof value === 'string') return value
      return this.#number(value, name, -Infinity, Infinity)
    }
    return {
      ...(file['red'] !== undefined && { red: mark('red') }),
      ...(file['green'] !== undefined && { green: mark('green') }),
    }
  }

  #suspect(value: unknown): Suspect {
    const file = this.#object(value, 'suspect')
    return {
      reason: this.#text(file['reason'], 'suspect, reason'),
      checked: this.#flag(file['checked'], 'suspect, checked'),
    }
  }

  #scale(value: unknown): Scale {
    const file = this.#object(value, 'scale')
    if (Array.isArray(file['curve'])) return { kind: 'curve', knots: file['curve'].map((knot) => this.#knot(knot)) }
    if (Array.isArray(file['bands'])) return { kind: 'bands', bands: file['bands'].map((band) => this.#band(band)) }
    if (isPlainObject(file['values'])) {
      const otherwise = file['otherwise']
      return {
        kind: 'values',
        values: Object.entries(file['values']).map(([text, points]): ValuePoints => ({
          value: text,
          points: this.#points(points),
        })),
        otherwise: otherwise === 'missing' ? 'missing' : this.#points(otherwise),
      }
    }
    this.#fail('scale', 'it has no curve, bands or values')
    return { kind: 'curve', knots: [] }
  }

  #knot(value: unknown): Knot {
    const pair: unknown[] = Array.isArray(value) ? value : []
    return { x: this.#number(pair[0], 'scale', -Infinity, Infinity), points: this.#points(pair[1]) }
  }

  #band(value: unknown): Band {
    const { below, points } = this.#object(value, 'scale')
    return {
      ...(below !== undefined && { below: this.#number(below, 'scale', -Infinity, Infinity) }),
      points: this.#points(points),
    }
  }

  #points(value: unknown): number {
    return this.#number(value, 'scale', 0, 100)
  }

  #column(value: unknown): ExpectedColumn {
    const file = this.#object(value, '')
    return { name: this.#text(file['name'], 'name'), type: this.#oneOf(file['type'], TYPES, 'type') }
  }

  #tier(value: unknown): Tier {
    const file = this.#object(value, '')
    return { name: this.#text(file['name'], 'name'), from: this.#number(file['from'], 'from', 0, 100) }
  }

  #roles(value: unknown): Roles {
    const file = this.#object(value, 'roles')
    const simple = ['id', 'name', 'revenue', 'segment', 'snapshot'] as const
    const given = simple.filter((role) => file[role] !== undefined)
    return {
      ...Object.fromEntries(given.map((role) => [role, this.#text(file[role], `roles, ${role}`)])),
      ...(file['outcome'] !== undefined && { outcome: this.#outcome(file['outcome']) }),
    }
  }

  #outcome(value: unknown): Outcome {
    const file = this.#object(value, 'roles, outcome')
    const column = this.#text(file['column'], 'roles, outcome, column')
    if (file['event'] === undefined) {
      return {
        column,
        gap: this.#whole(file['gap'], 'roles, outcome, gap'),
        horizon: this.#whole(file['horizon'], 'roles, outcome, horizon'),
        observedUntil: this.#day(file['observedUntil'], 'roles, outcome, observedUntil'),
      }
    }
    const leaveOut: unknown[] = Array.isArray(file['leaveOut']) ? file['leaveOut'] : []
    return {
      column,
      event: this.#text(file['event'], 'roles, outcome, event'),
      leaveOut: leaveOut.map((text) => this.#text(text, 'roles, outcome, leaveOut')),
    }
  }

  #distinct(what: string, all: readonly { readonly id: string; readonly name: string }[]): void {
    const ids = new Set<string>()
    for (const { id, name } of all) {
      if (ids.has(id)) this.#fail(what, `two have the id “${id}”, one of them is “${name}”`)
      ids.add(id)
    }
  }

  #list<Item>(value: unknown, what: string, read: (each: unknown) => Item): Item[] {
    if (!Array.isArray(value)) {
      this.#fail(what, 'a list is expected')
      return []
    }
    return value.map((each: unknown, i) => {
      const name = isPlainObject(each) && typeof each['name'] === 'string' ? ` (“${each['name'].slice(0, 60)}”)` : ''
      this.#place = `${what}, row ${i + 1}${name}`
      const item = read(each)
      this.#place = ''
      return item
    })
  }

  #object(value: unknown, what: string): PlainObject {
    if (isPlainObject(value)) return value
    this.#fail(what, 'an object is expected')
    return {}
  }

  #text(value: unknown, what: string): string {
    if (typeof value === 'string') return value
    this.#fail(what, 'a text is expected')
    return ''
  }

  #flag(value: unknown, what: string): boolean {
    if (typeof value === 'boolean') return value
    this.#fail(what, 'true or false is expected')
    return false
  }

  #number(value: unknown, what: string, least: number, most: number): number {
    if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value
    const end = Number.isFinite(most) ? ` from ${least} to ${most}` : ` of at least ${least}`
    const range = Number.isFinite(least) ? end : ''
    this.#fail(what, `a number${range} is expected`)
    return 0
  }

  #whole(value: unknown, what: string): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
    this.#fail(what, 'a whole number is expected')
    return 0
  }

  #day(value: unknown, what: string): string {
    if (typeof value === 'string' && !Number.isNaN(dayOf(value))) return value
    this.#fail(what, 'a day such as 2026-06-30 is expected')
    return ''
  }

  #oneOf<Value extends string>(value: unknown, allowed: readonly Value[], what: string): Value {
    const found = allowed.find((each) => each === value)
    if (found !== undefined) return found
    this.#fail(what, `one of ${allowed.join(', ')} is expected`)
    return allowed[0]!
  }

  #fail(what: string, why: string): void {
    const place = [this.#place, what].filter((part) => part !== '').join(', ')
    this.wrong ??= `${place}: ${why}.`
  }
}
