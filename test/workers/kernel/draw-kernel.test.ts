import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrap } from '../../../src/core/backtest/bootstrap'
import { drawPlainly, type DrawFrom, type DrawnFrom } from '../../../src/core/backtest/drawing'
import type { BootstrapRows } from '../../../src/core/backtest/drawn-customers'
import { RESAMPLED, type Judged } from '../../../src/core/backtest/resampled-figures'
import { RandomStream } from '../../../src/core/random'
import { DrawKernel } from '../../../workers/kernel/draw-kernel'
import drawBase64 from '../../../workers/kernel/draw.as.ts?kernel'
import { compiled, loadKernel } from '../../../workers/kernel/kernel'
import { KernelScorer } from '../../../workers/kernel/kernel-scorer'
import { finish } from '../../support/finish'

const kernel = DrawKernel.create()!

interface Case {
  readonly seed: number
  readonly rows: number
  readonly bins: number
  /** Chance of the event. */
  readonly events: number
  readonly models: 1 | 2
  /** Rows of a customer on average; 0 where no customer repeats. */
  readonly repeats: number
  readonly revenue: 'none' | 'whole' | 'broken'
  readonly value: 'none' | 'amount' | 'revenue'
  readonly calibrated: boolean
  readonly draws: number
}

const cases = (rows: number): fc.Arbitrary<Case> =>
  fc.record({
    seed: fc.nat(),
    rows: fc.integer({ min: 1, max: rows }),
    bins: fc.constantFrom(1, 2, 5, 101, 10_001),
    events: fc.constantFrom(0, 0.02, 0.2, 0.5, 1),
    models: fc.constantFrom(1, 2),
    repeats: fc.constantFrom(0, 1, 3, 12),
    revenue: fc.constantFrom('none', 'whole', 'broken'),
    value: fc.constantFrom('none', 'amount', 'revenue'),
    calibrated: fc.boolean(),
    draws: fc.integer({ min: 1, max: 45 }),
  })

/** Made-up rows of a case, some of which are not judged, and what is asked about them. */
function prepare({ seed, rows: length, bins, events, models, repeats, revenue, value, calibrated, draws }: Case) {
  const random = new RandomStream(seed, 1)
  const scores = () => Uint16Array.from({ length }, () => (random.chance(0.03) ? 65_535 : random.whole(bins)))
  const paid = () => (revenue === 'whole' ? random.whole(100_000) : 1e5 * random.next() - 100)
  const rows: BootstrapRows = {
    bins,
    a: scores(),
    outcome: Uint8Array.from({ length }, () => (random.chance(0.1) ? 2 : Number(random.chance(events)))),
    hashes: Uint32Array.from({ length }, () => random.whole(2 ** 32)),
    ...(models === 2 && { b: scores() }),
    ...(revenue !== 'none' && { revenue: Float64Array.from({ length }, paid) }),
    ...(repeats > 0 && { customer: Uint32Array.from({ length }, () => random.whole(Math.ceil(length / repeats))) }),
  }
  const judged = (): Judged => ({
    cut: random.whole(bins + 2),
    ...(calibrated && { chance: Float64Array.from({ length: bins }, () => random.next()) }),
    ...(value !== 'none' && {
      economics: {
        cost: 40 * random.next(),
        saveRate: random.next(),
        value: value === 'amount' ? { kind: value, amount: 900 * random.next() } : { kind: value, months: 12 },
      },
    }),
  })
  return { rows, asked: { a: judged(), b: judged(), seed, draws } }
}

/** Where two lists differ in any bit of a number. */
function differences(x: Float64Array, y: Float64Array): number[] {
  return [...x.keys()].filter((i) => !Object.is(x[i], y[i]))
}

/** Draws with the kernel and in plain TypeScript, and compares all figures of every draw. */
const both: DrawFrom = (from, seed) => {
  const [fast, plain] = [kernel.drawFrom(from, seed), drawPlainly(from, seed)]
  if (!fast) {
    expect(from.starts).toHaveLength(1)
    return plain
  }
  return {
    next: (draws) => {
      const [found, expected] = [fast.next(draws), plain.next(draws)]
      expect(found).toHaveLength(expected.length)
      for (const [model, figures] of expected.entries()) {
        expect(figures).toHaveLength(draws * RESAMPLED.length)
        expect(found[model]).toHaveLength(figures.length)
        expect(differences(found[model]!, figures)).toEqual([])
      }
      return found
    },
  }
}

function agree(given: Case): void {
  const { rows, asked } = prepare(given)
  finish(bootstrap(rows, asked, both))
}

const PLAIN: Case = {
  seed: 5,
  rows: 999,
  bins: 10_001,
  events: 0.2,
  models: 2,
  repeats: 0,
  revenue: 'broken',
  value: 'revenue',
  calibrated: true,
  draws: 24,
}

describe('the kernel draws as plain TypeScript does, bit for bit', () => {
  test('over any customers: one model or two, repeated, without events, without revenue', () => {
    fc.assert(fc.property(cases(400), agree), { numRuns: 250 })
    fc.assert(fc.property(cases(20), agree), { numRuns: 150 })
  })

  test('of one customer, of one with all the rows, and where everybody ties', () => {
    for (const rows of [1, 2, 3, 4, 5]) agree({ ...PLAIN, rows })
    agree({ ...PLAIN, repeats: 999 })
    agree({ ...PLAIN, bins: 1 })
  })

  test('of 20,000 customers, with and without repeated ones', () => {
    agree({ ...PLAIN, rows: 25_000, draws: 9 })
    agree({ ...PLAIN, rows: 90_000, repeats: 4, draws: 5 })
  })

  test('of as many customers as 16 bits count', () => {
    both(everybodyAt(65_535), 1).next(4)
  })
})

/** Customers who are all in one bin, every other row an event. */
const everybodyAt = (customers: number, rowsEach = 1): DrawnFrom => ({
  starts: Uint32Array.from({ length: customers + 1 }, (_, i) => i * rowsEach),
  rankings: [
    {
      bins: Uint32Array.of(7),
      at: Uint32Array.from({ length: customers * rowsEach }, (_, row) => 1 - (row & 1)),
      judged: { cut: 8 },
    },
  ],
})

test('leaves to plain TypeScript whom it cannot count: nobody, or more than its numbers hold', () => {
  expect(kernel.drawFrom(everybodyAt(0), 1)).toBeUndefined()
  expect(kernel.drawFrom(everybodyAt(65_535), 1)).toBeDefined()
  expect(kernel.drawFrom(everybodyAt(65_536), 1)).toBeUndefined()
  expect(kernel.drawFrom(everybodyAt(20, 50_000), 1)).toBeDefined()
  const many = { ...everybodyAt(60_000), starts: Uint32Array.from({ length: 60_001 }, (_, i) => i * 40_000) }
  expect(kernel.drawFrom(many, 1)).toBeUndefined()
  const { drawFrom } = new KernelScorer(loadKernel()!, 1)
  expect(drawFrom(everybodyAt(65_536), 1).next(1)).toEqual(drawPlainly(everybodyAt(65_536), 1).next(1))
})

test('draws go on where the last ones ended, however many are asked for at a time', () => {
  const { rows, asked } = prepare({ ...PLAIN, models: 1, draws: 13 })
  const inPieces: DrawFrom = (from, seed) => {
    const whole = kernel.drawFrom(from, seed)!.next(13)[0]!
    const drawing = kernel.drawFrom(from, seed)!
    const pieces = [1, 5, 4, 3].flatMap((draws) => [...drawing.next(draws)[0]!])
    expect(differences(whole, Float64Array.from(pieces))).toEqual([])
    return drawPlainly(from, seed)
  }
  finish(bootstrap(rows, asked, inPieces))
})

test('a drawing begins anew, whatever the last one left', () => {
  const figures = (): number[] => [...kernel.drawFrom(everybodyAt(1, 2), 3)!.next(1)[0]!]
  expect(figures()).toEqual([0.5, 0, 1, 1, 0.5, NaN, NaN, NaN])
  kernel.drawFrom(everybodyAt(40_000), 1)!.next(4)
  expect(figures()).toEqual([0.5, 0, 1, 1, 0.5, NaN, NaN, NaN])
})

test('draws that are kept are those that were drawn, for any model of as many customers', () => {
  const drawn = DrawKernel.create()!
  const of = (given: Case) => {
    const { rows, asked } = prepare(given)
    return finish(bootstrap(rows, asked, (from, seed) => drawn.drawFrom(from, seed)!))
  }
  const [once, other] = [{ ...PLAIN, models: 1, repeats: 0 } as const, { ...PLAIN, repeats: 4 }]
  const [first, second] = [of(once), of(other)]
  of({ ...once, seed: 6 })
  of({ ...once, bins: 5 })
  expect([of(other), of(once)]).toEqual([second, first])
})

test('what is kept of four draws is told by four bits a customer, and is nothing where they do not hold it', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 })
  const { keep, recall } = new WebAssembly.Instance(compiled(drawBase64)!, { env: { memory } }).exports as {
    keep: (times: number, end: number, kept: number) => number
    recall: (kept: number, times: number, end: number) => void
  }
  const times = new Uint16Array(memory.buffer, 64, 96)
  const random = new RandomStream(3, 1)
  const given = times.map(() => random.whole(16))
  times.set(given)
  expect(keep(64, 256, 1024)).toBe(1)
  times.fill(9)
  recall(1024, 64, 256)
  expect(times).toEqual(given)
  for (const [place, often] of [
    [0, 16],
    [41, 300],
    [95, 65_535],
  ] as const) {
    // prettier-ignore
    times.set(given)
    times[place] = often
    expect(keep(64, 256, 1024)).toBe(0)
  }
})
