import type { CellValue } from './cell-feed'

/** A text in quotes, or a whole number too long for a float64 to hold. */
const LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g

/** JSON.parse that keeps the digits of long whole numbers, as of IDs: they come as texts. */
export function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  const quoted = text.replace(LONG_NUMBERS, (found) => (found.startsWith('"') ? found : `"${found}"`))
  return JSON.parse(quoted)
}

/**
 * The fields of an object by their dotted names, in their order: {"plan": {"name": "Pro"}} has plan.name. Lists are
 * their JSON, since no column can hold them.
 */
export function flatten(value: unknown): Map<string, CellValue> {
  const fields = new Map<string, CellValue>()
  if (typeof value === 'object' && value !== null) put(value, '', fields)
  return fields
}

function put(value: object, path: string, fields: Map<string, CellValue>): void {
  for (const [key, each] of Object.entries(value) as [string, unknown][]) {
    const name = path === '' ? key : `${path}.${key}`
    if (typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean') fields.set(name, each)
    else if (each === null) fields.set(name, null)
    else if (Array.isArray(each)) fields.set(name, each.length === 0 ? null : JSON.stringify(each))
    else if (typeof each === 'object') put(each, name, fields)
  }
}
