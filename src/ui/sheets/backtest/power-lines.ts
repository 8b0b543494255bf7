import type { Auc } from '../../../core/backtest/auc'
import type { MetricFacts } from '../../../core/backtest/evaluation'
import type { HealthModel } from '../../../core/model/health-model'
import type { Passes } from './passes'

/** What one metric tells by itself. */
export interface PowerLine {
  readonly id: string
  readonly name: string
  readonly on: boolean
  readonly auc: Auc
  /** A suspected leak that nobody has checked. */
  readonly leak: boolean
  /** How the whole score's AUC changes without it; undefined where that is not known. */
  readonly removed: number | undefined
}

/**
 * The power of each metric, the strongest first: of the part where the passes have measured it, else of the training
 * part, as the Model sheet shows it. Metrics that nobody has measured are left out.
 */
export function powerLines(
  { metrics }: HealthModel,
  facts: ReadonlyMap<string, MetricFacts>,
  passes: Passes | undefined,
): {
  readonly lines: readonly PowerLine[]
  readonly of: string
  readonly measured: boolean
  readonly why: string | undefined
} {
  const measured = passes?.power?.ok ? passes.power.value : undefined
  const without = passes?.without?.ok ? passes.without.value : undefined
  const lines = metrics.flatMap(({ id, name, on, suspect }): PowerLine[] => {
    const auc = measured?.get(id)?.auc ?? facts.get(id)?.power
    if (!auc) return []
    const leak = suspect !== undefined && !suspect.checked
    return [{ id, name, on, auc, leak, removed: on ? without?.get(id)?.difference : undefined }]
  })
  const strength = ({ auc }: PowerLine): number => auc.auc ?? 0
  const told = lines.some(({ auc }) => auc.auc !== undefined)
  return {
    why: told ? undefined : 'No metric can be measured: it takes customers of both outcomes.',
    lines: lines.sort((a, b) => strength(b) - strength(a)),
    of: measured && passes ? { holdout: 'held-out', training: 'training', all: 'known' }[passes.part] : 'training',
    measured: measured !== undefined || without !== undefined,
  }
}
