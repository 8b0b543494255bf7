import { MOVE_BINS, MOVE_TIERS } from '../../src/core/backtest/moves'
import { BINS } from '../../src/core/backtest/score-histogram'
import type { Plan, Run } from '../../src/core/scoring/reference'
import { CHUNK, SLOTS, type OtherScores, type OtherWeight, type Reweigher, type Reweighing } from '../reweigher'
import type { Handle } from '../scorer'
import type { KernelExports } from './kernel'
import type { KernelMemory } from './kernel-memory'
import { keptSize, MOST_KEPT, MOST_WEIGHT, ROWS_KEPT } from './kept-sums'
import type { PlanTable } from './plan-table'

/** Most bytes that the kernel keeps of a customer. */
const KEPT = MOST_KEPT / ROWS_KEPT

const SIDE = 4 * MOVE_BINS

/** Room for one chunk of customers and the counts of all slots, used again by the next reweigher. */
export class ReweigherRoom {
  readonly kept: number
  readonly scores: number
  readonly list: number
  readonly cuts: number
  readonly counts: number

  constructor(memory: KernelMemory) {
    this.kept = memory.allocate(KEPT * CHUNK)
    this.scores = memory.allocate(2 * CHUNK)
    this.list = memory.allocate(2 * CHUNK)
    this.cuts = memory.allocate(2 * MOVE_TIERS)
    this.counts = memory.allocate(2 * SIDE * SLOTS)
  }
}

/** The rows of one run that were taken. */
interface Piece {
  readonly run: Run
  readonly start: number
  /** Whether num, whatever a weight becomes, needs more than 31 bits. */
  readonly wide: boolean
  /** A multiple of eight: the padding of the last rows is never scored. */
  readonly rows: number
}

/** Reweighs with the kernel. */
export class KernelReweigher implements Reweigher {
  readonly #memory: KernelMemory
  readonly #kernel: KernelExports
  readonly #table: PlanTable
  readonly #room: ReweigherRoom
  readonly #outcome: Uint8Array
  /** The cuts, and not being scored as the highest tier. */
  readonly #tiers: number
  readonly #changed: Float64Array
  #plan: Plan<Handle> = { points: [], runs: [] }
  #start = 0
  #pieces: Piece[] = []
  /** Of the rows that were taken; the events come first in the list. */
  #judged = { events: 0, nonEvents: 0 }

  constructor(
    work: { readonly memory: KernelMemory; readonly kernel: KernelExports; readonly table: PlanTable },
    room: ReweigherRoom,
    { outcome, cuts, slots }: Reweighing,
  ) {
    this.#memory = work.memory
    this.#kernel = work.kernel
    this.#table = work.table
    this.#room = room
    this.#outcome = outcome
    this.#tiers = cuts.length + 1
    this.#memory.u16(room.cuts, this.#tiers).set([...cuts, BINS])
    this.#changed = new Float64Array(slots)
    this.#memory.clear(room.counts, 2 * SIDE * slots)
  }

  take(plan: Plan<Handle>, start: number): void {
    const end = Math.min(start + CHUNK, this.#outcome.length)
    this.#plan = plan
    this.#start = start
    this.#pieces = plan.runs.flatMap((run) => {
      const from = Math.max(run.start, start)
      const rows = (Math.min(run.start + run.customers, end) - from + 7) & ~7
      return rows > 0 ? [{ run, start: from, rows, wide: this.#sum(run, from, rows) }] : []
    })
    this.#list(start, end)
  }

  /** Keeps the sums of rows and the tiers that they score. @returns whether wide */
  #sum(run: Run, start: number, rows: number): boolean {
    const { points, clamp } = this.#plan
    const { parts, pairs, wide } = this.#table.write(points, run.weights, MOST_WEIGHT)
    const { scores, cuts } = this.#room
    const kept = this.#keptAt(start)
    // The kernel adds the row's place in a column to where the column starts.
    const out = scores - 2 * this.#start
    const { low, high } = clamp ?? { low: 0, high: 0 }
    const size = keptSize(wide, true)
    this.#kernel.score(start, rows, parts, pairs, Number(wide), out, run.minDen, low, high, kept, size)
    this.#kernel.keepTierBounds(rows, out + 2 * start, cuts, this.#tiers, kept, size)
    return wide
  }

  /** Lists the judged rows, those with the event first. */
  #list(start: number, end: number): void {
    const [outcome, list] = [this.#outcome, this.#memory.u16(this.#room.list, CHUNK)]
    let listed = 0
    for (let row = start; row < end; row++) if (outcome[row] === 1) list[listed++] = row - start
    const events = listed
    for (let row = start; row < end; row++) if (outcome[row] === 0) list[listed++] = row - start
    this.#judged = { events, nonEvents: listed - events }
  }

  count(slot: number, { metric, weight, minDen }: OtherWeight): void {
    const { list, scores } = this.#room
    const { points, clamp } = this.#plan
    for (const { run, start, rows, wide } of this.#pieces) {
      const column = points[metric]! + 2 * start
      const change = weight - run.weights[metric]!
      const out = scores + 2 * (start - this.#start)
      const [low, high] = clamp ? [clamp.low + 2 * start, clamp.high + 2 * start] : [0, 0]
      const kept = this.#keptAt(start)
      const size = keptSize(wide, true)
      const left = this.#kernel.reweigh(rows, kept, size, column, change, Number(wide), out, minDen, low, high)
      this.#changed[slot]! += left
    }
    const { events, nonEvents } = this.#judged
    const counts = this.#countsAt(slot)
    this.#kernel.countListed(list, events, scores, counts)
    this.#kernel.countListed(list + 2 * events, nonEvents, scores, counts + SIDE)
  }

  counted(slot: number): OtherScores {
    const counts = this.#countsAt(slot)
    return {
      events: this.#memory.u32(counts, BINS),
      nonEvents: this.#memory.u32(counts + SIDE, BINS),
      changedTier: this.#changed[slot]!,
    }
  }

  #keptAt(row: number): number {
    return this.#room.kept + KEPT * (row - this.#start)
  }

  #countsAt(slot: number): number {
    return this.#room.counts + 2 * SIDE * slot
  }
}
