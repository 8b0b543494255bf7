import { columnNamed, textAt } from '../src/core/column/column'
import { overridden, type Override } from '../src/core/customers/override'
import { NO_TIER } from '../src/core/customers/row-query'
import { csvRow } from '../src/core/export/csv'
import type { HealthModel } from '../src/core/model/health-model'
import { tierOf } from '../src/core/model/tier'
import { NOT_SCORED } from '../src/core/scoring/reference'
import type { Evaluator } from './evaluator'
import { coverageAt } from './weighed'

/** What a customer got from a model. */
interface ScoredCustomer {
  readonly row: number
  readonly id: string
  /** Hundredths; NOT_SCORED for whoever has too few values. */
  readonly score: number
  /** Undefined for whoever is not scored. */
  readonly tier: string | undefined
  /** Share of the weight that has values, 0…1. */
  readonly coverage: number
  /** Which part of the test it is in; '' where its outcome is not known. */
  readonly part: 'training' | 'holdout' | ''
}

/** The part of each class. */
const PART_OF: readonly ScoredCustomer['part'][] = ['training', 'training', 'holdout', 'holdout', '']

function* scoredCustomers(evaluator: Evaluator, model: HealthModel): Generator<ScoredCustomer> {
  const { table } = evaluator
  const { roles, tiers } = model
  const customers = evaluator.customers(model)
  const weighed = evaluator.weighed(model)
  const scores = weighed.scores().slice()
  const coverage = weighed.coverage()
  const id = roles.id === undefined ? undefined : columnNamed(table, roles.id)
  for (let row = 0; row < table.rows; row++) {
    const score = scores[row]!
    yield {
      row,
      id: customers.idAt(row, id),
      score,
      tier: tiers[tierOf(score, tiers)]?.name,
      coverage: coverageAt(coverage, row),
      part: PART_OF[customers.classes[row]!]!,
    }
  }
}

/** Rows per piece of a file. */
const PIECE = 10_000

function* inPieces(
  customers: Iterable<ScoredCustomer>,
  rowOf: (customer: ScoredCustomer) => string,
): Generator<string> {
  let piece = ''
  let count = 0
  for (const customer of customers) {
    piece += rowOf(customer)
    if (++count % PIECE !== 0) continue
    yield piece
    piece = ''
  }
  yield piece
}

/**
 * Every customer's score as a CSV file for people, with what was overridden by hand beside it. Texts cannot become
 * formulas.
 * @param overrides by row; only those that hold
 */
export function* scoresCsv(
  evaluator: Evaluator,
  model: HealthModel,
  overrides: ReadonlyMap<number, Override>,
): Generator<string> {
  const name = model.roles.name === undefined ? undefined : columnNamed(evaluator.table, model.roles.name)
  const byHand = overrides.size > 0
  const head = ['Customer ID', ...(name ? ['Customer'] : []), 'Health score', 'Tier', 'Coverage']
  yield csvRow([...head, ...(byHand ? ['Score by hand', 'Tier by hand', 'Reason'] : [])])
  yield* inPieces(scoredCustomers(evaluator, model), ({ row, id, score, tier, coverage }) => {
    const override = overrides.get(row)
    const hand = override ? overridden(score, override) : NOT_SCORED
    return csvRow([
      id,
      ...(name ? [textAt(name, row)] : []),
      score === NOT_SCORED ? '' : score / 100,
      tier ?? NO_TIER,
      Number(coverage.toFixed(4)),
      ...(byHand && override
        ? [
            hand === NOT_SCORED ? '' : hand / 100,
            model.tiers[tierOf(hand, model.tiers)]?.name ?? NO_TIER,
            override.reason,
          ]
        : byHand
          ? ['', '', '']
          : []),
    ])
  })
}

/** The same for programs: score with two decimals or nothing, coverage with four, and the part of the test. */
export function* scoresTable(evaluator: Evaluator, model: HealthModel): Generator<string> {
  yield 'id,score,tier,coverage,part\n'
  yield* inPieces(scoredCustomers(evaluator, model), ({ id, score, tier, coverage, part }) => {
    const points = score === NOT_SCORED ? '' : (score / 100).toFixed(2)
    return `${[quoted(id), points, quoted(tier ?? ''), coverage.toFixed(4), part].join(',')}\n`
  })
}

/** As it is, since programs compare it; quoted where a comma, a quote or a line break makes it necessary. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
