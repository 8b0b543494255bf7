import { BINS } from '../../src/core/backtest/score-histogram'
import type { Plan, Run } from '../../src/core/scoring/reference'
import { MISSING_POINTS } from '../../src/core/scoring/scale'
import { CHUNK, type OtherScores, type OtherWeight, type Reweigher, type Reweighing } from '../reweigher'
import type { Handle } from '../scorer'
import { DEN, MARGINS, NUM, SIDE, type JudgedRoom, type ReweigherRoom } from './reweigher-room'

/** Most that the weights may sum to for 31 bits to hold twice num and a tier's margins. */
const NARROW = 100_000

/** The rows of one run that were taken. */
interface Piece {
  readonly run: Run
  readonly start: number
  /** A multiple of eight: the padding of the last rows is never scored. */
  readonly rows: number
  readonly wide: boolean
}

/** The judged rows of one run with one outcome. */
interface Cell {
  readonly run: Run
  readonly wide: boolean
  /** The rows, and where they are in the memory. */
  readonly rows: Uint32Array
  readonly list: number
  /** Their place among all judged rows, and how many places they take: multiples of eight. */
  readonly at: number
  readonly places: number
  readonly counts: number
}

/** Reweighs with the kernel. */
export class KernelReweigher implements Reweigher {
  readonly #room: ReweigherRoom
  readonly #outcome: Uint8Array
  readonly #mostWeight: number
  /** The cuts, and not being scored as the highest tier. */
  readonly #tiers: number
  #plan: Plan<Handle> = { points: [], runs: [] }
  #start = 0
  #pieces: Piece[] = []
  #cells: Cell[] = []
  #judged: JudgedRoom
  /** The metric whose points, and whether the clamp, are those of the judged rows. */
  #gathered: { readonly metric: number } | undefined

  constructor(room: ReweigherRoom, { outcome, cuts, mostWeight }: Reweighing) {
    this.#room = room
    this.#outcome = outcome
    this.#mostWeight = mostWeight
    this.#tiers = cuts.length + 1
    room.memory.u16(room.tiers, this.#tiers).set([...cuts, BINS])
    this.#judged = room.judgedRoom(0)
  }

  take(plan: Plan<Handle>, start: number): void {
    const end = Math.min(start + CHUNK, this.#outcome.length)
    this.#plan = plan
    if (start === 0) this.#begin(plan)
    this.#start = start
    this.#pieces = plan.runs.flatMap((run) => {
      const from = Math.max(run.start, start)
      const rows = (Math.min(run.start + run.customers, end) - from + 7) & ~7
      return rows > 0 ? [{ run, start: from, rows, wide: this.#isWide(run) }] : []
    })
    for (const piece of this.#pieces) this.#add(piece)
    for (const cell of this.#cells) this.#keep(cell, start, end)
  }

  /** Gives every judged row of the plan's runs a place. */
  #begin({ runs }: Plan<Handle>): void {
    const { address, events, nonEvents } = this.#room.listOf(this.#outcome)
    const { counts } = this.#room
    const sides = [
      { listed: events, list: address, counts },
      { listed: nonEvents, list: address + 4 * events.length, counts: counts + SIDE },
    ]
    let at = 0
    this.#cells = runs.flatMap((run) =>
      sides.map((side): Cell => {
        const from = placeOf(side.listed, run.start)
        const rows = side.listed.subarray(from, placeOf(side.listed, run.start + run.customers))
        const places = (rows.length + 7) & ~7
        const cell = { run, rows, at, places, wide: this.#isWide(run), list: side.list + 4 * from, counts: side.counts }
        at += places
        return cell
      }),
    )
    this.#gathered = undefined
    this.#judged = this.#room.judgedRoom(at)
    // Places without a row have neither weight nor points, and are not scored.
    this.#room.memory.clear(this.#judged.dens, DEN * at)
    this.#room.memory.u16(this.#judged.points, at).fill(MISSING_POINTS)
  }

  #isWide({ weights }: Run): boolean {
    return weights.reduce((sum, weight) => sum + weight, this.#mostWeight) > NARROW
  }

  /** Adds up the rows and keeps the tiers that they score. */
  #add({ run, start, rows, wide }: Piece): void {
    const { kernel, plan, score, tiers } = this.#room
    const { points, clamp } = this.#plan
    const { parts, pairs } = plan.write(points, run.weights)
    const [nums, dens, margins] = this.#chunkAt(start)
    // The kernel adds the row's place in a column to where the column starts.
    const scores = this.#room.scores - 2 * this.#start
    const whole = clamp ?? { low: 0, high: 0 }
    score(start, rows, parts, pairs, Number(wide), scores, run.minDen, whole.low, whole.high, nums, dens)
    const [low, high] = this.#clampAt(start)
    kernel.keepTiers(
      rows,
      scores + 2 * start,
      nums,
      dens,
      Number(wide),
      run.minDen,
      low,
      high,
      tiers,
      this.#tiers,
      margins,
    )
  }

  /** Keeps the sums of the judged rows of the chunk. */
  #keep({ rows, run, list, at, wide }: Cell, start: number, end: number): void {
    const [from, to] = [placeOf(rows, start), placeOf(rows, end)]
    if (from === to) return
    const first = Math.max(run.start, start)
    const [nums, dens] = this.#chunkAt(first)
    const toNums = this.#judged.nums + NUM * at + (wide ? NUM : NUM / 2) * from
    const toDens = this.#judged.dens + DEN * (at + from)
    this.#room.kernel.gatherSums(list + 4 * from, to - from, first, nums, dens, Number(wide), toNums, toDens)
  }

  leaving({ metric, weight, minDen }: OtherWeight): number {
    const { kernel } = this.#room
    let left = 0
    for (const { run, start, rows, wide } of this.#pieces) {
      const [nums, dens, margins] = this.#chunkAt(start)
      const points = this.#plan.points[metric]! + 2 * start
      const change = weight - run.weights[metric]!
      left += wide
        ? kernel.leavingWide(rows, nums, dens, margins, points, change, minDen, ...this.#clampAt(start))
        : kernel.leaving(rows, dens, margins, points, change, run.minDen, minDen)
    }
    return left
  }

  count(plan: Plan<Handle>, { metric, weight, minDen }: OtherWeight): OtherScores {
    const { kernel, memory, counts } = this.#room
    const { nums, dens, points, low, high } = this.#judged
    memory.clear(counts, 2 * SIDE)
    this.#gather(plan, metric)
    for (const { run, wide, at, places, counts: side } of this.#cells) {
      const change = weight - run.weights[metric]!
      const clamp = plan.clamp ? ([low + 2 * at, high + 2 * at] as const) : ([0, 0] as const)
      kernel.count(
        places,
        nums + NUM * at,
        dens + DEN * at,
        Number(wide),
        points + 2 * at,
        change,
        minDen,
        ...clamp,
        side,
      )
    }
    return { events: memory.u32(counts, BINS), nonEvents: memory.u32(counts + SIDE, BINS) }
  }

  /** Gathers a metric's points of the judged rows, and at the first of them the rules' clamp. */
  #gather({ points, clamp }: Plan<Handle>, metric: number): void {
    const { kernel } = this.#room
    const to = this.#judged
    if (this.#gathered?.metric === metric) return
    for (const { list, rows, at } of this.#cells) {
      kernel.gather(list, rows.length, points[metric]!, to.points + 2 * at)
      if (this.#gathered || !clamp) continue
      kernel.gather(list, rows.length, clamp.low, to.low + 2 * at)
      kernel.gather(list, rows.length, clamp.high, to.high + 2 * at)
    }
    this.#gathered = { metric }
  }

  /** Where the num, den and margins are of a row that a run's rows in the chunk start with. */
  #chunkAt(row: number): readonly [nums: number, dens: number, margins: number] {
    const { nums, dens, margins } = this.#room
    const place = row - this.#start
    return [nums + NUM * place, dens + DEN * place, margins + MARGINS * place]
  }

  #clampAt(row: number): readonly [low: number, high: number] {
    const { clamp } = this.#plan
    return clamp ? [clamp.low + 2 * row, clamp.high + 2 * row] : [0, 0]
  }
}

/** How many of some rising rows come before one. */
function placeOf(rows: Uint32Array, row: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}
