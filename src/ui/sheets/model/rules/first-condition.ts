import type { ColumnProfile } from '../../../../core/column/import-report'
import type { HealthModel } from '../../../../core/model/health-model'

/** A condition to begin with, over the metric that weighs most: its red mark, or its worst value. */
export function firstCondition({ metrics }: HealthModel, columns: readonly ColumnProfile[]): string {
  const heaviest = metrics
    .filter(({ on, column }) => on && columns.some(({ name, type }) => name === column && type !== 'date'))
    .toSorted((a, b) => b.weight - a.weight)[0]
  if (!heaviest) return '='
  const name = `[${heaviest.column.replaceAll(']', ']]')}]`
  const { scale, red } = heaviest
  if (scale.kind === 'values') {
    const [worst] = scale.values.toSorted((a, b) => a.points - b.points)
    return worst ? `=${name} = "${worst.value.replaceAll('"', '""')}"` : '='
  }
  const points = scale.kind === 'curve' ? scale.knots : scale.bands
  const falls = points[0]!.points > points.at(-1)!.points
  const mark =
    typeof red === 'number' ? red : scale.kind === 'curve' ? scale.knots[falls ? scale.knots.length - 1 : 0]!.x : 0
  return `=${name} ${falls ? '>' : '<'} ${mark}`
}
