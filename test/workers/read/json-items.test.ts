import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BadJson, JsonItems } from '../../../workers/read/json-items'

/** The items of a document that comes in pieces of a length, by their lists; undefined where it is no JSON. */
function itemsOf(text: string, length: number): unknown[][] | undefined {
  const reader = new JsonItems()
  const lists: (unknown[] | undefined)[] = []
  try {
    for (let at = 0; at < text.length; at += length)
      for (const { list, value } of reader.push(text.slice(at, at + length)))
        lists[list] = [...(lists[list] ?? []), value]
    reader.end()
    return lists.filter((each) => each !== undefined)
  } catch (error) {
    if (error instanceof BadJson) return undefined
    throw error
  }
}

/** The same by JSON.parse: the lists that a document is, or has as its fields, without the empty ones. */
function expected(text: string): unknown[][] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const lists = Array.isArray(value) ? [value] : typeof value === 'object' && value ? Object.values(value) : []
    return lists.filter((each): each is unknown[] => Array.isArray(each) && each.length > 0)
  } catch {
    return undefined
  }
}

const document = fc.oneof(
  fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 5 }),
  fc.dictionary(fc.string(), fc.oneof(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }))), // prettier-ignore
)
/** What tests of long numbers hold; here they would only be texts. */
const hasLongNumber = (text: string): boolean => /\d{16}/.test(text)

describe('the items of a JSON document', () => {
  test('are those that JSON.parse finds, however it is written and cut', () => {
    fc.assert(
      fc.property(
        document,
        fc.constantFrom(undefined, 1, '\r\n\t'),
        fc.integer({ min: 1, max: 9 }),
        (value, indent, length) => {
          // prettier-ignore
          // An object keeps numeric names in another order than it was written in.
          const text = JSON.stringify(value, undefined, indent)
          fc.pre(!hasLongNumber(text) && !/"\d+"\s*:/.test(text) && !text.includes('__proto__'))
          expect(itemsOf(text, length)).toEqual(expected(text))
          expect(itemsOf(text, text.length)).toEqual(expected(text))
        },
      ),
    )
  })

  test('are refused exactly where JSON.parse refuses the document', () => {
    const slip = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', ' ', '1', 'nul', 'true', '\n')
    fc.assert(
      fc.property(
        document,
        fc.nat(),
        slip,
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 1, max: 9 }),
        (value, place, put, cut, length) => {
          // prettier-ignore
          const whole = JSON.stringify(value)
          const at = place % (whole.length + 1)
          const text = whole.slice(0, at) + put + whole.slice(at + cut)
          fc.pre(!hasLongNumber(text) && text.trim() !== '')
          expect(itemsOf(text, length) === undefined).toBe(expected(text) === undefined)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('are told of by the line of the slip', () => {
    const line = (text: string): number => {
      const reader = new JsonItems()
      try {
        reader.push(text)
        reader.end()
      } catch (error) {
        return (error as BadJson).line
      }
      throw new Error('it was read')
    }
    expect(line('[{"a":1},\n{"a":2,}]')).toBe(2)
    expect(line('[\n{"a":1}\n{"a":2}]')).toBe(3)
    expect(line('{"a":\n[1,2,\n')).toBe(3)
  })

  test('are refused when they lie deeper than anyone writes', () => {
    expect(itemsOf(`[${'['.repeat(100_000)}`, 1000)).toBeUndefined()
  })
})
