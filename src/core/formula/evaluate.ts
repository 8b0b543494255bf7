import { columnNamed, MISSING_CODE, textAt, type Column, type Table } from '../column/column'
import type { AsOf } from '../scoring/points'
import type { Bound, Step } from './bind'
import { numberStep, type NumberStep } from './number-steps'
import { codePoints, compareTexts, contains, left, lower } from './text-steps'

/** Rows that are computed at once: small enough for the cache, large enough that the steps between do not count. */
const CHUNK = 1024

/** A formula's value for every customer. */
export interface Computed {
  /** Numbers as they are, days since 1970-01-01, 0 and 1 of a condition; NaN is missing. */
  readonly values: Float64Array
  /** Customers without a value because something has none: a division by zero, the root of −1. */
  readonly errors: number
}

/**
 * Computes a formula that comes to a number, a date or a condition over whole columns (scoring.md, Formulas). Missing
 * in gives missing out, but for ISBLANK, COALESCE, IFERROR, the branch of IF that is not taken, and AND and OR where the
 * other side decides. What is not a finite number is missing.
 */
export function evaluateFormula(formula: Bound, table: Table, asOf: AsOf | undefined): Computed {
  const context: Context = { table, asOf, failed: new Uint8Array(CHUNK) }
  const numbers = numbersOf(formula, context)
  const values = new Float64Array(table.rows)
  let errors = 0
  for (let from = 0; from < table.rows; from += CHUNK) {
    const count = Math.min(CHUNK, table.rows - from)
    context.failed.fill(0)
    const chunk = numbers(from, count)
    for (let i = 0; i < count; i++) errors += Number(Number.isNaN(chunk[i]) && context.failed[i] === 1)
    values.set(chunk.subarray(0, count), from)
  }
  return { values, errors }
}

interface Context {
  readonly table: Table
  readonly asOf: AsOf | undefined
  /** 1 for rows of the chunk at which a step had all it needs and no value to give. */
  readonly failed: Uint8Array
}

type Numbers = (from: number, count: number) => Float64Array
type Texts = (from: number, count: number) => readonly (string | undefined)[]

function numbersOf(bound: Bound, context: Context): Numbers {
  switch (bound.kind) {
    case 'constant': {
      const same = new Float64Array(CHUNK).fill(Number(bound.value))
      return () => same
    }
    case 'column':
      return columnNumbers(columnNamed(context.table, bound.name))
    case 'step':
      return stepNumbers(bound.step, bound.values, context)
  }
}

function columnNumbers(column: Column | undefined): Numbers {
  const out = new Float64Array(CHUNK).fill(NaN)
  if (!column || column.kind === 'text') return () => out
  if (column.kind === 'float') {
    const { values } = column
    return (from, count) => {
      out.set(values.subarray(from, from + count))
      return out
    }
  }
  const { codes, dictionary } = column
  const ofCode = new Float64Array(MISSING_CODE + 1).fill(NaN)
  ofCode.set(dictionary.values)
  return (from, count) => {
    for (let i = 0; i < count; i++) out[i] = ofCode[codes[from + i]!]!
    return out
  }
}

function textsOf(bound: Bound, context: Context): Texts {
  switch (bound.kind) {
    case 'constant': {
      const same = new Array<string>(CHUNK).fill(String(bound.value))
      return () => same
    }
    case 'column':
      return columnTexts(columnNamed(context.table, bound.name))
    case 'step':
      return stepTexts(bound.step, bound.values, context)
  }
}

/** An empty cell has no text. */
function columnTexts(column: Column | undefined): Texts {
  const out = new Array<string | undefined>(CHUNK)
  if (!column) return () => out.fill(undefined)
  return (from, count) => {
    for (let i = 0; i < count; i++) out[i] = filledText(column, from + i)
    return out
  }
}

function filledText(column: Column, row: number): string | undefined {
  if (column.kind === 'coded') {
    const code = column.codes[row]!
    // A word such as "n/a" is missing, though it is written.
    return code === MISSING_CODE || Number.isNaN(column.dictionary.values[code])
      ? undefined
      : column.dictionary.texts[code]
  }
  return textAt(column, row) || undefined
}

function stepNumbers(step: Step, values: readonly Bound[], context: Context): Numbers {
  const special = specialStep(step, values, context)
  if (special) return special
  if (step === 'IF' || step === 'IFS')
    return choose(
      branches(values, (each) => numbersOf(each, context), context),
      NaN,
    )
  if (step === 'COALESCE' || step === 'IFERROR') {
    const of = values.map((value) => numbersOf(value, context))
    return rowwise(of, (row) => row.find((value) => !Number.isNaN(value)) ?? NaN)
  }
  return failing(
    values.map((value) => numbersOf(value, context)),
    numberStep(step),
    context,
  )
}

/** Steps from texts to numbers, those over missing values, and those that need the as-of day. */
function specialStep(step: Step, values: readonly Bound[], context: Context): Numbers | undefined {
  const [first] = values
  switch (step) {
    case 'ISBLANK':
      return first!.type === 'text'
        ? ofTexts([textsOf(first!, context)], ([text]) => Number(text === undefined))
        : rowwise([numbersOf(first!, context)], ([value]) => Number(Number.isNaN(value)))
    case 'DAYSSINCE':
      return daysSince(numbersOf(first!, context), context.asOf)
    case 'LEN':
      return ofFilledTexts(values, context, ([text]) => codePoints(text!))
    case 'CONTAINS':
      return ofFilledTexts(values, context, ([text, part]) => Number(contains(text!, part!)))
    case 'IN':
      return first!.type === 'text'
        ? ofFilledTexts(values, context, ([text, ...listed]) => Number(listed.includes(text)))
        : undefined
    default:
      return first!.type === 'text' ? textComparison(step, values, context) : undefined
  }
}

function textComparison(step: Step, values: readonly Bound[], context: Context): Numbers | undefined {
  if (step === '=') return ofFilledTexts(values, context, ([a, b]) => Number(a === b))
  if (step === '<>') return ofFilledTexts(values, context, ([a, b]) => Number(a !== b))
  const holds = ORDERS[step]
  return holds && ofFilledTexts(values, context, ([a, b]) => Number(holds(compareTexts(a!, b!))))
}

const ORDERS: Partial<Record<Step, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

function daysSince(days: Numbers, asOf: AsOf | undefined): Numbers {
  const out = new Float64Array(CHUNK)
  return (from, count) => {
    const chunk = days(from, count)
    for (let i = 0; i < count; i++) out[i] = (typeof asOf === 'object' ? asOf[from + i]! : (asOf ?? NaN)) - chunk[i]!
    return out
  }
}

function rowwise(of: readonly Numbers[], give: (row: readonly number[]) => number): Numbers {
  const out = new Float64Array(CHUNK)
  const row = new Array<number>(of.length)
  return (from, count) => {
    const chunks = of.map((numbers) => numbers(from, count))
    for (let i = 0; i < count; i++) {
      for (let at = 0; at < chunks.length; at++) row[at] = chunks[at]![i]!
      out[i] = give(row)
    }
    return out
  }
}

/** A step that has a value for all that is not missing, or else has failed there. */
function failing(of: readonly Numbers[], step: NumberStep, { failed }: Context): Numbers {
  const out = new Float64Array(CHUNK)
  return (from, count) => {
    const chunks = of.map((numbers) => numbers(from, count))
    step(chunks, out, count)
    for (let i = 0; i < count; i++) {
      if (Number.isFinite(out[i]!)) continue
      out[i] = NaN
      if (chunks.every((chunk) => !Number.isNaN(chunk[i]))) failed[i] = 1
    }
    return out
  }
}

function ofTexts(of: readonly Texts[], give: (row: readonly (string | undefined)[]) => number): Numbers {
  const out = new Float64Array(CHUNK)
  const row = new Array<string | undefined>(of.length)
  return (from, count) => {
    const chunks = of.map((texts) => texts(from, count))
    for (let i = 0; i < count; i++) {
      for (let at = 0; at < chunks.length; at++) row[at] = chunks[at]![i]
      out[i] = give(row)
    }
    return out
  }
}

function ofFilledTexts(
  values: readonly Bound[],
  context: Context,
  give: (row: readonly (string | undefined)[]) => number,
): Numbers {
  const of = values.map((value) => textsOf(value, context))
  return ofTexts(of, (row) => (row.includes(undefined) ? NaN : give(row)))
}

/** What IF and IFS choose between: the first branch whose condition is true, the last one without a condition. */
interface Branches<Of> {
  readonly conditions: readonly Numbers[]
  readonly of: readonly Of[]
}

function branches<Of>(values: readonly Bound[], compile: (value: Bound) => Of, context: Context): Branches<Of> {
  const last = values.length % 2 === 1 ? values.at(-1) : undefined
  const pairs = last ? values.slice(0, -1) : values
  const conditions = pairs.filter((_, i) => i % 2 === 0).map((value) => numbersOf(value, context))
  const of = pairs.filter((_, i) => i % 2 === 1).map(compile)
  return { conditions, of: last ? [...of, compile(last)] : of }
}

/** A missing condition gives missing; so does no true one without a last branch. */
function choose({ conditions, of }: Branches<Numbers>, missing: number): Numbers {
  const out = new Float64Array(CHUNK)
  return (from, count) => {
    const given = of.map((each) => each(from, count))
    const chosen = choices(conditions, from, count)
    for (let i = 0; i < count; i++) out[i] = given[chosen[i]!]?.[i] ?? missing
    return out
  }
}

/** Which branch each row takes: −1 for none. */
function choices(conditions: readonly Numbers[], from: number, count: number): Int32Array {
  const chunks = conditions.map((numbers) => numbers(from, count))
  return Int32Array.from({ length: count }, (_, i) => {
    const at = chunks.findIndex((chunk) => chunk[i] !== 0)
    if (at < 0) return chunks.length
    return Number.isNaN(chunks[at]![i]) ? -1 : at
  })
}

function stepTexts(step: Step, values: readonly Bound[], context: Context): Texts {
  const out = new Array<string | undefined>(CHUNK)
  if (step === 'IF' || step === 'IFS') {
    const { conditions, of } = branches(values, (each) => textsOf(each, context), context)
    return (from, count) => {
      const given = of.map((each) => each(from, count))
      const chosen = choices(conditions, from, count)
      for (let i = 0; i < count; i++) out[i] = given[chosen[i]!]?.[i]
      return out
    }
  }
  if (step === 'LEFT') return leftTexts(values, context)
  const of = values.map((value) => textsOf(value, context))
  const coalesce = step === 'COALESCE' || step === 'IFERROR'
  return (from, count) => {
    const chunks = of.map((texts) => texts(from, count))
    for (let i = 0; i < count; i++) {
      const row = chunks.map((chunk) => chunk[i])
      if (coalesce) out[i] = row.find((text) => text !== undefined)
      else if (row.includes(undefined)) out[i] = undefined
      else out[i] = step === 'LOWER' ? lower(row[0]!) : row.join('')
    }
    return out
  }
}

/** LEFT of a negative or missing length is missing. */
function leftTexts([of, length]: readonly Bound[], context: Context): Texts {
  const texts = textsOf(of!, context)
  const lengths = length ? numbersOf(length, context) : () => new Float64Array(CHUNK).fill(1)
  const out = new Array<string | undefined>(CHUNK)
  return (from, count) => {
    const [chunk, long] = [texts(from, count), lengths(from, count)]
    for (let i = 0; i < count; i++) {
      const text = chunk[i]
      if (text !== undefined && long[i]! < 0) context.failed[i] = 1
      out[i] = text === undefined || !(long[i]! >= 0) ? undefined : left(text, long[i]!)
    }
    return out
  }
}
