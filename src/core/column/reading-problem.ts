/** Something in an imported file that a user may want to fix. Lines are physical lines of the file, from 1. */
export type ReadingProblem = { readonly about: 'reading'; readonly file: string } & { readonly kind: 'empty file' }

/** What happened and where, in words. */
export function describeReading(problem: ReadingProblem): string {
  return `${problem.file} is empty: it has no rows.`
}
