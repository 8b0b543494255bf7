import kernelBase64 from './score.as.ts?kernel'

/** What score.as.ts exports. Addresses are bytes in the memory that it was attached to. */
export interface KernelExports {
  readonly score: (
    start: number,
    rows: number,
    parts: number,
    pairs: number,
    wide: number,
    out: number,
    minDen: number,
    low: number,
    high: number,
    nums: number,
    dens: number,
  ) => void
  readonly rescore: (
    rows: number,
    nums: number,
    dens: number,
    points: number,
    change: number,
    out: number,
    minDen: number,
    low: number,
    high: number,
  ) => void
  readonly count: (rows: number, scores: number, groups: number, counts: number) => void
  readonly reasons: (rows: number, metrics: number, count: number, sign: number, out: number, which: number) => void
  readonly weights: (start: number, rows: number, parts: number, pairs: number, out: number) => void
  readonly sumPoints: (rows: number, points: number, customers: number) => number
  readonly countAmounts: (
    rows: number,
    scores: number,
    classes: number,
    counts: number,
    amounts: number,
    sums: number,
  ) => void
  readonly countChanged: (
    rows: number,
    scores: number,
    tiers: number,
    steps: number,
    count: number,
    lowest: number,
    none: number,
  ) => number
  readonly countAgainst: (
    rows: number,
    scores: number,
    classes: number,
    baseline: number,
    tierOf: number,
    moves: number,
    onlyScores: number,
    onlyBaseline: number,
  ) => void
  readonly countAmountsAgainst: (
    rows: number,
    scores: number,
    classes: number,
    counts: number,
    amounts: number,
    sums: number,
    baseline: number,
    tierOf: number,
    moves: number,
    onlyScores: number,
    onlyBaseline: number,
  ) => void
  readonly sumPlacements: (
    rows: number,
    scores: number,
    baseline: number,
    classes: number,
    table: number,
    sums: number,
  ) => void
  readonly tiersOf: (rows: number, scores: number, table: number, out: number) => void
}

/** The compiled kernel, ready for any number of memories. */
export interface Kernel {
  readonly attach: (memory: WebAssembly.Memory) => KernelExports
}

/** The kernel; undefined where WebAssembly or its SIMD is missing, or the page's policy forbids it. */
export function loadKernel(): Kernel | undefined {
  const module = compiled(kernelBase64)
  return (
    module && {
      attach: (memory) => new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports,
    }
  )
}

/** The module of compiled bytes in base 64; undefined where it cannot run. */
export function compiled(base64: string): WebAssembly.Module | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined
  } catch {
    return undefined
  }
}
