import { GAPS, OUTLIERS, REPEATED, withColumnCleaning, withRepeated, type Cleaning } from '../recipe/cleaning'
import type { Finding } from './finding'

/** The cleaning after one of a finding's choices was made; '' is what happens by itself. */
export function choose(cleaning: Cleaning, finding: Finding, value: string): Cleaning {
  const { column } = finding
  const gap = GAPS.find((each) => each === value)
  switch (finding.kind) {
    case 'repeated customers':
      return withRepeated(
        cleaning,
        REPEATED.find((each) => each === value),
      )
    case 'blank':
      return withColumnCleaning(cleaning, column, { blank: gap })
    case 'unreadable':
      return withColumnCleaning(cleaning, column, { unreadable: gap })
    case 'outliers':
      return withColumnCleaning(cleaning, column, { outliers: OUTLIERS.find((each) => each === value) })
    case 'near duplicates':
      return withColumnCleaning(cleaning, column, {
        same: value === 'merge' ? finding.pairs.map(({ from, to }) => ({ from, to })) : undefined,
      })
    case 'later dates':
      return withColumnCleaning(cleaning, column, {
        later: value === 'missing' ? 'missing' : undefined,
        metric: value === 'use' ? true : undefined,
      })
    default:
      return withColumnCleaning(cleaning, column, {
        metric: value === 'use' ? true : value === 'no metric' ? false : undefined,
      })
  }
}
