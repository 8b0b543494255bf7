import type { ColumnType } from '../column/column'
import { dayOf } from '../column/date-text'
import { nearestName } from '../model/nearest-name'
import { failure, success, type Result } from '../result'
import type { FormulaProblem } from './formula-problem'
import {
  FLEXIBLE,
  FUNCTIONS,
  isFixed,
  isFlexible,
  SIGNATURES,
  type FixedFunction,
  type FlexibleFunction,
  type FormulaType,
} from './functions'
import { parseFormula, type Binary, type Place, type Tree } from './parse'

/** What is computed: an operator by its sign, a function by its name. */
export type Step = Binary | 'negate' | 'percent' | FixedFunction | FlexibleFunction

/** A formula whose columns are there and whose types fit; what is computed of what. */
export type Bound = Place & { readonly type: FormulaType } & (
    | { readonly kind: 'constant'; readonly value: number | string }
    /** A column read as `type`: a boolean one may be read as text, as written. */
    | { readonly kind: 'column'; readonly name: string; readonly of: ColumnType }
    | { readonly kind: 'step'; readonly step: Step; readonly values: readonly Bound[] }
  )

const TYPE_WORDS: Readonly<Record<FormulaType, string>> = {
  number: 'a number',
  text: 'a text',
  boolean: 'true or false',
  date: 'a date',
}

/**
 * Reads a formula over columns of these types. A problem has its position and says what was expected; a column that is
 * not there comes with the nearest name.
 * @param formula as typed, with or without the leading =
 */
export function bindFormula(
  formula: string,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): Result<Bound, FormulaProblem> {
  const tree = parseFormula(formula)
  if (!tree.ok) return tree
  try {
    return success(new Binder(columns).bind(tree.value))
  } catch (error) {
    if (error instanceof Misfit) return failure(error.problem)
    throw error
  }
}

/** The same for a formula that must come to true or false. */
export function bindCondition(
  formula: string,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): Result<Bound, FormulaProblem> {
  const bound = bindFormula(formula, columns)
  if (!bound.ok || bound.value.type === 'boolean') return bound
  const { at, length, type } = bound.value
  const expected = 'a comparison, such as [Logins] < 3,'
  return failure({ kind: 'wrong type', at, length, expected, found: TYPE_WORDS[type] })
}

/** Names of the columns that a formula reads, each once. */
export function columnsOf(bound: Bound): string[] {
  if (bound.kind === 'column') return [bound.name]
  return bound.kind === 'step' ? [...new Set(bound.values.flatMap(columnsOf))] : []
}

class Misfit extends Error {
  readonly problem: FormulaProblem
  constructor(problem: FormulaProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

class Binder {
  readonly #columns: readonly { readonly name: string; readonly type: ColumnType }[]

  constructor(columns: readonly { readonly name: string; readonly type: ColumnType }[]) {
    this.#columns = columns
  }

  bind(tree: Tree): Bound {
    const { at, length } = tree
    switch (tree.kind) {
      case 'number':
      case 'text':
        return { kind: 'constant', type: tree.kind, value: tree.value, at, length }
      case 'boolean':
        return { kind: 'constant', type: 'boolean', value: Number(tree.value), at, length }
      case 'column':
        return this.#column(tree.name, tree)
      case 'negate':
      case 'percent':
        return step(tree.kind, 'number', [as('number', this.bind(tree.of))], tree)
      case 'binary':
        return this.#binary(tree.operator, this.bind(tree.left), this.bind(tree.right), tree)
      case 'call':
        return this.#call(
          tree.name,
          tree.values.map((value) => this.bind(value)),
          tree,
        )
    }
  }

  #column(name: string, { at, length }: Place): Bound {
    const column = this.#columns.find((each) => each.name === name)
    if (column) {
      const type = column.type === 'category' ? 'text' : column.type
      return { kind: 'column', type, name, of: column.type, at, length }
    }
    const nearest = nearestName(
      name,
      this.#columns.map((each) => each.name),
    )
    throw new Misfit({ kind: 'no such column', column: name, ...(nearest !== undefined && { nearest }), at, length })
  }

  #binary(operator: Binary, left: Bound, right: Bound, place: Place): Bound {
    switch (operator) {
      case '=':
      case '<>':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return step(operator, 'boolean', alike([left, right]), place)
      case '&':
        return step(operator, 'text', [as('text', left), as('text', right)], place)
      default:
        return step(operator, 'number', [as('number', left), as('number', right)], place)
    }
  }

  #call(name: string, values: readonly Bound[], place: Place): Bound {
    if (isFixed(name)) {
      const { takes, gives, least, most } = SIGNATURES[name]
      checkCount(name, values.length, least, most, place)
      const typed = values.map((value, i) => as(takes[Math.min(i, takes.length - 1)]!, value))
      return step(name, gives, typed, place)
    }
    if (isFlexible(name)) {
      checkCount(name, values.length, FLEXIBLE[name].least, FLEXIBLE[name].most, place)
      return flexible(name, values, place)
    }
    const nearest = nearestName(name, FUNCTIONS)
    const { at } = place
    throw new Misfit({
      ...{ kind: 'no such function', name, at, length: name.length },
      ...(nearest !== undefined && { nearest }),
    })
  }
}

function step(name: Step, type: FormulaType, values: readonly Bound[], { at, length }: Place): Bound {
  return { kind: 'step', step: name, type, values, at, length }
}

function flexible(name: FlexibleFunction, values: readonly Bound[], place: Place): Bound {
  switch (name) {
    case 'ISBLANK':
      return step(name, 'boolean', values, place)
    case 'IN':
      return step(name, 'boolean', alike(values), place)
    case 'IF': {
      const [condition, ...branches] = values
      const typed = alike(branches)
      return step(name, typed[0]!.type, [as('boolean', condition!), ...typed], place)
    }
    case 'IFS': {
      if (values.length % 2 === 1) {
        const given = values.length
        const { at, length } = place
        const takes = 'a condition and a value, again and again'
        throw new Misfit({ kind: 'number of values', name, takes, given, at, length })
      }
      const typed = alike(values.filter((_, i) => i % 2 === 1))
      const paired = values.map((value, i) => (i % 2 === 0 ? as('boolean', value) : typed[(i - 1) / 2]!))
      return step(name, typed[0]!.type, paired, place)
    }
    default: {
      const typed = alike(values)
      return step(name, typed[0]!.type, typed, place)
    }
  }
}

function checkCount(name: string, given: number, least: number, most: number, { at, length }: Place): void {
  if (given >= least && given <= most) return
  const values = (count: number): string => (count === 1 ? '1 value' : `${count} values`)
  const takes =
    most === Infinity ? `at least ${values(least)}` : least === most ? values(least) : `${least} to ${values(most)}`
  throw new Misfit({ kind: 'number of values', name, takes, given, at, length })
}

/** The values as one type, which is that of the first that leaves no choice. */
function alike(values: readonly Bound[]): Bound[] {
  const types = new Set(values.map(({ type }) => type))
  if (types.size === 1) return [...values]
  const [type] = (['date', 'text', 'number'] as const).filter((each) => types.has(each))
  return values.map((value) => as(type ?? values[0]!.type, value))
}

/**
 * A value as another type, where that is without doubt: true is 1 and false 0, a column of yes and no may be compared
 * with what is written in it, and a day such as "2026-06-30" with a date.
 */
function as(type: FormulaType, value: Bound): Bound {
  if (value.type === type) return value
  if (type === 'number' && value.type === 'boolean') return { ...value, type }
  if (type === 'text' && value.kind === 'column' && value.of === 'boolean') return { ...value, type }
  if (type === 'date' && value.kind === 'constant' && typeof value.value === 'string') {
    const day = dayOf(value.value)
    if (!Number.isNaN(day)) return { ...value, type, value: day }
  }
  const { at, length } = value
  const expected = type === 'boolean' ? 'a comparison, or true or false,' : TYPE_WORDS[type]
  throw new Misfit({ kind: 'wrong type', at, length, expected, found: TYPE_WORDS[value.type] })
}
