import { loadKernel } from './kernel/kernel'
import { KernelScorer } from './kernel/kernel-scorer'
import { ReferenceScorer } from './reference-scorer'
import type { Scorer } from './scorer'

/** Makes the scorers of data sets: with the kernel, or in plain TypeScript where it cannot run. Chosen once. */
export function scorerFactory(): (customers: number) => Scorer {
  const kernel = loadKernel()
  return (customers) => (kernel ? new KernelScorer(kernel, customers) : new ReferenceScorer(customers))
}
