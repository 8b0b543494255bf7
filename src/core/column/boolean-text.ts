const TRUE = new Set(['true', 't', 'yes', 'y', '1'])
const FALSE = new Set(['false', 'f', 'no', 'n', '0'])

/** 1 for true, t, yes, y or 1, 0 for false, f, no, n or 0, in any case; undefined for any other text. */
export function truthOf(text: string): 0 | 1 | undefined {
  const word = text.toLowerCase()
  return TRUE.has(word) ? 1 : FALSE.has(word) ? 0 : undefined
}

/** Whether two texts are spellings of the same truth value. */
export function sameTruth(a: string, b: string): boolean {
  const truth = truthOf(a)
  return truth !== undefined && truth === truthOf(b)
}
