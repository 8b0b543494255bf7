import { isPlainObject, isReserved, unknownFields } from '../model/json'
import { MOST_FRESH_DAYS, type ManualColumn } from './manual-column'

const KEYS = new Set(['id', 'name', 'number', 'choices', 'freshDays'])

/** A manual column as a model file has it, without what another version wrote beside. */
export function manualJson(column: ManualColumn): Record<string, unknown> {
  const { id, name, freshDays } = column
  return { id, name, ...whatFits(column), ...(freshDays !== undefined && { freshDays }) }
}

function whatFits(column: ManualColumn): Record<string, unknown> {
  if (column.kind === 'choice') return { choices: column.choices }
  const { least, most } = column
  return { number: { ...(least !== undefined && { least }), ...(most !== undefined && { most }) } }
}

/** What is wrong with a manual column of a file: the field, and what is expected there. */
export class WrongManual extends Error {
  override readonly name = 'WrongManual'
  readonly where: string

  constructor(where: string, expected: string) {
    super(expected)
    this.where = where
  }
}

/** Takes a manual column out of parsed JSON, field by field; throws WrongManual. */
export function decodeManual(value: unknown): ManualColumn {
  if (!isPlainObject(value)) throw new WrongManual('', 'an object is expected')
  const { freshDays, choices, number } = value
  const of = {
    id: idOf(value['id']),
    name: textOf(value['name'], 'name'),
    ...(freshDays !== undefined && { freshDays: daysOf(freshDays) }),
    ...unknownFields(value, KEYS),
  }
  if (choices === undefined) return { ...of, kind: 'number', ...rangeOf(number) }
  if (!Array.isArray(choices)) throw new WrongManual('choices', 'a list is expected')
  return { ...of, kind: 'choice', choices: choices.map((choice: unknown) => textOf(choice, 'choices')) }
}

function idOf(value: unknown): string {
  const id = textOf(value, 'id')
  if (isReserved(id)) throw new WrongManual('id', `“${id}” cannot be an id`)
  return id
}

function rangeOf(value: unknown): { least?: number; most?: number } {
  if (!isPlainObject(value)) throw new WrongManual('number', 'an object is expected, or choices')
  const { least, most } = value
  return {
    ...(least !== undefined && { least: numberOf(least, 'number, least') }),
    ...(most !== undefined && { most: numberOf(most, 'number, most') }),
  }
}

function daysOf(value: unknown): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_FRESH_DAYS) return Number(value)
  throw new WrongManual('freshDays', `a whole number from 0 to ${MOST_FRESH_DAYS} is expected`)
}

function numberOf(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new WrongManual(where, 'a number is expected')
}

function textOf(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  throw new WrongManual(where, 'a text is expected')
}
