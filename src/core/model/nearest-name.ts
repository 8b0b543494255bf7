/**
 * The name that a text was most likely meant to be: the least edits away, case and marks set aside. Undefined when
 * none is near, that is within a third of its length.
 */
export function nearestName(meant: string, names: readonly string[]): string | undefined {
  const plain = simplify(meant)
  let nearest: string | undefined
  let least = Math.max(1, Math.floor(plain.length / 3)) + 1
  for (const name of names) {
    const edits = distance(plain, simplify(name), least)
    if (edits < least) [nearest, least] = [name, edits]
  }
  return nearest
}

function simplify(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Levenshtein distance, or anything from `limit` up when it is that far. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
