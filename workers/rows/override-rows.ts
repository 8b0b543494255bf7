import type { Column } from '../../src/core/column/column'
import type { Override } from '../../src/core/customers/override'
import { placesOf } from './customer-places'

/** The overrides by row, for every row of their customer, and those whose customer is not in the data. */
export interface PlacedOverrides {
  readonly byRow: ReadonlyMap<number, Override>
  readonly orphans: readonly Override[]
}

/** Finds the rows of overrides' customers. */
export function placeOverrides(overrides: readonly Override[], id: Column | undefined, rows: number): PlacedOverrides {
  const places = placesOf(
    overrides.map(({ customer }) => customer),
    id,
    rows,
  )
  const byRow = new Map<number, Override>()
  for (const override of overrides) for (const row of places.get(override.customer) ?? []) byRow.set(row, override)
  return { byRow, orphans: overrides.filter(({ customer }) => !places.has(customer)) }
}
