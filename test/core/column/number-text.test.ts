import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseNumber, showsDecimal } from '../../../src/core/column/number-text'

const read = (texts: string[], decimal: '.' | ','): number[] => texts.map((text) => parseNumber(text, decimal))

describe('with a decimal point', () => {
  test('plain numbers are exactly what JavaScript reads', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value), '.')).toBe(value === 0 ? 0 : Number(String(value)))
      }),
    )
  })

  test.each([
    ['1,234', 1234],
    ['12,345.67', 12345.67],
    ['1 234.5', 1234.5],
    ['1\u202f234', 1234],
    ["1'234.50", 1234.5],
    ['1,23,456', 123456],
    ['+7', 7],
    ['−3.5', -3.5],
    ['12-', -12],
    ['-0', 0],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['-2.5E-4', -0.00025],
    ['10%', 0.1],
    ['3.5 %', 0.035],
    ['-5%', -0.05],
    ['$1,234.56', 1234.56],
    ['-$12.34', -12.34],
    ['$-12.34', -12.34],
    ['1,234.56 USD', 1234.56],
    ['€ 99', 99],
    ['₹4,500', 4500],
    ['99€', 99],
    ['(1,234.56)', -1234.56],
    ['($1,234.56)', -1234.56],
    ['($-1,234.56)', -1234.56],
    ['(-1,234.56)', -1234.56],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text, '.')).toBe(value)
  })

  test('what is no number is NaN', () => {
    const texts = [
      '',
      '12 tickets',
      '0x1F',
      'Infinity',
      'NaN',
      '1.2.3',
      '12,34',
      '1,2345',
      '--5',
      '$',
      '%',
      '()',
      '1e999',
      '5-3',
    ]
    expect(read(texts, '.').filter((value) => !Number.isNaN(value))).toEqual([])
  })
})

describe('with a decimal comma', () => {
  test.each([
    ['12,5', 12.5],
    ['1.234,56', 1234.56],
    ['1.234', 1234],
    ['12.345.678', 12345678],
    ['1 234,5 €', 1234.5],
    [',5', 0.5],
    ['-0,25', -0.25],
    ['1,5e2', 150],
    ['29,85', 29.85],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text, ',')).toBe(value)
  })

  test('what is no number is NaN', () => {
    expect(read(['12.5', '1,234.56', '1.23.456'], ',')).toEqual([NaN, NaN, NaN])
  })
})

test('a text shows its decimal mark when only that mark reads it', () => {
  expect(['12,5', '1.234,5', '1,234', '1.234', '12'].map((text) => showsDecimal(text, ','))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
  expect(['12.5', '1,234.5', '1.234'].map((text) => showsDecimal(text, '.'))).toEqual([true, true, false])
})
