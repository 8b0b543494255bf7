/** What a value of a formula is. */
export type FormulaType = 'number' | 'text' | 'boolean' | 'date'

/** How a function's values are typed: each by the list, the last of the list again for all that follow. */
interface Signature {
  readonly takes: readonly FormulaType[]
  readonly gives: FormulaType
  readonly least: number
  /** Infinity where any number may follow. */
  readonly most: number
}

function of(takes: readonly FormulaType[], gives: FormulaType, least = takes.length, most = takes.length): Signature {
  return { takes, gives, least, most }
}

const MANY_NUMBERS = of(['number'], 'number', 1, Infinity)
const ONE_NUMBER = of(['number'], 'number')
const CONDITIONS = of(['boolean'], 'boolean', 1, Infinity)

/** Functions whose values have fixed types: scoring.md, Formulas. */
export const SIGNATURES = {
  ABS: ONE_NUMBER,
  AND: CONDITIONS,
  AVERAGE: MANY_NUMBERS,
  CEILING: ONE_NUMBER,
  CLAMP: of(['number', 'number', 'number'], 'number'),
  CONTAINS: of(['text', 'text'], 'boolean'),
  DAYSBETWEEN: of(['date', 'date'], 'number'),
  DAYSSINCE: of(['date'], 'number'),
  EXP: ONE_NUMBER,
  FLOOR: ONE_NUMBER,
  LEFT: of(['text', 'number'], 'text', 1),
  LEN: of(['text'], 'number'),
  LN: ONE_NUMBER,
  LOG10: ONE_NUMBER,
  LOWER: of(['text'], 'text'),
  MAX: MANY_NUMBERS,
  MIN: MANY_NUMBERS,
  NOT: of(['boolean'], 'boolean'),
  OR: CONDITIONS,
  ROUND: of(['number', 'number'], 'number', 1),
  SQRT: ONE_NUMBER,
  SUM: MANY_NUMBERS,
} as const satisfies Readonly<Record<string, Signature>>

/** Functions whose values only have to be of one type among themselves; how many they take, in words. */
export const FLEXIBLE = {
  COALESCE: { least: 1, most: Infinity },
  IF: { least: 2, most: 3 },
  IFERROR: { least: 2, most: 2 },
  IFS: { least: 2, most: Infinity },
  IN: { least: 2, most: Infinity },
  ISBLANK: { least: 1, most: 1 },
} as const

export type FixedFunction = keyof typeof SIGNATURES
export type FlexibleFunction = keyof typeof FLEXIBLE

/** Every function's name, A to Z. */
export const FUNCTIONS: readonly string[] = [...Object.keys(SIGNATURES), ...Object.keys(FLEXIBLE)].sort()

export function isFixed(name: string): name is FixedFunction {
  return Object.hasOwn(SIGNATURES, name)
}

export function isFlexible(name: string): name is FlexibleFunction {
  return Object.hasOwn(FLEXIBLE, name)
}
