const DIGITS = 65_536

/**
 * Sorts rows by keys of 16-bit digits, the least significant first; rows of equal keys keep their order. A million rows
 * take some five milliseconds a digit.
 * @param digits per digit, one number per row of the data set
 */
export function radixSort(rows: Uint32Array, digits: readonly Uint16Array[], descending: boolean): Uint32Array {
  let from = rows
  for (const digit of digits) from = sortByDigit(from, digit, descending)
  return from
}

function sortByDigit(rows: Uint32Array, digit: Uint16Array, descending: boolean): Uint32Array {
  const starts = new Uint32Array(DIGITS)
  for (let i = 0; i < rows.length; i++) starts[digit[rows[i]!]!]!++
  // A digit that all have in common, as the upper one of small numbers, changes nothing.
  if (rows.length === 0 || starts[digit[rows[0]!]!] === rows.length) return rows
  let sum = 0
  for (let turn = 0; turn < DIGITS; turn++) {
    const value = descending ? DIGITS - 1 - turn : turn
    const count = starts[value]!
    starts[value] = sum
    sum += count
  }
  const sorted = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    sorted[starts[digit[row]!]!++] = row
  }
  return sorted
}

/** Whole numbers from 0 to 2³² − 1 as two digits. */
export function wholeDigits(values: Uint32Array): Uint16Array[] {
  const [low, high] = [new Uint16Array(values.length), new Uint16Array(values.length)]
  for (let row = 0; row < values.length; row++) {
    low[row] = values[row]! & 0xffff
    high[row] = values[row]! >>> 16
  }
  return [low, high]
}

/** Float64 numbers as four digits that rise with them; −0 is 0. NaN must be left out by the caller. */
export function floatDigits(values: Float64Array): Uint16Array[] {
  const digits = Array.from({ length: 4 }, () => new Uint16Array(values.length))
  const number = new Float64Array(1)
  const parts = new Uint16Array(number.buffer)
  for (let row = 0; row < values.length; row++) {
    number[0] = values[row]! + 0
    const negative = parts[3]! >>> 15 === 1
    for (let i = 0; i < 4; i++) digits[i]![row] = negative ? ~parts[i]! : i === 3 ? parts[3]! ^ 0x8000 : parts[i]!
  }
  return digits
}
