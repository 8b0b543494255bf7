import { describe, expect, test } from 'vitest'
import { isMissingWord } from '../../../src/core/column/missing-word'

describe('a missing word', () => {
  test.each(['', 'NA', 'n/a', 'N/A', '#N/A', 'NULL', 'Null', 'nan', '#VALUE!', '<NA>', '\\N'])(
    'is “%s” in any column',
    (text) => {
      for (const type of ['number', 'date', 'boolean', 'category', 'text'] as const)
        expect(isMissingWord(text, type)).toBe(true)
    },
  )

  test.each(['-', '—', '?', 'None', 'UNKNOWN', 'Not Available', 'k.A.', 'Undefined', '-Inf'])(
    'is “%s” among numbers and dates, where it can be no value',
    (text) => {
      expect(['number', 'date', 'boolean', 'category', 'text'].map((type) => isMissingWord(text, type as 'number'))).toEqual([true, true, false, false, false]) // prettier-ignore
    },
  )

  test.each(['0', '12', '-1', 'nobody', 'N/A.', 'not available now', 'unknown, but paid', 'Ünknown'])(
    'is not “%s”',
    (text) => {
      expect(isMissingWord(text, 'number')).toBe(false)
    },
  )
})
