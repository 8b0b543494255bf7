/**
 * A name in at most so many characters. What is left out is in its middle: names of columns that come of one file
 * begin alike, and those of one measure end alike.
 */
export function shorten(name: string, most: number): string {
  if (name.length <= most) return name
  const end = Math.ceil((most - 1) * 0.6)
  return `${name.slice(0, most - 1 - end).trimEnd()}…${name.slice(-end).trimStart()}`
}
