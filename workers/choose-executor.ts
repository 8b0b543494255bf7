import { loadKernel } from './kernel/kernel'
import { KernelScorer } from './kernel/kernel-scorer'
import { ReferenceScorer } from './reference-scorer'
import type { Executor, Scorer } from './scorer'

/** What scores the customers of data sets: the kernel, or plain TypeScript where it cannot run. Chosen once. */
export function chooseExecutor(): {
  readonly executor: Executor
  readonly createScorer: (customers: number) => Scorer
} {
  const kernel = loadKernel()
  return kernel
    ? { executor: 'kernel', createScorer: (customers) => new KernelScorer(kernel, customers) }
    : { executor: 'reference', createScorer: (customers) => new ReferenceScorer(customers) }
}
