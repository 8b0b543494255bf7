import { columnKey, type RowColumn } from '../../../core/customers/row-query'
import type { ColumnProfile } from '../../../core/column/import-report'
import type { ManualColumn } from '../../../core/manual/manual-column'
import type { HealthModel, Roles } from '../../../core/model/health-model'
import type { ShownColumn } from '../../../state/customers.svelte'

/** How wide a column is until a person says otherwise, and whether it takes what is left over. */
export interface ColumnLook {
  readonly width: number
  readonly flex?: number
  /** Beyond it, what is left over stays empty: a figure too far from its name is hard to read. */
  readonly most?: number
  readonly align?: 'right'
  readonly small?: string
  /** Sorting by it starts with the largest. */
  readonly largestFirst?: boolean
}

/** The columns before anybody arranges them: who, how healthy, how much, why. */
export function firstColumns({ roles, rules }: Pick<HealthModel, 'roles' | 'rules'>): ShownColumn[] {
  const source = (name: string | undefined): RowColumn[] => (name === undefined ? [] : [{ kind: 'source', name }])
  return [
    { kind: 'id' } as const,
    ...source(roles.name),
    { kind: 'score' } as const,
    { kind: 'tier' } as const,
    ...source(roles.revenue),
    ...source(roles.segment),
    { kind: 'down' } as const,
    { kind: 'up' } as const,
    ...(rules.length > 0 ? [{ kind: 'rules' } as const] : []),
  ].map((column) => ({ column }))
}

/** Every column that can be shown: those of the model, then those of the file but the ID. */
export function allColumns(columns: readonly ColumnProfile[], roles: Roles): RowColumn[] {
  const ofModel = (['id', 'score', 'tier', 'coverage', 'down', 'up', 'rules'] as const).map((kind) => ({ kind }))
  const ofFile = columns.filter(({ name }) => name !== roles.id).map(({ name }) => ({ kind: 'source' as const, name }))
  return [...ofModel, ...ofFile]
}

/** @param manual the column that is filled in by hand, where it is one */
export function columnLook(
  column: RowColumn,
  columns: readonly ColumnProfile[],
  { name }: Roles,
  manual?: ManualColumn,
): ColumnLook {
  if (column.kind === 'source') return manual ? manualLook(manual) : sourceLook(column.name, columns, name)
  switch (column.kind) {
    case 'id':
      return { width: 110 }
    case 'score':
      return { width: 110, small: '0 to 100' }
    case 'tier':
      return { width: 96 }
    case 'coverage':
      return { width: 84, small: '% of weight', align: 'right' }
    case 'down':
    case 'up':
      return { width: 176, flex: 1.1, most: 300, small: 'points against average', largestFirst: column.kind === 'up' }
    case 'rules':
      return { width: 150, flex: 0.8, most: 260 }
    case 'outcome':
      return { width: 90 }
  }
}

function sourceLook(name: string, columns: readonly ColumnProfile[], customer: string | undefined): ColumnLook {
  const type = columns.find((each) => each.name === name)?.type
  if (name === customer) return { width: 150, flex: 1.2 }
  const width = Math.min(190, Math.max(type === 'number' ? 80 : 110, 34 + 7 * name.length))
  return type === 'number' ? { width, align: 'right', largestFirst: true } : { width }
}

function manualLook({ name, kind, freshDays }: ManualColumn): ColumnLook {
  const small = freshDays === undefined ? 'by hand' : `by hand, fresh ${freshDays} d`
  const width = Math.min(190, Math.max(118, 56 + 7 * name.length))
  return kind === 'number' ? { width, small, align: 'right', largestFirst: true } : { width, small }
}

/** A column's size until a person sets its width. */
export function firstSize({ width, flex, most }: ColumnLook): {
  width: number
  flex?: number
  minWidth?: number
  maxWidth?: number
} {
  return { width, ...(flex && { flex, minWidth: 120 }), ...(most && { maxWidth: most }) }
}

/** Columns that this data does not have are left out, as after another file took the place of the first. */
export function usable(shown: readonly ShownColumn[], all: readonly RowColumn[]): ShownColumn[] {
  const keys = new Set(all.map(columnKey))
  return shown.filter(({ column }) => keys.has(columnKey(column)))
}
