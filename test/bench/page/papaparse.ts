import Papa from 'papaparse'

/** A column while it is filled: numbers, or the places of its texts among the distinct ones. */
interface Filled {
  readonly texts: Map<string, number> | undefined
  values: Float64Array
}

const MOST = 1 << 16

/**
 * The same file by Papa Parse, as anyone would use it: in pieces, its cells put into typed arrays. What is a number is
 * decided by the first row, which is less than the product does: it types over the whole file, profiles and stores.
 */
export function papaparse(file: File): Promise<void> {
  let names: string[] | undefined
  const columns: Filled[] = []
  let rows = 0
  const take = (row: string[]): void => {
    if (!names) {
      names = row
      return
    }
    if (rows === 0) {
      for (const cell of row) {
        const isNumber = cell !== '' && !Number.isNaN(Number(cell))
        columns.push({ texts: isNumber ? undefined : new Map(), values: new Float64Array(MOST) })
      }
    }
    for (const [i, column] of columns.entries()) {
      const cell = row[i] ?? ''
      if (rows === column.values.length) {
        const larger = new Float64Array(2 * rows)
        larger.set(column.values)
        column.values = larger
      }
      column.values[rows] = column.texts ? placeOf(column.texts, cell) : cell === '' ? NaN : Number(cell)
    }
    rows++
  }
  return new Promise((done, fail) => {
    Papa.parse<string[]>(file, {
      skipEmptyLines: true,
      chunk: ({ data }) => data.forEach(take),
      complete: () => done(),
      error: fail,
    })
  })
}

function placeOf(texts: Map<string, number>, text: string): number {
  const known = texts.get(text)
  if (known !== undefined) return known
  texts.set(text, texts.size)
  return texts.size - 1
}
