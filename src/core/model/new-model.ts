import type { HealthModel, Importance, Metric, Rule, Tier } from './health-model'

/** The guide's tiers: 0–40, 41–70, 71–100. */
const DEFAULT_TIERS: readonly Tier[] = [
  { name: 'At risk', from: 0 },
  { name: 'Watch', from: 41 },
  { name: 'Healthy', from: 71 },
]

/** What a metric weighs when its importance is chosen. */
export const DEFAULT_WEIGHTS: Readonly<Record<Importance, number>> = { critical: 10, supporting: 5, supplementary: 2 }

/** A model without metrics: the default tiers, half of the weight needed for a score, split seed 1. */
export const EMPTY_MODEL: HealthModel = {
  name: 'Untitled model',
  notes: '',
  objective: 'churn',
  roles: {},
  columns: [],
  manual: [],
  metrics: [],
  rules: [],
  tiers: DEFAULT_TIERS,
  minCoverage: 50,
  holdout: { seed: 1, looks: 0 },
}

/** What is other where the outcome tells who bought more: nobody is at risk, and whoever is in the top tier is acted on. */
export const EXPANSION: Pick<HealthModel, 'objective' | 'tiers' | 'actBelow'> = {
  objective: 'expand',
  tiers: [
    { name: 'Low', from: 0 },
    { name: 'Middle', from: 41 },
    { name: 'High', from: 71 },
  ],
  actBelow: 'High',
}

/** What the names of a model's tiers say that it was drafted for; undefined where a person gave them others. */
export function tiersMadeFor({ tiers }: Pick<HealthModel, 'tiers'>): HealthModel['objective'] | undefined {
  const named = (wanted: readonly Tier[]): boolean =>
    tiers.length === wanted.length && tiers.every(({ name }, i) => name === wanted[i]!.name)
  if (named(DEFAULT_TIERS)) return 'churn'
  return named(EXPANSION.tiers) ? 'expand' : undefined
}

/** The first id of the form "m1", "m2" … that no metric has. */
export function newMetricId(metrics: readonly Metric[]): string {
  return newId('m', metrics)
}

/** The first id of the form "r1", "r2" … that no rule has. */
export function newRuleId(rules: readonly Rule[]): string {
  return newId('r', rules)
}

function newId(letter: string, all: readonly { readonly id: string }[]): string {
  const taken = new Set(all.map(({ id }) => id))
  let number = all.length + 1
  while (taken.has(`${letter}${number}`)) number++
  return `${letter}${number}`
}

/** The name itself, or with the first number that no metric has: "Logins (2)". */
export function newMetricName(wanted: string, metrics: readonly Metric[]): string {
  const taken = new Set(metrics.map(({ name }) => name))
  if (!taken.has(wanted)) return wanted
  let number = 2
  while (taken.has(`${wanted} (${number})`)) number++
  return `${wanted} (${number})`
}
