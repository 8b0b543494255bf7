const ALWAYS = new Set(['na', 'n/a', '#n/a', 'null', 'nan', '#null!', '#value!', '#ref!', '#div/0!', '<na>', '\\n'])
const IN_NUMBERS = new Set([
  ...['-', '--', '–', '—', '?', '.', 'none', 'nil', 'missing', 'unknown', 'n.a.', 'n.a', 'k.a.', 's/o', 'n/d', 'nd'],
  ...['#num!', '#name?', 'not available', 'not applicable', 'undefined', 'inf', 'infinity', '-inf', '-infinity'],
])
/** No word is longer; most texts of most files are told by this alone. */
const LONGEST = Math.max(...[...ALWAYS, ...IN_NUMBERS].map((word) => word.length))
/** The characters that a word may begin with, by their codes; a column of numbers has few texts that do. */
const MAY_BEGIN = new Uint8Array(1 << 16)
for (const word of [...ALWAYS, ...IN_NUMBERS])
  for (const first of [word[0]!, word[0]!.toUpperCase()]) MAY_BEGIN[first.charCodeAt(0)] = 1

/**
 * Whether a trimmed text says that there is no value. In a column of numbers or dates a dash or "none" does; among
 * categories they may be values, so only the words that can be nothing else count there.
 */
export function isMissingWord(text: string, type: 'number' | 'date' | 'boolean' | 'category' | 'text'): boolean {
  if (text === '') return true
  if (text.length > LONGEST || MAY_BEGIN[text.charCodeAt(0)] === 0) return false
  const word = text.toLowerCase()
  return ALWAYS.has(word) || ((type === 'number' || type === 'date') && IN_NUMBERS.has(word))
}
