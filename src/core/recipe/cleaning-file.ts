import { GAPS, OUTLIERS, REPEATED, type Cleaning, type ColumnCleaning, type SameText } from './cleaning'
import { list, object, oneOf, text, WrongRecipe } from './decode-recipe'

/** What was chosen as it stands in a recipe's file, with keys in an order of their own. */
export function cleaningJson({ repeated, columns }: Cleaning): object {
  return { ...(repeated && { repeated }), columns: columns.map(columnJson) }
}

function columnJson({ column, blank, unreadable, outliers, later, same, metric }: ColumnCleaning): object {
  return {
    column,
    ...(blank && { blank }),
    ...(unreadable && { unreadable }),
    ...(outliers && { outliers }),
    ...(later && { later }),
    ...(same && { same: same.map(({ from, to }) => ({ from, to })) }),
    ...(metric !== undefined && { metric }),
  }
}

/** What was chosen out of parsed JSON. @throws WrongRecipe */
export function decodeCleaning(value: unknown): Cleaning {
  const { repeated, columns } = object(value, 'cleaning')
  const chosen = oneOf(repeated, REPEATED, 'cleaning, repeated')
  return { ...(chosen && { repeated: chosen }), columns: list(columns, 'cleaning, columns').map(decodeColumn) }
}

function decodeColumn(value: unknown, at: number): ColumnCleaning {
  const place = `cleaning, columns, ${at + 1}`
  const written = object(value, place)
  const blank = oneOf(written['blank'], GAPS, `${place}, blank`)
  const unreadable = oneOf(written['unreadable'], GAPS, `${place}, unreadable`)
  const outliers = oneOf(written['outliers'], OUTLIERS, `${place}, outliers`)
  const later = oneOf(written['later'], ['missing'] as const, `${place}, later`)
  const { same, metric } = written
  if (metric !== undefined && typeof metric !== 'boolean')
    throw new WrongRecipe(`${place}, metric: true or false is expected.`)
  return {
    column: text(written['column'], `${place}, column`),
    ...(blank && { blank }),
    ...(unreadable && { unreadable }),
    ...(outliers && { outliers }),
    ...(later && { later }),
    ...(same !== undefined && { same: list(same, `${place}, same`).map((each) => decodeSame(each, `${place}, same`)) }),
    ...(metric !== undefined && { metric }),
  }
}

function decodeSame(value: unknown, place: string): SameText {
  const { from, to } = object(value, place)
  return { from: text(from, `${place}, from`), to: text(to, `${place}, to`) }
}
