// AssemblyScript, not TypeScript: compiled to WebAssembly by build.mjs. Addresses are bytes in the one imported memory.
// Rows are scored eight at a time, so columns and runs of rows are padded to eight.
// What is exported here is what kernel.ts calls.

export {
  count,
  countAgainst,
  countAmounts,
  countAmountsAgainst,
  countChanged,
  sumPlacements,
  sumPoints,
  tiersOf,
} from './count.as'
export { reasons, weights } from './reasons.as'
export { rescore, score } from './weighted-mean.as'
