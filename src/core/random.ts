const LN2 = 0.6931471805599453

/**
 * e to the power of x, by sums and products alone: engines differ in the last bit of Math.exp, and a sample must be
 * the same byte for byte everywhere. Good to 1e-12; x is held within −40…40.
 */
export function exp(x: number): number {
  const held = Math.min(40, Math.max(-40, x))
  const halvings = Math.round(held / LN2)
  const rest = held - halvings * LN2
  let term = 1
  let sum = 1
  for (let i = 1; i <= 14; i++) {
    term *= rest / i
    sum += term
  }
  const factor = halvings < 0 ? 0.5 : 2
  for (let i = 0; i < Math.abs(halvings); i++) sum *= factor
  return sum
}

/** 1 / (1 + e^−x). */
export function logistic(x: number): number {
  return 1 / (1 + exp(-x))
}

/** What the state of a stream grows by at each number. */
const STEP = 0x6d2b79f5

/** The state of a customer's stream once so many numbers have been drawn of it, 0…2³² − 1. */
export function streamState(seed: number, customer: number, drawn: number): number {
  const first = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) ^ Math.imul(customer + 1, 0x85ebca6b)
  return (first + Math.imul(drawn, STEP)) >>> 0
}

/** A stream of random numbers of one customer: the same for the same seed and customer, whatever else is drawn. */
export class RandomStream {
  #state: number

  constructor(seed: number, customer: number) {
    this.#state = streamState(seed, customer, 0)
  }

  /** 0…1, without 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + STEP) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** Mean 0, deviation 1, nearly normal: twelve draws less six. */
  normal(): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.next()
    return sum
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number of 0…below − 1. */
  whole(below: number): number {
    return Math.floor(this.next() * below)
  }

  /** How many of something that happens `mean` times on average; at most 400. */
  count(mean: number): number {
    const limit = exp(-Math.min(mean, 30))
    let product = this.next()
    let count = 0
    while (product > limit && count < 400) {
      product *= this.next()
      count++
    }
    return mean > 30 ? Math.max(0, Math.round(mean + this.normal() * Math.sqrt(mean))) : count
  }

  /** One of some choices, each as often as its weight says. */
  pick<Choice>(choices: readonly (readonly [Choice, number])[]): Choice {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0)
    let left = this.next() * total
    for (const [choice, weight] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return choices.at(-1)![0]
  }
}
