/** A workbook kept in this browser, as the first page lists it. */
export interface RecentWorkbook {
  readonly id: string
  readonly name: string
  /** What it is made on and how well it separates, in a few words. */
  readonly facts: string
  /** Milliseconds since 1970; for display only, order is by revision. */
  readonly savedAt: number
}
