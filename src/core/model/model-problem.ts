/** Something in a model, or in a model file, that a user may want to fix. */
export type ModelProblem = { readonly about: 'model' } & { readonly kind: 'no weight' }

/** What happened and where, in words. */
export function describeModel(problem: ModelProblem): string {
  switch (problem.kind) {
    case 'no weight':
      return 'No metric has a weight, so nobody is scored. Give at least one metric a weight.'
  }
}
