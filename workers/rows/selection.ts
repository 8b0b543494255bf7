import { columnNamed, type Table } from '../../src/core/column/column'
import type { RowQuery } from '../../src/core/customers/row-query'
import { findText } from './find-text'
import { countScores, countTiers, listFigures } from './list-figures'
import { applyCondition } from './row-filter'
import type { RowsSummary } from './rows-api'
import type { ScoredRows } from './scored-rows'

/** Whom a search and filters leave, whatever their order. */
export interface Selection {
  /** 1 per row that is left. */
  readonly marks: Uint8Array
  readonly summary: RowsSummary
}

/** Selects customers. The last selection is kept: another order of it costs no look at everybody. */
export class Selections {
  /** Stays while the model changes. */
  #searched: { readonly table: Table; readonly key: string; readonly marks: Uint8Array } | undefined
  #last: { readonly scored: ScoredRows; readonly key: string; readonly selection: Selection } | undefined

  select(scored: ScoredRows, { search, conditions }: Omit<RowQuery, 'sort'>): Selection {
    const key = JSON.stringify([search, conditions])
    if (this.#last?.scored === scored && this.#last.key === key) return this.#last.selection
    const selection = this.#select(scored, { search, conditions })
    this.#last = { scored, key, selection }
    return selection
  }

  #select(scored: ScoredRows, { search, conditions }: Omit<RowQuery, 'sort'>): Selection {
    const marks = this.#search(scored, search.trim()).slice()
    const isTier = (condition: RowQuery['conditions'][number]): boolean =>
      condition.kind !== 'by hand' && condition.column.kind === 'tier'
    const ofTiers = conditions.filter(isTier)
    for (const condition of conditions) if (!isTier(condition)) applyCondition(condition, scored, marks)
    const ofAnyTier = countScores(scored.scores, marks)
    for (const condition of ofTiers) applyCondition(condition, scored, marks)
    const perScore = ofTiers.length === 0 ? ofAnyTier : countScores(scored.scores, marks)
    const [anyTier, tiers] = [countTiers(scored, ofAnyTier), countTiers(scored, perScore)]
    return { marks, summary: { ...listFigures(scored, marks, perScore), tiers, anyTier } }
  }

  /** 1 per row whose name or ID holds the text. */
  #search(scored: ScoredRows, wanted: string): Uint8Array {
    const { model, table, id } = scored
    const key = JSON.stringify([wanted, model.roles.id, model.roles.name])
    if (this.#searched?.table === table && this.#searched.key === key) return this.#searched.marks
    const marks = new Uint8Array(table.rows).fill(wanted === '' ? 1 : 0)
    if (wanted !== '') {
      const name = model.roles.name === undefined ? undefined : columnNamed(table, model.roles.name)
      for (const column of [id, name]) if (column) findText(column, wanted, marks)
      if (!id) markNumber(marks, Number(wanted))
    }
    this.#searched = { table, key, marks }
    return marks
  }
}

/** Without an ID column a customer's ID is the number of the row, from 1. */
function markNumber(marks: Uint8Array, number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= marks.length) marks[number - 1] = 1
}
