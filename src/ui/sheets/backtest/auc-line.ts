import type { Auc } from '../../../core/backtest/auc'
import type { Backtest } from '../../../core/backtest/backtest'
import type { Part } from '../../../core/backtest/score-histogram'

/** Some of the customers, and how the model does among them. */
export interface AucLine {
  /** Its name in the files, with the part. */
  readonly figure: string
  readonly name: string
  readonly customers: number
  readonly events: number
  /** Too few customers of an outcome, each counted once, to judge. */
  readonly few: boolean
  readonly auc: Auc
  /** At the cut, 0…1; undefined when nobody has the event, absent where it is not told. */
  readonly recall?: number | undefined
  /** Of the pinned model. */
  readonly baseline?: Auc | undefined
  readonly all?: boolean
}

/** The line of all customers of a part, above those of some of them. */
export function allLine(part: Part, { n, events, few, auc }: Backtest, recall: number | undefined): AucLine {
  return { figure: `${part}:auc`, name: 'All', customers: n, events, few, auc, recall, all: true }
}
