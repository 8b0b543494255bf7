import { describeReading, type ReadingProblem } from './column/reading-problem'
import { describeModel, type ModelProblem } from './model/model-problem'

/** Something a user can fix, as plain data with its place. What we must fix is thrown instead. */
export type Problem = ReadingProblem | ModelProblem

/** What happened, where, what is safe and what to do, in one or two sentences. */
export function describe(problem: Problem): string {
  return problem.about === 'reading' ? describeReading(problem) : describeModel(problem)
}
