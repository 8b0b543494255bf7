import type { Unknown } from '../model/health-model'

/**
 * A column that people fill in by hand, one value per customer, such as a pulse. The model says what may stand in it;
 * what does stand in it belongs to the workbook and is in no model file.
 */
export type ManualColumn = ManualNumbers | ManualChoices

interface OfAll {
  /** Unique for good: values belong to it however the column is called. */
  readonly id: string
  readonly name: string
  /** Days after which a value counts as missing; absent: it never does. */
  readonly freshDays?: number
  readonly unknown?: Unknown
}

export interface ManualNumbers extends OfAll {
  readonly kind: 'number'
  readonly least?: number
  readonly most?: number
}

interface ManualChoices extends OfAll {
  readonly kind: 'choice'
  /** From the worst to the best; no two alike. */
  readonly choices: readonly string[]
}

/** Most days that a value may be told to stay fresh: a hundred years. */
export const MOST_FRESH_DAYS = 36_500

/** The manual columns that can stand beside columns of these names: the first of each name, where none has it. */
export function beside(manual: readonly ManualColumn[], names: Iterable<string>): ManualColumn[] {
  const taken = new Set(names)
  return manual.filter(({ name }) => {
    if (taken.has(name)) return false
    taken.add(name)
    return true
  })
}
