import { MOVE_BINS, MOVE_TIERS } from '../../src/core/backtest/moves'
import { CHUNK } from '../reweigher'
import { compiled, type KernelExports } from './kernel'
import type { KernelMemory } from './kernel-memory'
import kernelBase64 from './other-weights.as.ts?kernel'
import { PlanTable } from './plan-table'

/** What other-weights.as.ts exports; see there. */
interface OtherWeightsExports {
  readonly keepTiers: (
    rows: number,
    scores: number,
    nums: number,
    dens: number,
    wide: number,
    minDen: number,
    low: number,
    high: number,
    tiers: number,
    count: number,
    margins: number,
  ) => void
  readonly leaving: (
    rows: number,
    dens: number,
    margins: number,
    points: number,
    change: number,
    before: number,
    after: number,
  ) => number
  readonly leavingWide: (
    rows: number,
    nums: number,
    dens: number,
    margins: number,
    points: number,
    change: number,
    after: number,
    low: number,
    high: number,
  ) => number
  readonly gatherSums: (
    list: number,
    count: number,
    first: number,
    nums: number,
    dens: number,
    wide: number,
    toNums: number,
    toDens: number,
  ) => void
  readonly gather: (list: number, count: number, values: number, to: number) => void
  readonly count: (
    rows: number,
    nums: number,
    dens: number,
    wide: number,
    points: number,
    change: number,
    minDen: number,
    low: number,
    high: number,
    counts: number,
  ) => void
}

/** Bytes of a row's num at the most, den and margins. */
export const NUM = 8
export const DEN = 4
export const MARGINS = 12

/** Bytes of the counts of one outcome. */
export const SIDE = 4 * MOVE_BINS

let module: WebAssembly.Module | undefined

/** The kernel with room for one chunk of customers, for those who are judged and for their counts, used again and again. */
export class ReweigherRoom {
  readonly memory: KernelMemory
  readonly kernel: OtherWeightsExports
  readonly score: KernelExports['score']
  readonly plan: PlanTable
  readonly scores: number
  readonly nums: number
  readonly dens: number
  readonly margins: number
  readonly tiers: number
  readonly counts: number
  #list: JudgedList | undefined
  #judged: JudgedRoom | undefined

  constructor(memory: KernelMemory, score: KernelExports['score']) {
    this.memory = memory
    this.score = score
    this.plan = new PlanTable(memory)
    this.scores = memory.allocate(2 * CHUNK)
    // It takes no more of the browser than the kernel whose memory this is.
    module ??= compiled(kernelBase64)!
    this.kernel = new WebAssembly.Instance(module, { env: { memory: memory.memory } })
      .exports as unknown as OtherWeightsExports
    this.nums = memory.allocate(NUM * CHUNK)
    this.dens = memory.allocate(DEN * CHUNK)
    this.margins = memory.allocate(MARGINS * CHUNK)
    this.tiers = memory.allocate(2 * MOVE_TIERS)
    this.counts = memory.allocate(2 * SIDE)
  }

  /** The judged rows, found anew where others are judged. */
  listOf(outcome: Uint8Array): JudgedList {
    if (this.#list?.outcome !== outcome) this.#list = this.#listed(outcome)
    return this.#list
  }

  #listed(outcome: Uint8Array): JudgedList {
    const [events, nonEvents] = [1, 0].map((which) => rowsOf(outcome, which)) as [Uint32Array, Uint32Array]
    const room = Math.max(events.length + nonEvents.length, this.#list?.room ?? 0)
    const known = this.#list?.room === room ? this.#list.address : undefined
    const address = known ?? this.memory.allocate(4 * room)
    this.memory.u32(address, events.length).set(events)
    this.memory.u32(address + 4 * events.length, nonEvents.length).set(nonEvents)
    return { outcome, address, room, events, nonEvents }
  }

  /** Room for so many judged rows. */
  judgedRoom(rows: number): JudgedRoom {
    if (this.#judged && this.#judged.rows >= rows) return this.#judged
    const [nums, dens] = [this.memory.allocate(NUM * rows), this.memory.allocate(DEN * rows)]
    const [points, low, high] = [0, 1, 2].map(() => this.memory.allocate(2 * rows)) as [number, number, number]
    return (this.#judged = { rows, nums, dens, points, low, high })
  }
}

/** The judged rows of each outcome, rising, and where they are in the memory: the events, then the others. */
interface JudgedList {
  readonly outcome: Uint8Array
  readonly address: number
  readonly room: number
  readonly events: Uint32Array
  readonly nonEvents: Uint32Array
}

/** Where the judged rows' sums, a metric's points and the rules' clamp go. */
export interface JudgedRoom {
  readonly rows: number
  readonly nums: number
  readonly dens: number
  readonly points: number
  readonly low: number
  readonly high: number
}

function rowsOf(outcome: Uint8Array, which: number): Uint32Array {
  const rows = new Uint32Array(outcome.length)
  let found = 0
  for (let row = 0; row < outcome.length; row++) {
    rows[found] = row
    found += Number(outcome[row] === which)
  }
  return rows.slice(0, found)
}
