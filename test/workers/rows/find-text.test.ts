import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findText } from '../../../workers/rows/find-text'
import { textColumn } from '../../support/text-column'

/** The rows that are marked. */
function found(texts: readonly string[], part: string): number[] {
  const marks = new Uint8Array(texts.length)
  findText(textColumn(texts), part, marks)
  return [...marks.keys()].filter((row) => marks[row] === 1)
}

describe('a part is found in any case', () => {
  test('at the beginning, within, and at the end of a text, also where letters repeat', () => {
    const texts = ['Banana', 'an', 'A', '', 'na', 'xxANxx', 'a n', 'aan']
    expect(found(texts, 'an')).toEqual([0, 1, 5, 7])
    expect(found(texts, 'ANA')).toEqual([0])
    expect(found(texts, 'a')).toEqual([0, 1, 2, 4, 5, 6, 7])
    expect(found(texts, 'banana')).toEqual([0])
    expect(found(texts, 'bananas')).toEqual([])
  })

  test('but not where it begins in one text and ends in the next', () => {
    expect(found(['ab', 'cd', 'bc'], 'bc')).toEqual([2])
    expect(found(['a', 'b'], 'ab')).toEqual([])
  })

  test('where the two cases of a letter differ in length it is found as written', () => {
    expect(found(['ılık', 'ILIK', 'Ilık'], 'ılık')).toEqual([0])
    expect(found(['Straße', 'STRASSE', 'Strasse'], 'straße')).toEqual([0, 1])
  })

  test('as by going through each text', () => {
    const text = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'A', 'b', 'é', 'É', '日', ' ') })
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 40 }),
        text.filter((part) => part !== ''),
        (texts, part) => {
          const lower = part.toLowerCase()
          const expected = [...texts.keys()].filter((row) => texts[row]!.toLowerCase().includes(lower))
          expect(found(texts, part)).toEqual(expected)
        },
      ),
      { numRuns: 500 },
    )
  })
})
