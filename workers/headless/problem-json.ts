import { describe, type Problem } from '../../src/core/problem'

/** A problem in the fields of headless.md; what does not apply is left out. */
export interface ProblemJson {
  readonly kind: string
  readonly file?: string
  readonly line?: number
  readonly column?: string
  readonly text?: string
  readonly message: string
}

export function problemJson(problem: Problem): ProblemJson {
  return {
    kind: problem.kind,
    ...('file' in problem && { file: problem.file }),
    ...('line' in problem && { line: problem.line }),
    ...('column' in problem && { column: problem.column }),
    ...('text' in problem && problem.text !== '' && { text: problem.text }),
    message: describe(problem),
  }
}
