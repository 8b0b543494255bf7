import type { Unknown } from './health-model'
import { bytes } from '../figure'
import { failure, success, type Result } from '../result'

/** Larger than any model by a thousand times. */
const MOST_CHARACTERS = 16_000_000
const MOST_DEPTH = 64

export type PlainObject = Readonly<Record<string, unknown>>

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a JSON text holds. Too large, too deep or broken ones are refused in words, the last with line and column. */
export function parseJson(text: string): Result<unknown, string> {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (json.trim() === '') return failure('it is empty.')
  if (json.length > MOST_CHARACTERS) return failure(`it has ${bytes(json.length)}, far more than a model.`)
  if (deepest(json) > MOST_DEPTH) return failure('it is nested too deeply to be a model.')
  try {
    return success(JSON.parse(json) as unknown)
  } catch (error) {
    return failure(`it is not whole JSON${place(json, error instanceof Error ? error.message : '')}.`)
  }
}

/** How deep brackets go, found without recursion. */
function deepest(json: string): number {
  let depth = 0
  let most = 0
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') at = endOfString(json, at)
    else if (character === '{' || character === '[') most = Math.max(most, ++depth)
    else if (character === '}' || character === ']') depth--
  }
  return most
}

function endOfString(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}

/** Where engines say that parsing failed, as line and column; at the end when they say nothing. */
function place(json: string, message: string): string {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? json.length)
  const before = json.slice(0, position).split('\n')
  return `: it breaks off or goes wrong at line ${before.length}, column ${before.at(-1)!.length + 1}`
}

/** The fields of an object that are none of ours, as `unknown`; nothing when there are none. */
export function unknownFields(file: PlainObject, known: ReadonlySet<string>): { readonly unknown?: Unknown } {
  const unknown: Record<string, unknown> = {}
  let some = false
  for (const [key, value] of Object.entries(file)) {
    if (known.has(key)) continue
    Object.defineProperty(unknown, key, { value, enumerable: true, configurable: true, writable: true })
    some = true
  }
  return some ? { unknown } : {}
}

/** Names that objects have by birth; what is called so by its id could be taken for one. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether a text cannot be an id. */
export function isReserved(id: unknown): id is string {
  return typeof id === 'string' && RESERVED.has(id)
}
