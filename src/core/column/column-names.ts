import { trim } from './trim'

/** Why a column is not called what the file calls it. */
export type Renaming = 'empty' | 'repeated' | 'control characters' | 'too long'

/** A column's name, and what had to be changed about it. */
export interface NamedColumn {
  readonly name: string
  /** The name as it stood in the file. */
  readonly written: string
  readonly renamed?: Renaming
}

/** Characters that are not seen, or that turn the text around them: they would make two names look alike. */
const INVISIBLE = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu
const LONGEST = 200

/**
 * Distinct, visible names for the columns of a file: trimmed, an empty one by its place ("Column 4"), a repeated one
 * with a number ("Plan (2)"), invisible characters as pictures, a very long one cut. Any text is a name, `__proto__` too.
 */
export function columnNames(header: readonly string[]): NamedColumn[] {
  const taken = new Set<string>()
  // Names that need no change are taken first, so that "Plan (2)" in the file keeps its name.
  const clean = header.map((written) => visible(trim(written)))
  const first = new Set<number>()
  for (const [i, name] of clean.entries()) {
    if (name === '' || taken.has(name)) continue
    taken.add(name)
    first.add(i)
  }
  return header.map((written, i): NamedColumn => {
    const wanted = clean[i]!
    if (first.has(i)) return { name: wanted, written, ...changed(written, wanted) }
    const name = free(wanted === '' ? `Column ${i + 1}` : wanted, taken)
    taken.add(name)
    return { name, written, renamed: wanted === '' ? 'empty' : 'repeated' }
  })
}

function changed(written: string, name: string): { readonly renamed?: Renaming } {
  if (name === trim(written)) return {}
  return { renamed: trim(written).length > LONGEST ? 'too long' : 'control characters' }
}

/** The name itself, or with the first number that makes it new. */
function free(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  let number = 2
  while (taken.has(`${wanted} (${number})`)) number++
  return `${wanted} (${number})`
}

function visible(name: string): string {
  const short = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name
  return short.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\uFFFD'
  })
}
