import type { Column } from '../column/column'
import type { ColumnProfile } from '../column/import-report'
import type { Roles } from './health-model'

/** Most values of a category that make a metric. */
const MOST_VALUES = 50
/** Fewer customers per value than this, and a rate per value is noise. */
const CUSTOMERS_PER_VALUE = 5

type Shape = Pick<Column, 'name' | 'type'> & { readonly distinct: number }

/** Why a column is no metric of a draft; undefined when it is one. */
export function notAMetric(column: Column | ColumnProfile, rows: number, roles: Roles): string | undefined {
  const { name, type, distinct } = shapeOf(column)
  if (name === roles.outcome?.column) return 'it is the outcome'
  if (name === roles.id || name === roles.name) return 'it names the customer'
  if (name === roles.snapshot) return 'it is the snapshot date'
  if (type === 'text') return 'it is text'
  if (type !== 'category') return undefined
  if (distinct > MOST_VALUES) return `it has over ${MOST_VALUES} values`
  return distinct > 2 && distinct * CUSTOMERS_PER_VALUE > rows ? 'its values hardly repeat' : undefined
}

function shapeOf(column: Column | ColumnProfile): Shape {
  const { name, type } = column
  if (!('kind' in column)) return { name, type, distinct: column.distinct ?? Infinity }
  if (column.kind !== 'coded') return { name, type, distinct: Infinity }
  return { name, type, distinct: column.dictionary.values.filter((value) => !Number.isNaN(value)).length }
}
