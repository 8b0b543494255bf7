/** A column of the Customers sheet: one of the file's, or one that the model makes. */
export type RowColumn =
  | { readonly kind: 'source'; readonly name: string }
  | { readonly kind: 'id' | 'score' | 'tier' | 'coverage' | 'down' | 'up' | 'rules' | 'outcome' }

/** What a customer's cell must be for the customer to be listed. */
export type Condition =
  /** Numbers as they are, scores and coverage 0…100, dates in days since 1970-01-01; both ends included. */
  | { readonly kind: 'between'; readonly column: RowColumn; readonly from?: number; readonly to?: number }
  /** Texts as written; names of tiers, of metrics that pull or lift, of rules that acted; of the outcome HAPPENED and STAYED. */
  | { readonly kind: 'one of'; readonly column: RowColumn; readonly texts: readonly string[] }
  | { readonly kind: 'contains'; readonly column: RowColumn; readonly text: string }
  | { readonly kind: 'missing' | 'filled'; readonly column: RowColumn }
  /** Whose score is set, capped or floored by hand. */
  | { readonly kind: 'by hand' }

/** Which customers are listed, in which order. */
export interface RowQuery {
  /** Part of a name or an ID, in any case. */
  readonly search: string
  readonly conditions: readonly Condition[]
  readonly sort?: { readonly column: RowColumn; readonly descending: boolean }
}

/** The tier, as a condition names it, of whoever is not scored. */
export const NO_TIER = 'Not enough data'

/** The outcomes, as conditions name them for either objective, so that a kept list outlasts a change of it. */
export const HAPPENED = 'churned'
export const STAYED = 'retained'

/** A text that two columns share exactly when they are one. */
export function columnKey(column: RowColumn): string {
  return column.kind === 'source' ? `source:${column.name}` : column.kind
}
