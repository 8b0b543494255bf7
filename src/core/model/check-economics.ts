import type { HealthModel } from './health-model'
import type { ModelProblem } from './model-problem'

/** What is wrong with what reaching customers costs and brings, and with how many can be reached. It stops no score. */
export function checkEconomics({ economics, capacity }: HealthModel): ModelProblem[] {
  const kinds = economics ? wrongEconomics(economics) : []
  const all = capacity === undefined || (Number.isSafeInteger(capacity) && capacity >= 0) ? kinds : [...kinds, 'capacity' as const] // prettier-ignore
  return all.map((kind) => ({ about: 'model', severity: 'error', kind }))
}

function wrongEconomics({ cost, saveRate, value }: NonNullable<HealthModel['economics']>) {
  const kept = value.kind === 'amount' ? value.amount : value.months
  return [
    ...(isAmount(cost) ? [] : (['cost'] as const)),
    ...(isAmount(saveRate) && saveRate <= 1 ? [] : (['save rate'] as const)),
    ...(isAmount(kept) ? [] : (['kept value'] as const)),
  ]
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}
