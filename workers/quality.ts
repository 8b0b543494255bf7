import { findQuality } from '../src/core/quality/find-quality'
import type { Finding } from '../src/core/quality/finding'
import type { Table } from '../src/core/column/column'
import type { Roles } from '../src/core/model/health-model'
import type { PreviewRow } from '../src/core/column/import-report'
import { Customers } from './customers'
import type { DataPart } from './engine-api'
import { LISTED, problemsCsv, type LookedAt } from './problems-csv'
import { cellsOf } from './read/clean-read'

/** Who the customers are, as far as their quality goes. */
export interface QualityRequest {
  readonly roles: Roles
  readonly asOf?: string | undefined
  readonly seed: number
}

/** What may be wrong with a data set. */
export interface QualityReport {
  readonly findings: readonly Finding[]
  /** Per row that a finding names the line of its file, while that is known. */
  readonly lines: ReadonlyMap<number, number>
}

/**
 * What may be wrong with a table. Between columns other questions are answered; undefined where a newer request has made
 * this one idle.
 */
async function qualityOf(
  table: Table,
  { roles, asOf, seed }: QualityRequest,
  isIdle: () => boolean,
  most?: number,
): Promise<readonly Finding[] | undefined> {
  const holdout = { seed, looks: 0 }
  const customers = new Customers(table, { roles, holdout, ...(asOf !== undefined && { asOf }) })
  const input = { table, roles, asOf: customers.asOf, training: customers.outcome('training') }
  const findings: Finding[] = []
  let breathed = performance.now()
  for (const finding of findQuality(input, most)) {
    findings.push(finding)
    if (performance.now() - breathed < 30) continue
    await new Promise((next) => setTimeout(next))
    if (isIdle()) return undefined
    breathed = performance.now()
  }
  return findings
}

/** Every row that findings name. */
function rowsOf(findings: readonly Finding[]): number[] {
  return findings.flatMap((finding) => {
    if (finding.kind === 'repeated customers') return finding.groups.flat()
    return 'rows' in finding ? finding.rows : []
  })
}

type Where = 'read' | DataPart

/** Answers what may be wrong with the data that is on its way in, or open. */
export class DataQuality {
  readonly #lookAt: (where: Where) => LookedAt
  /** Questions so far, of which only the last is answered. */
  #asked = 0

  constructor(lookAt: (where: Where) => LookedAt) {
    this.#lookAt = lookAt
  }

  async report(where: Where, request: QualityRequest): Promise<QualityReport | undefined> {
    const asked = ++this.#asked
    const { table, lineOf } = this.#lookAt(where)
    const findings = await qualityOf(table, request, () => asked !== this.#asked)
    if (!findings) return undefined
    const lines = rowsOf(findings).flatMap((row) => {
      const line = lineOf(row)
      return line === undefined ? [] : [[row, line] as const]
    })
    return { findings, lines: new Map(lines) }
  }

  async problems(where: Where, request: QualityRequest): Promise<Blob> {
    const data = this.#lookAt(where)
    const findings = (await qualityOf(data.table, request, () => false, LISTED)) ?? []
    return new Blob(problemsCsv(data, findings), { type: 'text/csv' })
  }

  preview(where: Where, rows: readonly number[]): Promise<readonly PreviewRow[]> {
    const { table, lineOf } = this.#lookAt(where)
    return Promise.resolve(rows.map((row) => ({ row, line: lineOf(row) ?? row + 1, cells: cellsOf(table, row) })))
  }
}
