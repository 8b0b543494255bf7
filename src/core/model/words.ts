/** The words of a column's name: split at case changes, digits kept, accents and case dropped. "MRR_kündigung" → mrr, kundigung. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Whether any word starts with one of the stems, or equals one that ends in "$". */
export function hasWord(words: readonly string[], stems: readonly string[]): boolean {
  return words.some((word) =>
    stems.some((stem) => (stem.endsWith('$') ? word === stem.slice(0, -1) : word.startsWith(stem))),
  )
}

/** The words, and each two neighbours as one: "cross-sell" is also crosssell. */
function withPairs(words: readonly string[]): string[] {
  return [...words, ...words.slice(1).map((word, i) => words[i]! + word)]
}

/** Stems written as one text. */
export function stems(text: string): string[] {
  return text.trim().split(/\s+/)
}

/** Words of leaving, in the languages whose exports we met: English, German, French, Spanish, Portuguese, Italian, Dutch. */
export const LEAVING = stems(`
  churn attrit exited left$ cancel lost$ closed terminat abwander gekundigt kundig resili depart
  baja$ fuga$ abandon evas disdett opgezegd vertrokken perdu perdid defect
`)

/** Words of buying more, in the same languages. */
const EXPANDING = stems(`
  upsell upsold expan espans upgrad crosssell crosssold renewedup erweiter uitgebreid uitbreid ampliad ampliac
`)

/** What a text says that became of a customer; undefined where it says neither, leaving before buying more. */
export function objectiveOf(text: string): 'churn' | 'expand' | undefined {
  const words = wordsOf(text)
  if (hasWord(words, LEAVING)) return 'churn'
  return hasWord(withPairs(words), EXPANDING) ? 'expand' : undefined
}
