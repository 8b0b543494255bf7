import type { ImportReport } from '../core/column/import-report'
import type { Problem } from '../core/problem'
import type { Recipe } from '../core/recipe/recipe'
import type { JoinedFacts, ReadProgress } from '../../workers/engine-api'

export type { JoinedFacts } from '../../workers/engine-api'

/** Where an import stands. What is open stays open and unchanged until it is used. */
export type ImportStage =
  | { readonly status: 'reading'; readonly progress: ReadProgress; readonly startedAt: number }
  | { readonly status: 'read'; readonly report: ImportReport }
  | { readonly status: 'failed'; readonly problems: readonly Problem[] }
  | { readonly status: 'stopped'; readonly rows: number }

/** A file that could not be read beside the others. */
export interface FailedFile {
  readonly name: string
  readonly problems: readonly Problem[]
}

/** How several files become one row per customer, and how well they do. */
export interface Joining {
  readonly recipe: Recipe
  readonly files: readonly JoinedFacts[]
}
