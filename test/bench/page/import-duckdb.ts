import * as duckdbWasm from '@duckdb/duckdb-wasm'
import wasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'

let started: Promise<duckdbWasm.AsyncDuckDB> | undefined

async function start(): Promise<duckdbWasm.AsyncDuckDB> {
  const database = new duckdbWasm.AsyncDuckDB(new duckdbWasm.VoidLogger(), new Worker(workerUrl))
  await database.instantiate(wasm)
  return database
}

/** Milliseconds that DuckDB compiled to WebAssembly takes to read the same file into a table in its memory. */
export async function importDuckdb(file: File): Promise<number> {
  const database = await (started ??= start())
  const connection = await database.connect()
  await database.registerFileHandle('file.csv', file, duckdbWasm.DuckDBDataProtocol.BROWSER_FILEREADER, true)
  const from = performance.now()
  await connection.query(`CREATE TABLE t AS SELECT * FROM read_csv_auto('file.csv')`)
  const milliseconds = performance.now() - from
  await connection.query('DROP TABLE t')
  await connection.close()
  await database.dropFile('file.csv')
  return milliseconds
}
