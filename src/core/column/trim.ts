/** Without the space, TAB, LF, CR and U+00A0 at its ends: exactly what import and SQL trim (scoring.md). */
export function trim(text: string): string {
  return text.replace(/^[ \t\n\r\u00A0]+|[ \t\n\r\u00A0]+$/g, '')
}

/** By code points, as SQL engines and every encoding of Unicode order texts. */
export function compareCodePoints(a: string, b: string): number {
  let i = 0
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++
  if (i === a.length || i === b.length) return a.length - b.length
  const left = a.charCodeAt(i)
  const right = b.charCodeAt(i)
  // Surrogates sort below U+E000…U+FFFF as code units, but stand for code points above them.
  const lifted = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
  return lifted(left) - lifted(right)
}
