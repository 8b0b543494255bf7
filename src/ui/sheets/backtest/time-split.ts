/** How the hold-out is chosen, where the customers have dates to choose it by. */
export interface TimeSplit {
  readonly by: 'random' | 'time'
  /** Why it cannot be by time; undefined when it can. */
  readonly cannot: string | undefined
  readonly onchange: (by: 'random' | 'time') => void
}
