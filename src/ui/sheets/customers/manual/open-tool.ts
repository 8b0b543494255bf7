import type { ManualColumn } from '../../../../core/manual/manual-column'

/** What is open of a manual column's tools, and where it was opened from. */
export type OpenTool =
  | { readonly kind: 'menu' | 'paste'; readonly anchor: Element; readonly column: ManualColumn }
  /** The form of a new column is without one. */
  | { readonly kind: 'form'; readonly anchor: Element; readonly column?: ManualColumn }
