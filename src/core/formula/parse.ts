import { failure, success, type Result } from '../result'
import type { FormulaProblem } from './formula-problem'
import { tokens, type Token } from './token'

/** Where a part of a formula stands in its text. */
export interface Place {
  readonly at: number
  readonly length: number
}

const BINARY = ['+', '-', '*', '/', '^', '&', '=', '<>', '<', '<=', '>', '>='] as const
export type Binary = (typeof BINARY)[number]

/** A formula as a tree. */
export type Tree = Place &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'column'; readonly name: string }
    | { readonly kind: 'negate' | 'percent'; readonly of: Tree }
    | { readonly kind: 'binary'; readonly operator: Binary; readonly left: Tree; readonly right: Tree }
    | { readonly kind: 'call'; readonly name: string; readonly values: readonly Tree[] }
  )

/** How tightly operators bind, as in a sheet; all of them from left to right, ^ too: 2^3^2 = 64. */
const BINDS: Readonly<Record<Binary, number>> = {
  ...{ '=': 1, '<>': 1, '<': 1, '<=': 1, '>': 1, '>=': 1 },
  '&': 2,
  ...{ '+': 3, '-': 3 },
  ...{ '*': 4, '/': 4 },
  '^': 5,
}

/** Deepest nesting that is read. */
const DEEPEST = 100

/** Reads a formula; what is wrong has its position and says what was expected. Columns and types are checked later. */
export function parseFormula(formula: string): Result<Tree, FormulaProblem> {
  const read = tokens(formula)
  if (!read.ok) return read
  if (read.value.length === 1) return failure({ kind: 'empty', at: 0, length: formula.length })
  try {
    return success(new Parser(read.value).whole())
  } catch (error) {
    if (error instanceof Refused) return failure(error.problem)
    throw error
  }
}

/** Carries a problem out of the depth of a tree. */
class Refused extends Error {
  readonly problem: FormulaProblem
  constructor(problem: FormulaProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(all: readonly Token[]) {
    this.#tokens = all
  }

  whole(): Tree {
    const tree = this.#expression(0)
    if (this.#token.kind !== 'end') this.#refuse('an operator or the end')
    return tree
  }

  get #token(): Token {
    return this.#tokens[this.#next]!
  }

  #expression(least: number): Tree {
    const { at } = this.#token
    if (++this.#depth > DEEPEST) throw new Refused({ kind: 'too deep', at, length: 1 })
    let left = this.#postfix(this.#prefix())
    for (;;) {
      const operator = this.#binary()
      if (!operator || BINDS[operator] <= least) break
      this.#next++
      const right = this.#expression(BINDS[operator])
      left = { kind: 'binary', operator, left, right, ...spanning(left, right) }
    }
    this.#depth--
    return left
  }

  #binary(): Binary | undefined {
    const { kind, text } = this.#token
    return kind === 'operator' ? BINARY.find((each) => each === text) : undefined
  }

  #isOperator(text: string): boolean {
    return this.#token.kind === 'operator' && this.#token.text === text
  }

  /** A sign binds more tightly than ^, as in a sheet: −2^2 = 4. */
  #prefix(): Tree {
    const { at } = this.#token
    let negative = false
    let signs = 0
    for (; this.#isOperator('-') || this.#isOperator('+'); this.#next++, signs++) {
      if (this.#isOperator('-')) negative = !negative
    }
    const operand = this.#operand()
    if (!negative) return operand
    return { kind: 'negate', of: operand, at, length: operand.at + operand.length - at }
  }

  #postfix(of: Tree): Tree {
    let tree = of
    for (; this.#isOperator('%'); this.#next++) {
      const { at } = this.#token
      tree = { kind: 'percent', of: tree, at: of.at, length: at + 1 - of.at }
    }
    return tree
  }

  #operand(): Tree {
    const token = this.#token
    const { kind, text, at, length } = token
    switch (kind) {
      case 'number':
        this.#next++
        return { kind, value: Number(text), at, length }
      case 'text':
        this.#next++
        return { kind, value: text, at, length }
      case 'column':
        this.#next++
        return { kind, name: text, at, length }
      case 'name':
        this.#next++
        return this.#named(token)
      default:
        return this.#bracketed()
    }
  }

  #bracketed(): Tree {
    if (!this.#isOperator('(')) this.#refuse('a column, a number, a text or a function')
    this.#next++
    const inside = this.#expression(0)
    if (!this.#isOperator(')')) this.#refuse('a closing bracket )')
    this.#next++
    return inside
  }

  /** A function where a bracket follows; TRUE and FALSE; else a column whose name needs no brackets. */
  #named({ text, at, length }: Token): Tree {
    if (this.#isOperator('(')) return this.#call(text, at)
    if (/^(?:true|false)$/i.test(text)) return { kind: 'boolean', value: text.length === 4, at, length }
    return { kind: 'column', name: text, at, length }
  }

  #call(name: string, at: number): Tree {
    const values: Tree[] = []
    this.#next++
    if (!this.#isOperator(')')) {
      values.push(this.#expression(0))
      for (; this.#isOperator(',') || this.#isOperator(';'); values.push(this.#expression(0))) this.#next++
    }
    if (!this.#isOperator(')')) this.#refuse('a comma or a closing bracket )')
    const end = this.#token.at + 1
    this.#next++
    return { kind: 'call', name: name.toUpperCase(), values, at, length: end - at }
  }

  #refuse(expected: string): never {
    const { text, kind, at, length } = this.#token
    const found = kind === 'column' ? `[${text}]` : kind === 'text' ? `"${text}"` : text
    throw new Refused({ kind: 'expected', expected, found, at, length })
  }
}

function spanning(left: Place, right: Place): Place {
  return { at: left.at, length: right.at + right.length - left.at }
}
