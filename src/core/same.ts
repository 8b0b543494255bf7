/**
 * Whether two values of plain data hold the same: objects, arrays and typed arrays by what is in them, everything else by
 * `Object.is`. A key that is absent is not the same as one that is undefined.
 */
export function same(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return Object.is(a, b)
  if (a === b) return true
  if (isNumbers(a) && isNumbers(b)) return a.length === b.length && a.every((value, i) => Object.is(value, b[i]))
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

type Numbers = Uint32Array | Float64Array

function isNumbers(value: unknown): value is Numbers {
  return value instanceof Uint32Array || value instanceof Float64Array
}
