import type { Unknown } from './health-model'
import type { PlainObject } from './json'

/** The fields of a model file that this version knows. */
export const MODEL_KEYS = new Set([
  'format',
  'version',
  '$schema',
  'name',
  'notes',
  'objective',
  'roles',
  'asOf',
  'columns',
  'recipe',
  'metrics',
  'rules',
  'tiers',
  'actBelow',
  'minCoverage',
  'holdout',
  'economics',
  'capacity',
])
/** Those of a metric. */
export const METRIC_KEYS = new Set([
  'id',
  'name',
  'category',
  'on',
  'importance',
  'column',
  'scale',
  'red',
  'green',
  'missing',
  'weight',
  'suspect',
])
/** Those of a rule. */
export const RULE_KEYS = new Set(['id', 'name', 'on', 'when', 'then', 'reason'])

/** The fields of an object that are none of ours; undefined when there are none. */
export function unknownFields(file: PlainObject, known: ReadonlySet<string>): Unknown | undefined {
  const unknown: Record<string, unknown> = {}
  let some = false
  for (const [key, value] of Object.entries(file)) {
    if (known.has(key)) continue
    Object.defineProperty(unknown, key, { value, enumerable: true, configurable: true, writable: true })
    some = true
  }
  return some ? unknown : undefined
}
