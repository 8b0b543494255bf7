import { DelimitedSource } from './delimited-source'
import { recognise } from './recognise'
import { Refusal, type Opening, type TableSource } from './table-source'

const HEAD = 1 << 20

/**
 * A file as a source of rows, by its content and not by its name.
 * @throws Refusal for what holds no table, with what to do
 */
export async function openSource(source: Blob, file: string, opening: Opening): Promise<TableSource> {
  if (source.size === 0) throw new Refusal({ about: 'reading', kind: 'empty file', file })
  const head = new Uint8Array(await source.slice(0, HEAD).arrayBuffer())
  const found = recognise(head)
  if (typeof found === 'object') throw new Refusal({ about: 'reading', kind: 'not a table', file, ...found })
  switch (found) {
    // What only some files need is loaded when one comes.
    case 'workbook':
      return (await import('./workbook-source')).WorkbookSource.open(source, file, opening)
    case 'parquet':
      return (await import('./parquet-source')).ParquetSource.open(source, file, opening.given)
    case 'json':
      return (await import('./json-source')).JsonSource.open(source, file, opening)
    case 'text':
      return new DelimitedSource(source, head, file, opening.given)
  }
}
