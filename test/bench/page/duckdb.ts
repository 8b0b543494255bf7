import * as duckdbWasm from '@duckdb/duckdb-wasm'
import wasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'
import { median, type Line } from './line'

/** The same in SQL: DuckDB compiled to WebAssembly, its table in memory, points already computed. */
export async function duckdb(rows: number, metrics: number): Promise<Line> {
  const database = new duckdbWasm.AsyncDuckDB(new duckdbWasm.VoidLogger(), new Worker(workerUrl))
  await database.instantiate(wasm)
  const connection = await database.connect()
  const names = Array.from({ length: metrics }, (_, i) => `m${i}`)
  const points = names.map((n) => `CASE WHEN random() < 0.1 THEN NULL ELSE (random() * 10000)::USMALLINT END AS ${n}`)
  await connection.query(
    `CREATE TABLE t AS SELECT ${points.join(', ')}, (random() * 3)::UTINYINT AS part, random() * 1e6 AS revenue ` +
      `FROM range(${rows})`,
  )
  let time = 0
  const milliseconds = await median(() => connection.query(query(names, time++)), 7)
  await connection.close()
  await database.terminate()
  return { name: 'DuckDB-WASM', rows, metrics, milliseconds }
}

function query(names: string[], time: number): string {
  const weight = (i: number): number => 100 * (1 + ((i + time) % 9))
  const num = names.map((name, i) => `coalesce(${name}::INTEGER, 0) * ${weight(i)}`).join(' + ')
  const den = names.map((name, i) => `(CASE WHEN ${name} IS NULL THEN 0 ELSE ${weight(i)} END)`).join(' + ')
  const least = names.reduce((sum, _, i) => sum + weight(i), 0) / 2
  return (
    `SELECT CASE WHEN den >= ${least} THEN (2 * num + den) // (2 * den) END AS score, part, count(*), sum(revenue) ` +
    `FROM (SELECT ${num} AS num, ${den} AS den, part, revenue FROM t) GROUP BY 1, 2`
  )
}
