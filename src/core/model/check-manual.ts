import type { ManualColumn } from '../manual/manual-column'
import type { CheckedData } from './check'
import type { HealthModel } from './health-model'
import type { ModelProblem } from './model-problem'

/** What is wrong with the columns that are filled in by hand: names that others have, bounds and choices that cannot be. */
export function checkManual({ manual }: HealthModel, data?: CheckedData): ModelProblem[] {
  const taken = new Set(data?.imported?.map(({ name }) => name))
  return manual.flatMap((column): ModelProblem[] => {
    const { name } = column
    const error = { about: 'model', severity: 'error', column: name } as const
    const found: ModelProblem[] = taken.has(name) ? [{ ...error, kind: 'manual name taken' }] : []
    taken.add(name)
    const wrong = definitionProblem(column)
    return wrong ? [...found, { ...error, kind: wrong }] : found
  })
}

/** What is wrong with a column's bounds or choices; undefined when nothing is. */
function definitionProblem(column: ManualColumn): 'manual range' | 'manual choices' | undefined {
  if (column.kind === 'number') {
    const { least = -Infinity, most = Infinity } = column
    return least > most ? 'manual range' : undefined
  }
  const { choices } = column
  return choices.length < 2 || new Set(choices).size < choices.length ? 'manual choices' : undefined
}
