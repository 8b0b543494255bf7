/** What keeps a formula from being computed, with the place in its text. */
export type FormulaProblem = {
  /** The first character that is meant, from 0 in the text as typed, and how many. */
  readonly at: number
  readonly length: number
} & (
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown character'; readonly found: string }
  | { readonly kind: 'unfinished'; readonly what: 'text' | 'column' }
  /** Something else was due; found is '' at the end of the formula. */
  | { readonly kind: 'expected'; readonly expected: string; readonly found: string }
  | { readonly kind: 'no such column'; readonly column: string; readonly nearest?: string }
  | { readonly kind: 'no such function'; readonly name: string; readonly nearest?: string }
  | { readonly kind: 'number of values'; readonly name: string; readonly takes: string; readonly given: number }
  | { readonly kind: 'wrong type'; readonly expected: string; readonly found: string }
  | { readonly kind: 'too long' | 'too deep' }
)

/** What is wrong, where, and what was expected, in a sentence. */
export function describeFormula(problem: FormulaProblem): string {
  return `${what(problem)}${problem.kind === 'empty' ? '' : ` (character ${problem.at + 1})`}.`
}

function what(problem: FormulaProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'Type a formula, such as =[Logins] < 3'
    case 'unknown character':
      return `“${problem.found}” means nothing in a formula`
    case 'unfinished':
      return problem.what === 'text' ? 'A text ends with a quote "' : 'A column’s name ends with a bracket ]'
    case 'expected':
      return problem.found === ''
        ? `The formula ends where ${problem.expected} is expected`
        : `“${problem.found}” stands where ${problem.expected} is expected`
    case 'no such column':
      return `No column is named “${problem.column}”${meant(problem.nearest, '[', ']')}`
    case 'no such function':
      return `No function is named ${problem.name}${meant(problem.nearest, '', '')}`
    case 'number of values':
      return `${problem.name} takes ${problem.takes}, not ${problem.given}`
    case 'wrong type':
      return `Here ${problem.expected} is expected, and this is ${problem.found}`
    case 'too long':
      return 'The formula is too long to be computed'
    case 'too deep':
      return 'The formula has too many brackets inside each other'
  }
}

function meant(nearest: string | undefined, open: string, close: string): string {
  return nearest === undefined ? '' : `; ${open}${nearest}${close} is`
}
