import type { Line } from './line'

interface Row {
  readonly points: Record<string, number | undefined>
  readonly group: number
  readonly revenue: number
}

/** The same in JavaScript as anyone would write it: an object a customer, a loop over them. */
export function plainObjects(rows: number, metrics: number): Line {
  const names = Array.from({ length: metrics }, (_, i) => `m${i}`)
  const customers: Row[] = Array.from({ length: rows }, () => ({
    points: Object.fromEntries(
      names.map((name) => [name, Math.random() < 0.1 ? undefined : Math.floor(Math.random() * 10_001)]),
    ),
    group: Math.floor(Math.random() * 4),
    revenue: Math.random() * 1e6,
  }))
  const taken: number[] = []
  for (let time = 0; time < 4; time++) {
    const weights = Object.fromEntries(names.map((name, i) => [name, 100 * (1 + ((i + time) % 9))]))
    const start = performance.now()
    score(customers, names, weights)
    taken.push(performance.now() - start)
  }
  return { name: 'plain objects', rows, metrics, milliseconds: taken.sort((a, b) => a - b)[1]! }
}

function score(customers: Row[], names: string[], weights: Record<string, number>): Map<number, [number, number]> {
  const least = Object.values(weights).reduce((sum, weight) => sum + weight, 0) / 2
  const counts = new Map<number, [number, number]>()
  for (const { points, group, revenue } of customers) {
    let num = 0
    let den = 0
    for (const name of names) {
      const value = points[name]
      if (value === undefined) continue
      num += value * weights[name]!
      den += weights[name]!
    }
    if (den < least) continue
    const key = Math.round(num / den) * 4 + group
    const known = counts.get(key)
    if (known) {
      known[0]++
      known[1] += revenue
    } else counts.set(key, [1, revenue])
  }
  return counts
}
