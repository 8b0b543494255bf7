import type { HealthModel } from '../core/model/health-model'
import type { EngineApi } from '../../workers/engine-api'

/** What a draft is made of, besides the customers. */
export interface DraftFrom extends Pick<HealthModel, 'name' | 'roles' | 'objective'> {
  readonly asOf?: string | undefined
  readonly recipe?: HealthModel['recipe'] | undefined
}

/**
 * A model that the engine proposes.
 * @param kept the model whose customers are the same: looks at them were taken, and reaching them costs what it did
 */
export async function drafted(
  engine: EngineApi,
  { name, roles, objective, asOf, recipe }: DraftFrom,
  seed: number,
  kept: HealthModel | undefined,
): Promise<HealthModel> {
  const { cleaning } = recipe ?? {}
  const model = await engine.draft({ name, roles, objective, seed, cleaning, ...(asOf !== undefined && { asOf }) })
  const { holdout = model.holdout, economics, capacity } = kept ?? {}
  return {
    ...model,
    holdout,
    ...(economics && { economics }),
    ...(capacity !== undefined && { capacity }),
    ...(recipe && { recipe }),
  }
}
