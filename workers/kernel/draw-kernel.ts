import type { Drawing, DrawnFrom, Ranking } from '../../src/core/backtest/drawing'
import { RESAMPLED } from '../../src/core/backtest/resampled-figures'
import { streamState } from '../../src/core/random'
import drawBase64 from './draw.as.ts?kernel'
import { compiled } from './kernel'
import { KernelMemory } from './kernel-memory'

/** What draw.as.ts exports; see there. */
interface DrawExports {
  readonly draw: (state: number, customers: number, room: number, stride: number, times: number) => void
  readonly keep: (times: number, end: number, kept: number) => number
  readonly recall: (kept: number, times: number, end: number) => void
  readonly addUp: (rows: number, count: number, times: number, totals: number) => void
  readonly addRevenue: (rows: number, count: number, times: number, sums: number, places: number) => void
  readonly rank: (
    totals: number,
    places: number,
    held: number,
    count: number,
    flagged: number,
    caught: number,
    out: number,
  ) => void
  readonly brier: (totals: number, places: number, chances: number, out: number) => void
  readonly netValues: (
    totals: number,
    places: number,
    each: number,
    cost: number,
    sums: number,
    cuts: number,
    flagged: number,
    out: number,
  ) => void
}

/** Draws that the kernel makes at a time. */
const AT_ONCE = 4

/** Most customers, so that 16 bits hold how often one of them is in any draw. */
const MOST_CUSTOMERS = 65_535

/** Most rows that a draw may have: 31 bits hold them. */
const MOST_ROWS = 2 ** 31 - 1

/** Bytes of four draws' times of a customer, totals of a cell and sums of revenue, and of the two cells of a place. */
const TIMES = 8
const TOTAL = 16
const SUM = 32
const PLACE = 2 * TOTAL

const FIGURES = RESAMPLED.length

let module: WebAssembly.Module | undefined | null = null

/** How often each of so many customers is in the draws of a seed; models and parts of as many customers share them. */
interface KeptDraws {
  readonly seed: number
  readonly customers: number
  /** Per four draws; 'too often' where somebody is in one more often than can be kept. */
  readonly fours: (Uint8Array | 'too often')[]
}

/** As many numbers of customers: those of the hold-out and of the training part. */
const MOST_KEPT = 2

/** Draws customers in WebAssembly, in a memory that each drawing uses anew. */
export class DrawKernel {
  /** The last asked for first. */
  #kept: readonly KeptDraws[] = []
  readonly #memory = new KernelMemory()
  readonly #kernel: DrawExports

  private constructor(of: WebAssembly.Module) {
    this.#kernel = new WebAssembly.Instance(of, { env: { memory: this.#memory.memory } })
      .exports as unknown as DrawExports
  }

  /** Undefined where WebAssembly or its SIMD is missing. */
  static create(): DrawKernel | undefined {
    if (module === null) module = compiled(drawBase64)
    return module && new DrawKernel(module)
  }

  /** The same draws as `drawPlainly`, which end the last ones; undefined for nobody, or for more than the kernel counts. */
  drawFrom(from: DrawnFrom, seed: number): Drawing | undefined {
    const customers = from.starts.length - 1
    if (customers === 0 || customers > MOST_CUSTOMERS || customers * mostRows(from) > MOST_ROWS) return undefined
    this.#memory.restart()
    return new KernelDrawing(this.#memory, this.#kernel, from, this.#keptOf(seed, customers))
  }

  #keptOf(seed: number, customers: number): KeptDraws {
    const known = this.#kept.find((each) => each.seed === seed && each.customers === customers)
    const kept = known ?? { seed, customers, fours: [] }
    this.#kept = [kept, ...this.#kept.filter((each) => each !== kept)].slice(0, MOST_KEPT)
    return kept
  }
}

/** Rows of the customer who has most. */
function mostRows({ starts }: DrawnFrom): number {
  let most = 0
  for (let i = 1; i < starts.length; i++) most = Math.max(most, starts[i]! - starts[i - 1]!)
  return most
}

class KernelDrawing implements Drawing {
  readonly #memory: KernelMemory
  readonly #kernel: DrawExports
  readonly #kept: KeptDraws
  readonly #stride: number
  readonly #room: number
  readonly #times: number
  readonly #out: number
  readonly #judges: readonly Judge[]
  #drawn = 0

  constructor(memory: KernelMemory, kernel: DrawExports, from: DrawnFrom, kept: KeptDraws) {
    this.#memory = memory
    this.#kernel = kernel
    const customers = from.starts.length - 1
    this.#kept = kept
    this.#stride = (2 * (customers + 1) + 15) & ~15
    this.#room = memory.allocate(AT_ONCE * this.#stride)
    this.#times = memory.allocate(AT_ONCE * this.#stride)
    this.#out = memory.allocate(8 * FIGURES * AT_ONCE)
    this.#judges = from.rankings.map((ranking) => judge(memory, kernel, from, ranking))
  }

  next(draws: number): readonly Float64Array[] {
    const found = this.#judges.map(() => new Float64Array(draws * FIGURES))
    for (let draw = 0; draw < draws; draw += AT_ONCE) {
      this.#draw(this.#drawn + draw)
      const figures = this.#memory.f64(this.#out, Math.min(AT_ONCE, draws - draw) * FIGURES)
      for (const [model, judge] of this.#judges.entries()) {
        figures.fill(NaN)
        judge(this.#times, this.#out)
        found[model]!.set(figures, draw * FIGURES)
      }
    }
    this.#drawn += draws
    return found
  }

  /** Writes how often each customer is in the draws from one on. */
  #draw(first: number): void {
    const [room, stride, times] = [this.#room, this.#stride, this.#times]
    const end = times + AT_ONCE * stride
    const [at, { fours, seed, customers }] = [first / AT_ONCE, this.#kept]
    const known = fours[at]
    if (known instanceof Uint8Array) {
      this.#memory.u8(room, stride).set(known)
      this.#kernel.recall(room, times, end)
      return
    }
    this.#kernel.draw(streamState(seed, customers, first * customers), customers, room, stride, times)
    if (at !== fours.length) return
    const fits = this.#kernel.keep(times, end, room) === 1
    fours.push(fits ? this.#memory.u8(room, stride).slice() : 'too often')
  }
}

/** Counts four draws and works out their figures; those that do not exist stay what they are. */
type Judge = (times: number, out: number) => void

/** Writes the tables by which the kernel judges draws by the scores of one model. */
function judge(memory: KernelMemory, kernel: DrawExports, from: DrawnFrom, ranking: Ranking): Judge {
  const { bins, at, judged } = ranking
  const places = bins.length
  const flagged = bins.filter((bin) => bin < judged.cut).length
  const held = placesWithEvents(at, places)
  const caught = held.filter((place) => place < flagged).length
  const whose = customerPerRow(from)
  const rows = writeU32(memory, rowsByCell(at, whose, places, from.starts.length - 1))
  const placed = writeU32(memory, held.map((place) => PLACE * place)) // prettier-ignore
  const totals = memory.allocate(PLACE * places + TOTAL)
  memory.clear(totals, TOTAL)
  const judges: Judge[] = [
    (times) => kernel.addUp(rows.address, rows.count, times, totals),
    (_, out) => kernel.rank(totals, places, placed.address, placed.count, flagged, caught, out),
  ]
  const { chance, economics } = judged
  if (chance) {
    const chances = writePerPlace(memory, bins, (bin) => chance[bin]!)
    judges.push((_, out) => kernel.brier(totals, places, chances, out))
  }
  if (economics) {
    const { cost, saveRate, value } = economics
    const cuts = writePerPlace(memory, bins, (bin) => bin + 1)
    const each = saveRate * (value.kind === 'amount' ? value.amount : value.months / 100)
    const sums = value.kind === 'amount' ? 0 : memory.allocate(SUM * places)
    if (sums > 0) {
      const paying = writePaying(memory, at, whose, from.eventRevenue!)
      judges.push((times) => kernel.addRevenue(paying.address, paying.count, times, sums, places))
    }
    judges.push((_, out) => kernel.netValues(totals, places, each, cost, sums, cuts, flagged, out))
  }
  return (times, out) => {
    for (const each of judges) each(times, out)
  }
}

interface Table {
  readonly address: number
  readonly count: number
}

function writeU32(memory: KernelMemory, values: Uint32Array): Table {
  const address = memory.allocate(values.byteLength)
  memory.u32(address, values.length).set(values)
  return { address, count: values.length }
}

function writePerPlace(memory: KernelMemory, bins: Uint32Array, valueOf: (bin: number) => number): number {
  const address = memory.allocate(8 * bins.length)
  memory.f64(address, bins.length).set(Float64Array.from(bins, valueOf))
  return address
}

function customerPerRow({ starts }: DrawnFrom): Uint32Array {
  const customerOf = new Uint32Array(starts.at(-1)!)
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    for (let row = starts[customer]!; row < starts[customer + 1]!; row++) customerOf[row] = customer
  }
  return customerOf
}

function placesWithEvents(at: Uint32Array, places: number): Uint32Array {
  const holds = new Uint8Array(places)
  for (const cell of at) if (cell & 1) holds[cell >>> 1] = 1
  const found = new Uint32Array(places)
  let held = 0
  for (let place = 0; place < places; place++) if (holds[place] === 1) found[held++] = place
  return found.subarray(0, held)
}

/**
 * Whose row each is, as `addUp` reads it, by the cell that it is counted in. A cell without rows gets one of whoever
 * comes after the last customer and is in no draw.
 */
function rowsByCell(at: Uint32Array, customerOf: Uint32Array, places: number, nobody: number): Uint32Array {
  const next = new Uint32Array(2 * places + 1)
  for (const cell of at) next[cell + 1]!++
  for (let cell = 0; cell < 2 * places; cell++) next[cell + 1] = next[cell]! + Math.max(1, next[cell + 1]!)
  const rows = new Uint32Array(next[2 * places]!).fill(nobody * TIMES)
  const ends = next.slice(1)
  for (const [row, cell] of at.entries()) rows[next[cell]!++] = customerOf[row]! * TIMES
  for (const end of ends) rows[end - 1]!++
  return rows
}

/** The events as `addRevenue` reads them. */
function writePaying(memory: KernelMemory, at: Uint32Array, customerOf: Uint32Array, revenue: Float64Array): Table {
  const events = Uint32Array.from(at.keys()).filter((row) => at[row]! & 1)
  const address = memory.allocate(2 * TIMES * events.length)
  const [where, paid] = [memory.u32(address, 4 * events.length), memory.f64(address, 2 * events.length)]
  for (const [i, row] of events.entries()) {
    where[4 * i] = customerOf[row]! * TIMES
    where[4 * i + 1] = (at[row]! >>> 1) * SUM
    paid[2 * i + 1] = revenue[row]!
  }
  return { address, count: events.length }
}
