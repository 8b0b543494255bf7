import { upTo } from '../figure'
import type { HealthModel, Holdout, Metric, Rule } from './health-model'

/** What lies between two models, small enough to be kept for every step: applying it goes one way, reverting the other. */
export interface Patch {
  /** Fields of the model other than its metrics that differ. An absent side had no such field. */
  readonly fields: readonly FieldChange[]
  /** Metrics that differ, by id; an absent side had no such metric. */
  readonly metrics: readonly MetricChange[]
  /** The ids in their order, where that differs. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] }
}

interface FieldChange {
  readonly field: string
  readonly before?: unknown
  readonly after?: unknown
}

interface MetricChange {
  readonly id: string
  readonly before?: Metric
  readonly after?: Metric
}

/** The patch that makes `after` of `before`. Unchanged parts are recognised by identity, so edits must keep them. */
export function patchBetween(before: HealthModel, after: HealthModel): Patch {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => field !== 'metrics' && Reflect.get(before, field) !== Reflect.get(after, field))
    .map((field): FieldChange => ({ field, ...side('before', before, field), ...side('after', after, field) }))
  if (before.metrics === after.metrics) return { fields, metrics: [] }
  const old = byId(before)
  const now = byId(after)
  const metrics = [...new Set([...old.keys(), ...now.keys()])]
    .filter((id) => old.get(id) !== now.get(id))
    .map((id): MetricChange => {
      const [was, is] = [old.get(id), now.get(id)]
      return { id, ...(was && { before: was }), ...(is && { after: is }) }
    })
  const order = { before: [...old.keys()], after: [...now.keys()] }
  const same = order.before.length === order.after.length && order.before.every((id, i) => id === order.after[i])
  return { fields, metrics, ...(!same && { order }) }
}

function side(name: 'before' | 'after', model: HealthModel, field: string): Partial<FieldChange> {
  return field in model ? { [name]: Reflect.get(model, field) as unknown } : {}
}

function byId(model: HealthModel): Map<string, Metric> {
  return new Map(model.metrics.map((metric) => [metric.id, metric]))
}

/** The model after a step. */
export function applyPatch(model: HealthModel, patch: Patch): HealthModel {
  return turn(model, patch, 'after')
}

/** The model before a step. */
export function revertPatch(model: HealthModel, patch: Patch): HealthModel {
  return turn(model, patch, 'before')
}

function turn(model: HealthModel, { fields, metrics, order }: Patch, to: 'before' | 'after'): HealthModel {
  const rest: Record<string, unknown> = { ...model }
  for (const change of fields) {
    if (to in change) rest[change.field] = change[to]
    else Reflect.deleteProperty(rest, change.field)
  }
  const turned = byId(model)
  for (const change of metrics) {
    const metric = change[to]
    if (metric) turned.set(change.id, metric)
    else turned.delete(change.id)
  }
  const ids = order?.[to] ?? model.metrics.map(({ id }) => id)
  // A model is what its patches say it is: every id of the order is among the metrics.
  return { ...(rest as unknown as HealthModel), metrics: ids.map((id) => turned.get(id)!) }
}

const METRIC_WORDS: Partial<Record<keyof Metric, string>> = {
  name: 'name',
  category: 'category',
  on: 'on or off',
  importance: 'importance',
  column: 'source',
  scale: 'scale',
  red: 'red mark',
  green: 'green mark',
  missing: 'missing values',
  weight: 'weight',
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: 'name of the model',
  notes: 'notes',
  objective: 'objective',
  roles: 'what is what',
  columns: 'columns',
  recipe: 'how files are joined',
  manual: 'columns filled in by hand',
  asOf: 'as-of day',
  actBelow: 'tier to act on',
  minCoverage: 'least coverage',
  holdout: 'hold-out',
  economics: 'what reaching customers costs and brings',
  capacity: 'how many customers can be reached',
}

/** What a step did, in a few words: "weight of Logins 12 → 14", "limit of Watch 41 → 45", "12 weights". */
export function describeChange(before: HealthModel, after: HealthModel): string {
  const { fields, metrics } = patchBetween(before, after)
  if (metrics.length > 0) return metricWords(metrics, fields.length > 0)
  if (fields.some(({ field }) => field === 'tiers')) return tierWords(before, after)
  if (fields.some(({ field }) => field === 'rules')) return ruleWords(before.rules, after.rules)
  if (fields.length === 1 && fields[0]!.field === 'holdout') return holdoutWords(before.holdout, after.holdout)
  return fields.map(({ field }) => FIELD_WORDS[field] ?? field).join(', ')
}

function metricWords(changes: readonly MetricChange[], more: boolean): string {
  const [first] = changes
  if (more || changes.length > 1) return manyWords(changes)
  const { before, after } = first!
  if (!before) return `add ${after!.name}`
  if (!after) return `delete ${before.name}`
  const keys = changedKeys(before, after)
  if (keys.includes('weight') && !keys.includes('importance')) {
    return `weight of ${after.name} ${upTo(before.weight, 2)} → ${upTo(after.weight, 2)}`
  }
  if (keys.includes('on')) return `${after.name} ${after.on ? 'on' : 'off'}`
  return `${METRIC_WORDS[keys[0]!] ?? 'change'} of ${after.name}`
}

function manyWords(changes: readonly MetricChange[]): string {
  const kinds = new Set(
    changes.map(({ before, after }) => (!before ? 'added' : !after ? 'deleted' : changedKeys(before, after).join())),
  )
  if (kinds.size > 1) return 'several changes'
  const [kind] = kinds
  return kind === 'weight'
    ? `${changes.length} weights`
    : kind === 'deleted'
      ? `delete ${changes.length} metrics`
      : `${changes.length} metrics`
}

function changedKeys(before: Metric, after: Metric): (keyof Metric)[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Metric>
  return [...keys].filter((key) => before[key] !== after[key])
}

function ruleWords(before: readonly Rule[], after: readonly Rule[]): string {
  const added = after.find(({ id }) => !before.some((rule) => rule.id === id))
  if (added) return `add rule ${added.name}`
  const deleted = before.find(({ id }) => !after.some((rule) => rule.id === id))
  if (deleted) return `delete rule ${deleted.name}`
  const changed = after.filter((rule) => !before.includes(rule))
  const [now] = changed
  if (!now || changed.length > 1) return now ? `${changed.length} rules` : 'order of the rules'
  const was = before.find(({ id }) => id === now.id)!
  if (was.on !== now.on) return `rule ${now.name} ${now.on ? 'on' : 'off'}`
  if (was.then !== now.then) return `rule ${now.name} ${now.then.kind} ${upTo(now.then.points, 2)}`
  return `rule ${now.name}`
}

function holdoutWords(before: Holdout, after: Holdout): string {
  if (before.seed !== after.seed) return `seed of the hold-out ${before.seed} → ${after.seed}`
  if (before.by !== after.by) return after.by === 'time' ? 'hold-out by time' : 'hold-out by customer'
  return 'hold-out'
}

function tierWords(before: HealthModel, after: HealthModel): string {
  const at = after.tiers.findIndex((tier, i) => tier.from !== before.tiers[i]?.from)
  const [was, is] = [before.tiers[at], after.tiers[at]]
  if (!was || !is || before.tiers.length !== after.tiers.length) return 'tiers'
  return `limit of ${is.name} ${upTo(was.from, 2)} → ${upTo(is.from, 2)}`
}
