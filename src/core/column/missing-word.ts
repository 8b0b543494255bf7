const ALWAYS = new Set(['na', 'n/a', '#n/a', 'null', 'nan', '#null!', '#value!', '#ref!', '#div/0!', '<na>', '\\n'])
const IN_NUMBERS = new Set([
  ...['-', '--', '–', '—', '?', '.', 'none', 'nil', 'missing', 'unknown', 'n.a.', 'n.a', 'k.a.', 's/o', 'n/d', 'nd'],
  ...['#num!', '#name?', 'not available', 'not applicable', 'undefined', 'inf', 'infinity', '-inf', '-infinity'],
])

/**
 * Whether a trimmed text says that there is no value. In a column of numbers or dates a dash or "none" does; among
 * categories they may be values, so only the words that can be nothing else count there.
 */
export function isMissingWord(text: string, type: 'number' | 'date' | 'boolean' | 'category' | 'text'): boolean {
  if (text === '') return true
  const word = text.toLowerCase()
  return ALWAYS.has(word) || ((type === 'number' || type === 'date') && IN_NUMBERS.has(word))
}
