import { columnNamed, MISSING_CODE, type Column } from '../../src/core/column/column'
import { HAPPENED, NO_TIER, STAYED, type Condition, type RowColumn } from '../../src/core/customers/row-query'
import { NO_METRIC } from '../../src/core/scoring/reasons'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { coverageAt } from '../weighed'
import { NO_RULE } from './acting-rules'
import { findText } from './find-text'
import { DIRECTIONS, type ScoredRows } from './scored-rows'

/** Takes away the mark of every row that does not meet a condition. @param marks 1 per row that is still listed */
export function applyCondition(condition: Condition, scored: ScoredRows, marks: Uint8Array): void {
  const meets = condition.kind === 'by hand' ? byHand(scored) : test(condition, scored)
  for (let row = 0; row < marks.length; row++) if (marks[row] === 1 && !meets(row)) marks[row] = 0
}

type Test = (row: number) => boolean

function byHand({ overrides }: ScoredRows): Test {
  return (row) => overrides.has(row)
}

function test(condition: Exclude<Condition, { kind: 'by hand' }>, scored: ScoredRows): Test {
  const { column } = condition
  const source = sourceOf(column, scored)
  return source ? sourceTest(condition, source, scored) : modelTest(condition, column.kind, scored)
}

function sourceOf(column: RowColumn, { table, id }: ScoredRows): Column | undefined {
  if (column.kind === 'id') return id
  return column.kind === 'source' ? columnNamed(table, column.name) : undefined
}

function sourceTest(condition: Exclude<Condition, { kind: 'by hand' }>, column: Column, { table }: ScoredRows): Test {
  switch (condition.kind) {
    case 'filled':
      return filled(column)
    case 'missing': {
      const has = filled(column)
      return (row) => !has(row)
    }
    case 'contains':
      return containing(column, condition.text, table.rows)
    case 'one of':
      return oneOf(column, condition.texts, table.rows)
    case 'between':
      return between(column, condition.from ?? -Infinity, condition.to ?? Infinity)
  }
}

function filled(column: Column): Test {
  if (column.kind === 'text') return (row) => column.offsets[row + 1]! > column.offsets[row]!
  if (column.kind === 'float') return (row) => !Number.isNaN(column.values[row])
  const has = perCode(column, (code) => !Number.isNaN(column.dictionary.values[code]))
  return (row) => has[column.codes[row]!] === 1
}

function perCode(column: Column & { kind: 'coded' }, meets: (code: number) => boolean): Uint8Array {
  const table = new Uint8Array(MISSING_CODE + 1)
  for (let code = 0; code < column.dictionary.texts.length; code++) table[code] = Number(meets(code))
  return table
}

function containing(column: Column, text: string, rows: number): Test {
  const marks = new Uint8Array(rows)
  findText(column, text, marks)
  return (row) => marks[row] === 1
}

function oneOf(column: Column, texts: readonly string[], rows: number): Test {
  const wanted = new Set(texts)
  if (column.kind === 'coded') {
    const table = perCode(column, (code) => wanted.has(column.dictionary.texts[code]!))
    return (row) => table[column.codes[row]!] === 1
  }
  if (column.kind === 'float') return (row) => wanted.has(String(column.values[row]!))
  const marks = new Uint8Array(rows)
  const encoded = texts.map((text) => new TextEncoder().encode(text))
  for (let row = 0; row < rows; row++) marks[row] = Number(encoded.some((bytes) => isText(column, row, bytes)))
  return (row) => marks[row] === 1
}

function isText({ bytes, offsets }: Column & { kind: 'text' }, row: number, text: Uint8Array): boolean {
  const start = offsets[row]!
  if (offsets[row + 1]! - start !== text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false
  return true
}

function between(column: Column, from: number, to: number): Test {
  const inside = (value: number): boolean => value >= from && value <= to
  if (column.kind === 'text') return () => false
  if (column.kind === 'float') return (row) => inside(column.values[row]!)
  const table = perCode(column, (code) => inside(column.dictionary.values[code]!))
  return (row) => table[column.codes[row]!] === 1
}

function modelTest(
  condition: Exclude<Condition, { kind: 'by hand' }>,
  kind: RowColumn['kind'],
  scored: ScoredRows,
): Test {
  if (condition.kind === 'one of') return isOneOf(kind, condition.texts, scored)
  const value = numberOf(kind, scored)
  switch (condition.kind) {
    case 'between': {
      const { from = -Infinity, to = Infinity } = condition
      return (row) => value(row) >= from && value(row) <= to
    }
    case 'missing':
      return (row) => Number.isNaN(value(row))
    case 'filled':
      return (row) => !Number.isNaN(value(row))
    case 'contains':
      return () => true
  }
}

/** A number per row that a model makes, on the scale that the sheet shows; NaN where there is none. */
function numberOf(kind: RowColumn['kind'], scored: ScoredRows): (row: number) => number {
  switch (kind) {
    case 'score':
    case 'tier':
      return (row) => (scored.scores[row] === NOT_SCORED ? NaN : scored.scores[row]! / 100)
    case 'coverage': {
      const coverage = scored.coverage()
      return (row) => coverageAt(coverage, row) * 100
    }
    case 'down':
    case 'up': {
      const { steps, metrics } = scored.reasons(DIRECTIONS[kind])
      return (row) => (metrics[row] === NO_METRIC ? NaN : steps[row]! / 100)
    }
    case 'rules': {
      const first = scored.firstRules()
      return (row) => (first[row] === NO_RULE ? NaN : first[row]!)
    }
    case 'outcome':
      return (row) => (scored.classes[row]! < 4 ? scored.classes[row]! & 1 : NaN)
    default:
      return () => NaN
  }
}

/** By the class's lowest bit. */
const OUTCOMES = [STAYED, HAPPENED]

function isOneOf(kind: RowColumn['kind'], texts: readonly string[], scored: ScoredRows): Test {
  if (kind === 'outcome')
    return (row) => scored.classes[row]! < 4 && texts.includes(OUTCOMES[scored.classes[row]! & 1]!)
  if (kind === 'rules') {
    const wanted = scored.rules.map(({ name }) => texts.includes(name))
    const first = scored.firstRules()
    return (row) => first[row] !== NO_RULE && scored.ruleSteps(row).some(({ rule }) => wanted[rule])
  }
  if (kind === 'down' || kind === 'up') {
    const { metrics } = scored.reasons(DIRECTIONS[kind])
    const wanted = scored.metrics.map(({ name }) => texts.includes(name))
    return (row) => metrics[row] !== NO_METRIC && wanted[metrics[row]!]!
  }
  const names = scored.model.tiers.map(({ name }) => name)
  // Whoever has no tier has −1; a tier that the model no longer has is nobody's.
  const tiers = new Set(
    texts.flatMap((text) => (text === NO_TIER ? [-1] : names.includes(text) ? [names.indexOf(text)] : [])),
  )
  return (row) => tiers.has(scored.tier(scored.scores[row]!))
}
