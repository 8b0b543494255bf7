import type { Step } from './bind'

/** Computes one step for the rows of a chunk; what has no value is left as NaN or ±Infinity. NaN in gives NaN out. */
export type NumberStep = (values: readonly Float64Array[], out: Float64Array, count: number) => void

function one(give: (x: number) => number): NumberStep {
  return ([x], out, count) => {
    for (let i = 0; i < count; i++) out[i] = give(x![i]!)
  }
}

function two(give: (a: number, b: number) => number): NumberStep {
  return ([a, b], out, count) => {
    for (let i = 0; i < count; i++) out[i] = give(a![i]!, b![i]!)
  }
}

/** True and false of two numbers that are both there. */
function compare(holds: (a: number, b: number) => boolean): NumberStep {
  return two((a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : Number(holds(a, b))))
}

/** From the left to the right, so that it comes to the same everywhere. */
function fold(
  give: (sum: number, x: number) => number,
  last: (sum: number, count: number) => number = (sum) => sum,
): NumberStep {
  return (values, out, count) => {
    const [first, ...rest] = values
    for (let i = 0; i < count; i++) {
      let sum = first![i]!
      for (const each of rest) sum = give(sum, each[i]!)
      out[i] = last(sum, values.length)
    }
  }
}

/** x² and x³ are products, which every engine computes alike. */
function power(a: number, b: number): number {
  if (b === 2) return a * a
  if (b === 3) return a * a * a
  // 1^NaN is 1 to JavaScript, and NaN^0 too: here what is missing stays missing.
  return Number.isNaN(a) || Number.isNaN(b) ? NaN : a ** b
}

/** sign·floor(abs·10^d + 0.5)/10^d. */
function round(x: number, digits: number): number {
  const scale = 10 ** Math.trunc(digits)
  return (Math.sign(x) * Math.floor(Math.abs(x) * scale + 0.5)) / scale
}

/** Decided by one side where it can be: false for AND, true for OR; else missing when any is. */
function decide(decisive: 0 | 1): NumberStep {
  return (values, out, count) => {
    for (let i = 0; i < count; i++) {
      let all: number = 1 - decisive
      for (const each of values) {
        const value = each[i]!
        if (value === decisive) {
          all = decisive
          break
        }
        if (Number.isNaN(value)) all = NaN
      }
      out[i] = all
    }
  }
}

function isIn(values: readonly Float64Array[], out: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const [first, ...rest] = values.map((each) => each[i]!)
    out[i] = [first!, ...rest].some(Number.isNaN) ? NaN : Number(rest.includes(first!))
  }
}

const STEPS: Partial<Record<Step, NumberStep>> = {
  negate: one((x) => 0 - x),
  percent: one((x) => x / 100),
  '+': two((a, b) => a + b),
  '-': two((a, b) => a - b),
  '*': two((a, b) => a * b),
  '/': two((a, b) => (b === 0 ? NaN : a / b)),
  '^': two(power),
  '=': compare((a, b) => a === b),
  '<>': compare((a, b) => a !== b),
  '<': compare((a, b) => a < b),
  '<=': compare((a, b) => a <= b),
  '>': compare((a, b) => a > b),
  '>=': compare((a, b) => a >= b),
  ABS: one(Math.abs),
  AND: decide(0),
  OR: decide(1),
  NOT: one((x) => 1 - x),
  AVERAGE: fold(
    (sum, x) => sum + x,
    (sum, count) => sum / count,
  ),
  SUM: fold((sum, x) => sum + x),
  MIN: fold(Math.min),
  MAX: fold(Math.max),
  CEILING: one(Math.ceil),
  FLOOR: one(Math.floor),
  CLAMP: ([x, low, high], out, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.min(Math.max(x![i]!, low![i]!), high![i]!)
  },
  DAYSBETWEEN: two((from, to) => to - from),
  EXP: one(Math.exp),
  LN: one((x) => (x > 0 ? Math.log(x) : NaN)),
  LOG10: one((x) => (x > 0 ? Math.log10(x) : NaN)),
  SQRT: one(Math.sqrt),
  IN: isIn,
  ROUND: (values, out, count) => {
    const [x, digits] = values
    for (let i = 0; i < count; i++) out[i] = round(x![i]!, digits ? digits[i]! : 0)
  },
}

/** How a step is computed whose values are all numbers. */
export function numberStep(step: Step): NumberStep {
  const found = STEPS[step]
  if (!found) throw new Error(`${step} is no step of numbers`)
  return found
}
