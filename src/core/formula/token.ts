import { failure, success, type Result } from '../result'
import type { FormulaProblem } from './formula-problem'

/** A word of a formula, with its place in the text. */
export interface Token {
  readonly kind: 'number' | 'text' | 'column' | 'name' | 'operator' | 'end'
  /** A number as written, a text or a column without its marks, a name or an operator. */
  readonly text: string
  readonly at: number
  readonly length: number
}

/** Longest formula that is read. */
const MOST_CHARACTERS = 8192

const SPACE = /[ \t\r\n\u00a0]*/y
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_.]*/uy
const OPERATOR = /<>|<=|>=|[-+*/^%&=<>(),;]/y
/** A quote within a text is written twice, as in a sheet. */
const TEXT = /"((?:[^"]|"")*)"/y
/** A bracket within a column's name is written twice. */
const COLUMN = /\[((?:[^\]]|\]\])*)\]/y

/** The words of a formula; a leading = belongs to the sheet, not to the formula. */
export function tokens(formula: string): Result<Token[], FormulaProblem> {
  if (formula.length > MOST_CHARACTERS) return failure({ kind: 'too long', at: MOST_CHARACTERS, length: 1 })
  const found: Token[] = []
  let at = /^\s*=?/.exec(formula)![0].length
  for (;;) {
    at += match(SPACE, formula, at)![0].length
    if (at >= formula.length) return success([...found, { kind: 'end', text: '', at, length: 0 }])
    const token = tokenAt(formula, at)
    if (!token) return failure(unreadable(formula, at))
    found.push(token)
    at += token.length
  }
}

function match(pattern: RegExp, formula: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(formula)
}

function tokenAt(formula: string, at: number): Token | undefined {
  const marked = (
    [
      ['text', TEXT, '""', '"'],
      ['column', COLUMN, ']]', ']'],
    ] as const
  )
    .map(([kind, pattern, twice, once]) => {
      const found = match(pattern, formula, at)
      return found && { kind, text: found[1]!.replaceAll(twice, once), at, length: found[0].length }
    })
    .find((token) => token !== null)
  if (marked) return marked
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['operator', OPERATOR],
  ] as const) {
    const found = match(pattern, formula, at)
    if (found) return { kind, text: found[0], at, length: found[0].length }
  }
  return undefined
}

function unreadable(formula: string, at: number): FormulaProblem {
  const found = String.fromCodePoint(formula.codePointAt(at)!)
  if (found === '"') return { kind: 'unfinished', what: 'text', at, length: formula.length - at }
  if (found === '[') return { kind: 'unfinished', what: 'column', at, length: formula.length - at }
  return { kind: 'unknown character', found, at, length: found.length }
}
