/** U+2212: as wide as a plus, and never broken from its number. */
const MINUS = '−'

const formats = new Map<string, Intl.NumberFormat>()

function format(value: number, least: number, most: number): string {
  const key = `${least}-${most}`
  let wanted = formats.get(key)
  if (!wanted) {
    wanted = new Intl.NumberFormat('en', {
      ...{ minimumFractionDigits: least, maximumFractionDigits: most },
      // What rounds to nothing has no sign.
      signDisplay: 'negative',
    })
    formats.set(key, wanted)
  }
  return wanted.format(value).replace(/^-/, MINUS)
}

/** A count or an amount in whole numbers: 7043 → "7,043". */
export function whole(value: number): string {
  return format(value, 0, 0)
}

/** With exactly so many decimals: (0.8444, 3) → "0.844". */
export function fixed(value: number, decimals: number): string {
  return format(value, decimals, decimals)
}

/** With at most so many decimals: (12.5, 2) → "12.5". */
export function upTo(value: number, decimals: number): string {
  return format(value, 0, decimals)
}

/** A share of 0…1 in percent: (0.2654, 1) → "26.5%". */
export function percent(share: number, decimals = 0): string {
  return `${format(100 * share, decimals, decimals)}%`
}

/** Three significant digits or all whole ones, for marks and ends of scales: 19.85 → "19.9", 8672.4 → "8,672". */
export function brief(value: number): string {
  const size = Math.abs(value)
  if (size >= 100 || Number.isInteger(value)) return whole(value)
  return upTo(value, size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4)
}

let compactFormat: Intl.NumberFormat | undefined

/** A large amount in short: 1082000 → "1.08M". */
export function compact(value: number): string {
  // Made when it is wanted: a browser takes longer for it than for the rest of the program.
  compactFormat ??= new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 })
  return compactFormat.format(value).replace(/^-/, MINUS)
}

/** A size in bytes as people say it: 1955004 → "2.0 MB". */
export function bytes(size: number): string {
  if (size < 1000) return `${whole(size)} bytes`
  const units = ['KB', 'MB', 'GB', 'TB']
  let value = size / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value >= 99.5 ? whole(value) : fixed(value, 1)} ${units[unit]!}`
}

/** "1 customer", "7,043 customers". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`
}
