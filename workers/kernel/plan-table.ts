import type { Moving } from '../../src/core/scoring/reasons'
import type { Handle } from '../scorer'
import type { KernelMemory } from './kernel-memory'

/** Bytes that the kernel reads per pair of metrics: two addresses, four pairs of weights, each weight eight times. */
const PAIR = 56

/** Numbers (i32) that the kernel reads per metric that may move a customer; see reasons.as.ts. */
const MOVING = 4

/** Most that 16 bits hold, which the weights of a part are summed in. */
const PART = 65_535

/**
 * Most that the weights may sum to for a signed number of 32 bits to hold num: 2³¹ / 10,000. An unsigned one holds twice
 * that, but turning it into a float64 takes three times as long.
 */
const NARROW = 214_748

/** Writes which columns are averaged with which weights as the kernel reads it. */
export class PlanTable {
  readonly #memory: KernelMemory
  /** Pairs that there is room for. */
  #room = 0
  #pairs = 0
  #parts = 0
  #moving = { address: 0, room: 0 }

  constructor(memory: KernelMemory) {
    this.#memory = memory
  }

  /**
   * @param more weight that num must have room for
   * @returns the addresses of the parts and pairs, and whether num needs more than 31 bits
   */
  write(points: readonly Handle[], weights: Uint16Array, more = 0): { parts: number; pairs: number; wide: boolean } {
    this.#makeRoom(points.length)
    const sizes: number[] = []
    let [pairs, sum, total, first] = [0, 0, 0, 0]
    const endPart = (): void => {
      if (pairs > first) sizes.push(pairs - first)
      ;[first, sum] = [pairs, 0]
    }
    // A metric without weight changes nothing, so only the others are read.
    const counting = points.map((column, metric) => ({ column, weight: weights[metric]! })).filter((m) => m.weight > 0)
    for (let metric = 0; metric < counting.length; metric += 2) {
      const a = counting[metric]!
      // An odd one out is paired with itself at weight 0.
      const b = counting[metric + 1] ?? { column: a.column, weight: 0 }
      if (sum + a.weight + b.weight > PART) endPart()
      this.#writePair(pairs++, a, b)
      sum += a.weight + b.weight
      total += a.weight + b.weight
    }
    endPart()
    this.#memory.u32(this.#parts, sizes.length + 1).set([...sizes, 0])
    return { parts: this.#parts, pairs: this.#pairs, wide: total + more > NARROW }
  }

  /** @returns the address of what the kernel's `reasons` reads */
  writeMoving({ points, weights, bases }: Moving<Handle>): number {
    if (points.length > this.#moving.room) {
      const room = Math.max(128, 2 * points.length)
      this.#moving = { address: this.#memory.allocate(4 * MOVING * room), room }
    }
    const table = this.#memory.i32(this.#moving.address, MOVING * points.length)
    for (const [i, column] of points.entries()) table.set([column, weights[i]!, bases[i]!], MOVING * i)
    return this.#moving.address
  }

  #makeRoom(metrics: number): void {
    const pairs = (metrics + 1) >> 1
    if (this.#room >= pairs && this.#room > 0) return
    this.#room = Math.max(128, 2 * pairs)
    this.#pairs = this.#memory.allocate(PAIR * this.#room)
    this.#parts = this.#memory.allocate(4 * (this.#room + 1))
  }

  #writePair(index: number, a: Weighted, b: Weighted): void {
    const at = this.#pairs + PAIR * index
    this.#memory.u32(at, 2).set([a.column, b.column])
    const weights = this.#memory.u16(at + 8, 24)
    for (let i = 0; i < 8; i += 2) {
      weights[i] = a.weight
      weights[i + 1] = b.weight
    }
    weights.fill(a.weight, 8, 16)
    weights.fill(b.weight, 16, 24)
  }
}

interface Weighted {
  readonly column: Handle
  readonly weight: number
}
