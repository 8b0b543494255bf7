import { compareCodePoints } from '../column/trim'

/** Texts are compared by code points, case matters: unlike in Excel, as in SQL. */
export const compareTexts = compareCodePoints

export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

export function contains(text: string, part: string): boolean {
  return text.includes(part)
}

/** The first so many code points; parts of one are dropped. */
export function left(text: string, count: number): string {
  return Array.from(text).slice(0, Math.floor(count)).join('')
}

export function lower(text: string): string {
  return text.toLowerCase()
}
