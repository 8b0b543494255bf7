import { findQuality } from '../src/core/quality/find-quality'
import type { Finding } from '../src/core/quality/finding'
import type { Table } from '../src/core/column/column'
import type { HealthModel, Roles } from '../src/core/model/health-model'
import { Customers } from './customers'

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

const JUDGED: Pick<HealthModel, 'objective'> = { objective: 'churn' }

/**
 * What may be wrong with a table. Between columns other questions are answered; undefined where a newer request has made
 * this one idle.
 */
export async function qualityOf(
  table: Table,
  { roles, asOf, seed }: QualityRequest,
  isIdle: () => boolean,
  most?: number,
): Promise<readonly Finding[] | undefined> {
  const customers = new Customers(table, {
    ...JUDGED,
    roles,
    holdout: { seed, looks: 0 },
    ...(asOf !== undefined && { asOf }),
  })
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
export function rowsOf(findings: readonly Finding[]): number[] {
  return findings.flatMap((finding) => {
    if (finding.kind === 'repeated customers') return finding.groups.flat()
    return 'rows' in finding ? finding.rows : []
  })
}
