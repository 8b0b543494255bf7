import { manualJson } from '../manual/manual-file'
import type { Economics } from '../backtest/net-value'
import { recipeJson } from '../recipe/recipe-file'
import { failure, success, type Result } from '../result'
import { isPlainObject, parseJson } from './json'
import type {
  Bands,
  Curve,
  HealthModel,
  Holdout,
  Metric,
  Outcome,
  Roles,
  Rule,
  Scale,
  Tier,
  Values,
} from './health-model'
import type { ModelProblem } from './model-problem'
import { ModelDecoder } from './model-decoder'
import { compareCodePoints } from '../column/trim'

/** What the first two fields of a model file say. */
const FORMAT = 'healthsheet-model'
const FORMAT_VERSION = 1

/** The end of a model file's name. */
export const FILE_ENDING = '.healthsheet.json'

/**
 * A model as a file: JSON with two spaces of indent, keys in an order of their own, so that it reads and diffs well
 * and the same model is the same file byte for byte. It holds no customer.
 */
export function writeModelFile(model: HealthModel): string {
  return `${JSON.stringify(fileOf(model), undefined, 2)}\n`
}

function fileOf(model: HealthModel): Record<string, unknown> {
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    name: model.name,
    ...(model.notes !== '' && { notes: model.notes }),
    objective: model.objective,
    roles: rolesOf(model.roles),
    ...(model.asOf !== undefined && { asOf: model.asOf }),
    columns: model.columns.map(({ name, type }) => ({ name, type })),
    ...(model.recipe && { recipe: recipeJson(model.recipe) }),
    ...(model.manual.length > 0 && {
      manualColumns: model.manual.map((column) => ({ ...manualJson(column), ...unknownOf(column) })),
    }),
    metrics: model.metrics.map(metricOf),
    ...(model.rules.length > 0 && { rules: model.rules.map(ruleOf) }),
    tiers: model.tiers.map(({ name, from }: Tier) => ({ name, from })),
    ...(model.actBelow !== undefined && { actBelow: model.actBelow }),
    minCoverage: model.minCoverage,
    holdout: holdoutOf(model.holdout),
    ...(model.economics && { economics: economicsOf(model.economics) }),
    ...(model.capacity !== undefined && { capacity: model.capacity }),
    ...unknownOf(model),
  }
}

function holdoutOf({ seed, by, looks, looked = [] }: Holdout) {
  return { seed, share: 0.3, ...(by === 'time' && { by }), looks, ...(looked.length > 0 && { looked }) }
}

function economicsOf({ cost, saveRate, value }: Economics) {
  const kept = value.kind === 'amount' ? { amount: value.amount } : { months: value.months }
  return { cost, saveRate, value: kept }
}

function rolesOf({ id, name, outcome, revenue, segment, snapshot }: Roles) {
  return {
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(outcome && { outcome: outcomeOf(outcome) }),
    ...(revenue !== undefined && { revenue }),
    ...(segment !== undefined && { segment }),
    ...(snapshot !== undefined && { snapshot }),
  }
}

function outcomeOf(outcome: Outcome) {
  if ('event' in outcome) {
    const { column, event, leaveOut } = outcome
    return { column, event, ...(leaveOut.length > 0 && { leaveOut }) }
  }
  const { column, gap, horizon, observedUntil } = outcome
  return { column, gap, horizon, observedUntil }
}

function metricOf(metric: Metric) {
  return {
    id: metric.id,
    name: metric.name,
    category: metric.category,
    on: metric.on,
    importance: metric.importance,
    column: metric.column,
    scale: scaleOf(metric.scale),
    ...(metric.red !== undefined && { red: metric.red }),
    ...(metric.green !== undefined && { green: metric.green }),
    missing: metric.missing,
    weight: metric.weight,
    ...(metric.suspect && { suspect: { reason: metric.suspect.reason, checked: metric.suspect.checked } }),
    ...unknownOf(metric),
  }
}

function ruleOf(rule: Rule) {
  const { id, name, on, when, then, reason } = rule
  return { id, name, on, when, then: { [then.kind]: then.points }, reason, ...unknownOf(rule) }
}

function scaleOf(scale: Scale): unknown {
  switch (scale.kind) {
    case 'curve':
      return { curve: scale.knots.map(({ x, points }: Curve['knots'][number]) => [x, points]) }
    case 'bands':
      return {
        bands: scale.bands.map(({ below, points }: Bands['bands'][number]) => ({
          ...(below !== undefined && { below }),
          points,
        })),
      }
    case 'values':
      return { values: valuesOf(scale), otherwise: scale.otherwise }
  }
}

/** An object, so that it reads as `{"Enterprise": 100}`; defined key by key, since a value may be called `__proto__`. */
function valuesOf({ values }: Values): Record<string, number> {
  const points: Record<string, number> = {}
  for (const { value, points: each } of [...values].sort((a, b) => compareCodePoints(a.value, b.value))) {
    Object.defineProperty(points, value, { value: each, enumerable: true, configurable: true, writable: true })
  }
  return points
}

/** What another version wrote and this one does not know: behind the rest, in the order of its names. */
function unknownOf({ unknown }: Pick<HealthModel, 'unknown'>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(unknown ?? {}).sort(([a], [b]) => compareCodePoints(a, b))) {
    Object.defineProperty(kept, key, { value, enumerable: true, configurable: true, writable: true })
  }
  return kept
}

/**
 * The model in a file's text. Refused, with the place and the reason, is what is no JSON, no model of ours, made by a
 * newer version, or has a wrong value; fields that are not known are kept. Nothing in it is ever run.
 */
export function readModelFile(file: string, text: string): Result<HealthModel> {
  const parsed = parseJson(text)
  if (!parsed.ok) return refused(file, parsed.failure)
  const { value } = parsed
  if (!isPlainObject(value) || value['format'] !== FORMAT) return refused(file, 'it is JSON, but no Healthsheet model.')
  const { version } = value
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return refused(file, 'its format version is missing.')
  if (version > FORMAT_VERSION) {
    return refused(
      file,
      `it was made with a newer version (format ${version}; this page reads up to ${FORMAT_VERSION}). Reload the page to update it.`,
    )
  }
  const decoder = new ModelDecoder()
  const model = decoder.model(value)
  return decoder.wrong === undefined ? success(model) : refused(file, decoder.wrong)
}

function refused(file: string, what: string): Result<HealthModel> {
  const problem: ModelProblem = { about: 'model', kind: 'model file', severity: 'error', file, what }
  return failure([problem])
}
