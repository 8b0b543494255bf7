import { drawPlainly, type DrawFrom } from '../../src/core/backtest/drawing'
import { MOVE_BINS, MOVE_TIERS } from '../../src/core/backtest/moves'
import { BINS, CLASS_COUNT, emptyHistogram, type ScoreHistogram } from '../../src/core/backtest/score-histogram'
import type { PointsSum } from '../../src/core/scoring/explain'
import type { Direction, Moving, Reasons } from '../../src/core/scoring/reasons'
import { NOT_SCORED, type Plan, type Run } from '../../src/core/scoring/reference'
import type { OtherWeight, Reweigher, Reweighing } from '../reweigher'
import { MOST_KEPT_ROWS, type Against, type Handle, type Moves, type Scorer } from '../scorer'
import type { Kernel, KernelExports } from './kernel'
import { DrawKernel } from './draw-kernel'
import { KernelMemory } from './kernel-memory'
import { KernelReweigher } from './other-weights'
import { PlanTable } from './plan-table'
import { ReweigherRoom } from './reweigher-room'

const COUNTS = 4 * CLASS_COUNT * MOVE_BINS
const SUMS = 8 * CLASS_COUNT * MOVE_BINS
const MOVES = 4 * MOVE_TIERS * MOVE_BINS

/** Rows that the kernel scores at a time. */
const ROWS_AT_ONCE = 8
/** Bytes of a customer's num, and of their den, that are kept between two passes. */
const SUM = 4
/** Most that a weight becomes while sums are kept: what a signed number of 16 bits holds. */
const MOST_WEIGHT = 32_767

/** Where num and den of the customers are kept. */
interface KeptSums {
  readonly nums: number
  readonly dens: number
}

/** Scores the customers of one data set with the kernel. All it works on is in one memory, dropped with the data set. */
export class KernelScorer implements Scorer {
  readonly #rows: number
  readonly #memory = new KernelMemory()
  readonly #kernel: KernelExports
  readonly #plan: PlanTable
  readonly #classes: number
  readonly #counts: number
  readonly #sums: number
  readonly #moves: number
  #amounts = 0
  /** Made when they are first needed. */
  #tiers = 0
  #compared: { readonly table: number; readonly only: number; readonly tiers: number } | undefined
  /** The tier table of the baseline whose tiers are there. */
  #comparedBy: Uint8Array | undefined
  #reweighing: ReweigherRoom | undefined
  /** Made when it is first needed, and of whom it has the sums. */
  #kept: KeptSums | undefined
  #keptPlan: (KeptSums & { readonly plan: Plan<Handle>; readonly run: Run }) | undefined
  /** Made when it is first needed. */
  #present: number | undefined
  #drawing: DrawKernel | undefined
  readonly #free: Handle[] = []
  readonly drawFrom: DrawFrom = (from, seed) => {
    this.#drawing ??= DrawKernel.create()
    return this.#drawing?.drawFrom(from, seed) ?? drawPlainly(from, seed)
  }

  constructor(kernel: Kernel, rows: number) {
    this.#rows = rows
    this.#kernel = kernel.attach(this.#memory.memory)
    this.#plan = new PlanTable(this.#memory)
    this.#counts = this.#memory.allocate(COUNTS)
    this.#sums = this.#memory.allocate(SUMS)
    this.#moves = this.#memory.allocate(MOVES)
    this.#classes = this.#memory.allocate(rows)
  }

  column(): Handle {
    const known = this.#free.pop()
    if (known !== undefined) return known
    const padded = roomFor(this.#rows)
    const column = this.#memory.allocate(2 * padded)
    this.#memory.u16(column, padded).fill(NOT_SCORED, this.#rows)
    return column
  }

  release(column: Handle): void {
    this.#free.push(column)
  }

  values(column: Handle): Uint16Array {
    return this.#memory.u16(column, this.#rows)
  }

  judge(classes: Uint8Array, amounts: Float64Array | undefined): void {
    this.#memory.u8(this.#classes, this.#rows).set(classes)
    if (!amounts) {
      this.#amounts = 0
      return
    }
    if (this.#amounts === 0) this.#amounts = this.#memory.allocate(8 * this.#rows)
    this.#memory.f64(this.#amounts, this.#rows).set(amounts)
  }

  score({ points, runs, clamp }: Plan<Handle>, out: Handle): void {
    for (const run of runs) {
      const { parts, pairs, wide } = this.#plan.write(points, run.weights)
      this.#scoreRun({ parts, pairs, wide, nums: 0, dens: 0 }, run, clamp, out)
    }
  }

  #scoreRun(
    { parts, pairs, wide, nums, dens }: { parts: number; pairs: number; wide: boolean; nums: number; dens: number },
    { start, customers, minDen }: Run,
    clamp: Plan<Handle>['clamp'],
    out: Handle,
  ): void {
    const { low, high } = clamp ?? { low: 0, high: 0 }
    this.#kernel.score(start, roomFor(customers), parts, pairs, Number(wide), out, minDen, low, high, nums, dens)
  }

  scoreAndKeep(plan: Plan<Handle>, out: Handle): boolean {
    this.#keptPlan = undefined
    const [run, ...others] = plan.runs
    const alone = run && others.length === 0 && this.#rows <= MOST_KEPT_ROWS
    const table = alone && this.#plan.write(plan.points, run.weights, MOST_WEIGHT)
    const kept = table && !table.wide ? this.#roomToKeep() : undefined
    if (!kept || !table) {
      this.score(plan, out)
      return false
    }
    this.#scoreRun({ ...table, ...kept }, run, plan.clamp, out)
    this.#keptPlan = { plan, run, ...kept }
    return true
  }

  /** None where the machine has no more memory: a full pass does without. */
  #roomToKeep(): KeptSums | undefined {
    const bytes = SUM * roomFor(this.#rows)
    try {
      this.#kept ??= { nums: this.#memory.allocate(bytes), dens: this.#memory.allocate(bytes) }
      return this.#kept
    } catch {
      return undefined
    }
  }

  rescore({ metric, weight, minDen }: OtherWeight, out: Handle): void {
    const { plan, run, nums, dens } = this.#keptPlan!
    const { low, high } = plan.clamp ?? { low: 0, high: 0 }
    const at = 2 * run.start
    const change = weight - run.weights[metric]!
    const points = plan.points[metric]! + at
    const clamp = [low && low + at, high && high + at] as const
    this.#kernel.rescore(roomFor(run.customers), nums, dens, points, change, out + at, minDen, ...clamp)
  }

  countCustomers(column: Handle): Uint32Array {
    this.#memory.clear(this.#counts, COUNTS)
    this.#kernel.count(this.#rows, column, this.#classes, this.#counts)
    const counts = new Uint32Array(CLASS_COUNT * BINS)
    for (let index = 0; index < CLASS_COUNT; index++) counts.set(this.#countsOf(index), index * BINS)
    return counts
  }

  sumPoints(column: Handle): PointsSum {
    const rows = roomFor(this.#rows)
    const sum = this.#kernel.sumPoints(rows, column, this.#counts)
    return { sum, customers: this.#memory.u32(this.#counts, 1)[0]! }
  }

  reasons(moving: Moving<Handle>, direction: Direction): Reasons {
    const rows = roomFor(this.#rows)
    const [steps, metrics] = [this.column(), this.column()]
    const table = this.#plan.writeMoving(moving)
    this.#kernel.reasons(rows, table, moving.points.length, direction, steps, metrics)
    const made = { steps: this.#memory.i16(steps, this.#rows).slice(), metrics: this.values(metrics).slice() }
    // As whoever is given the columns next expects them.
    this.#memory.u16(steps, rows).fill(NOT_SCORED, this.#rows)
    for (const column of [steps, metrics]) this.release(column)
    return made
  }

  weightWithPoints({ points, runs }: Plan<Handle>): Uint32Array {
    const room = SUM * roomFor(this.#rows)
    this.#present ??= this.#memory.allocate(room)
    this.#memory.clear(this.#present, room)
    for (const { start, customers, weights } of runs) {
      const { parts, pairs } = this.#plan.write(points, weights)
      this.#kernel.weights(start, roomFor(customers), parts, pairs, this.#present)
    }
    return this.#memory.u32(this.#present, this.#rows).slice()
  }

  count(scores: Handle): ScoreHistogram {
    this.#memory.clear(this.#counts, COUNTS)
    if (this.#amounts === 0) this.#kernel.count(this.#rows, scores, this.#classes, this.#counts)
    else {
      this.#memory.clear(this.#sums, SUMS)
      this.#kernel.countAmounts(this.#rows, scores, this.#classes, this.#counts, this.#amounts, this.#sums)
    }
    return this.#histogram()
  }

  keepTiers(scores: Handle, tierOf: Uint8Array): void {
    if (this.#tiers === 0) this.#tiers = this.#memory.allocate(this.#rows)
    // The moves are as good a place as any for the table: they are cleared before they are next counted.
    this.#memory.u8(this.#moves, tierOf.length).set(tierOf)
    this.#kernel.tiersOf(this.#rows, scores, this.#moves, this.#tiers)
  }

  countChanged(scores: Handle, tierOf: Uint8Array): number {
    const steps: number[] = []
    for (let bin = 1; bin < BINS; bin++) {
      if (tierOf[bin] !== tierOf[bin - 1]) steps.push(bin, tierOf[bin]! - tierOf[bin - 1]!)
    }
    this.#memory.u16(this.#moves, steps.length).set(steps)
    const [lowest, none] = [tierOf[0]!, tierOf[BINS]!]
    return this.#kernel.countChanged(this.#rows, scores, this.#tiers, this.#moves, steps.length / 2, lowest, none)
  }

  countAgainst(scores: Handle, baseline: Handle, tierOf: Uint8Array): Against {
    const { table, only, tiers } = this.#comparing()
    const onlyBaseline = only + COUNTS
    if (this.#comparedBy !== tierOf) {
      this.#memory.u8(table, tierOf.length).set(tierOf)
      this.#kernel.tiersOf(this.#rows, baseline, table, tiers)
      this.#comparedBy = tierOf
    }
    this.#memory.clear(this.#moves, MOVES)
    this.#memory.clear(only, 2 * COUNTS)
    const [rows, classes, moves] = [this.#rows, this.#classes, this.#moves]
    if (this.#amounts === 0) {
      this.#kernel.countAgainst(rows, scores, classes, baseline, tiers, moves, only, onlyBaseline)
      return { ...this.#against(only), histogram: this.count(scores) }
    }
    const [counts, amounts, sums] = [this.#counts, this.#amounts, this.#sums]
    this.#memory.clear(counts, COUNTS)
    this.#memory.clear(sums, SUMS)
    const against = [baseline, tiers, moves, only, onlyBaseline] as const
    this.#kernel.countAmountsAgainst(rows, scores, classes, counts, amounts, sums, ...against)
    return { ...this.#against(only), histogram: this.#histogram() }
  }

  #against(only: number): Omit<Against, 'histogram'> {
    const counts = (at: number): Uint32Array => this.#memory.u32(at, CLASS_COUNT * MOVE_BINS).slice()
    return { moves: this.#movesNow(), onlyScores: counts(only), onlyBaseline: counts(only + COUNTS) }
  }

  sumPlacements(scores: Handle, baseline: Handle, placements: Uint32Array): Float64Array {
    const { table } = this.#comparing()
    this.#memory.u32(table, placements.length).set(placements)
    this.#memory.clear(this.#sums, SUMS)
    this.#kernel.sumPlacements(this.#rows, scores, baseline, this.#classes, table, this.#sums)
    return this.#memory.f64(this.#sums, CLASS_COUNT * MOVE_BINS)
  }

  reweigher(of: Reweighing): Reweigher {
    this.#reweighing ??= new ReweigherRoom(this.#memory, this.#kernel.score)
    return new KernelReweigher(this.#reweighing, of)
  }

  #comparing(): { table: number; only: number; tiers: number } {
    this.#compared ??= {
      table: this.#memory.allocate(COUNTS),
      only: this.#memory.allocate(2 * COUNTS),
      tiers: this.#memory.allocate(this.#rows),
    }
    return this.#compared
  }

  #movesNow(): Moves {
    return this.#memory.u32(this.#moves, MOVE_TIERS * MOVE_BINS).slice()
  }

  #countsOf(index: number): Uint32Array {
    return this.#memory.u32(this.#counts + 4 * index * MOVE_BINS, BINS)
  }

  /** What was counted, with those who are not scored taken out of the last bin of each class. */
  #histogram(): ScoreHistogram {
    const histogram = emptyHistogram()
    for (let index = 0; index < CLASS_COUNT; index++) {
      histogram.counts.set(this.#countsOf(index), index * BINS)
      histogram.notScored[index] = this.#memory.u32(this.#counts + 4 * (index * MOVE_BINS + BINS), 1)[0]!
      if (this.#amounts === 0) continue
      const sums = this.#memory.f64(this.#sums + 8 * index * MOVE_BINS, MOVE_BINS)
      histogram.revenue.set(sums.subarray(0, BINS), index * BINS)
      histogram.notScoredRevenue[index] = sums[BINS]!
    }
    return histogram
  }
}

/** Rows with those that pad them: they are scored eight at a time. */
function roomFor(rows: number): number {
  return (rows + ROWS_AT_ONCE - 1) & -ROWS_AT_ONCE
}
