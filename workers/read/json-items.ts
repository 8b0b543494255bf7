import { parseExact } from './flatten-json'

/** An item of one of a document's lists. */
export interface JsonItem {
  /** Which of the lists, in their order, from 0. */
  readonly list: number
  readonly value: unknown
}

/** Thrown where a document is no JSON. */
export class BadJson extends Error {
  override readonly name = 'BadJson'
  readonly line: number

  constructor(line: number) {
    super(`no JSON in line ${line}`)
    this.line = line
  }
}

/** Thrown where a single value is too long to be held. */
export class LongJson extends Error {
  override readonly name = 'LongJson'
}

/** Most characters of one item, or of a field beside the lists: it is held at once, a document is not. */
export const MOST_ITEM = 2 ** 28

/** Values within values; what is deeper was made to break a reader. */
const MOST_DEPTH = 500

type Expected = 'value' | 'item or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing'

/**
 * The items of the lists that a JSON document is or has as its fields, piece by piece, so that a document of any size
 * is never held as a whole. Everything else in it is looked at for slips only.
 */
export class JsonItems {
  #items: JsonItem[] = []
  #line = 1
  #lists = 0
  /** The brackets around what comes next: those of the document, and of a list in it. */
  #within = ''
  #expected: Expected = 'value'
  /** The value that is under way, as far as it has come: its pieces, its brackets, and whether it is in a string. */
  #parts: string[] = []
  #length = 0
  #from = 1
  #depth = 0
  #inString = false
  #escaped = false
  #running = false

  /** Reads on: the items that end in a piece of text. @throws BadJson @throws LongJson */
  push(text: string): JsonItem[] {
    this.#items = []
    let at = 0
    while (at < text.length) {
      if (this.#running) {
        const end = this.#endOf(text, at)
        this.#keep(end < 0 ? text.slice(at) : text.slice(at, end))
        if (end < 0) break
        at = end
        this.#ended()
      } else at = this.#between(text, at)
    }
    return this.#items
  }

  /** Ends the document. @throws BadJson where it has not */
  end(): void {
    // Only a number or a word ends with the document.
    if (this.#running && this.#depth === 0 && !this.#inString) {
      this.#ended()
    }
    if (this.#running || this.#expected !== 'nothing') throw new BadJson(this.#line)
  }

  /** A character between values. */
  #between(text: string, at: number): number {
    const character = text[at]!
    if (character === '\n') this.#line++
    if (/[ \t\r\n]/.test(character)) return at + 1
    if (this.#isBracket(character)) return at + 1
    if (character === ',' && this.#expected === 'comma or end')
      this.#expected = this.#within.endsWith('[') ? 'value' : 'name'
    else if (character === ':' && this.#expected === 'colon') this.#expected = 'value'
    else if (this.#mayStart(character)) {
      this.#start()
      return at
    } else throw new BadJson(this.#line)
    return at + 1
  }

  /** Whether a character opens or closes the document or one of its lists; it has done so then. */
  #isBracket(character: string): boolean {
    if (character === '[' && this.#opensList()) this.#open('[', 'item or end')
    else if (character === '{' && this.#within === '' && this.#expected === 'value') this.#open('{', 'name or end')
    else if ((character === ']' || character === '}') && this.#mayClose(character)) this.#close()
    else return false
    return true
  }

  /** A list is what the document is, or what a field of it is. */
  #opensList(): boolean {
    return this.#expected === 'value' && (this.#within === '' || this.#within === '{')
  }

  #open(bracket: '[' | '{', expected: Expected): void {
    if (bracket === '[') this.#lists++
    this.#within += bracket
    this.#expected = expected
  }

  #mayClose(bracket: string): boolean {
    const open = bracket === ']' ? '[' : '{'
    const empty = bracket === ']' ? 'item or end' : 'name or end'
    return this.#within.endsWith(open) && (this.#expected === 'comma or end' || this.#expected === empty)
  }

  #close(): void {
    this.#within = this.#within.slice(0, -1)
    this.#expected = this.#within === '' ? 'nothing' : 'comma or end'
  }

  #mayStart(character: string): boolean {
    if (this.#expected === 'name' || this.#expected === 'name or end') return character === '"'
    return this.#expected === 'value' || this.#expected === 'item or end'
  }

  #start(): void {
    this.#running = true
    this.#from = this.#line
    this.#parts = []
    this.#length = 0
  }

  #keep(part: string): void {
    this.#parts.push(part)
    this.#length += part.length
    if (this.#length > MOST_ITEM) throw new LongJson()
  }

  /** Where the running value ends in this text; −1 where it goes on in the next. */
  #endOf(text: string, from: number): number {
    let at = from
    if (this.#inString) {
      at = this.#stringEnd(text, at)
      if (at < 0 || this.#depth === 0) return at
    }
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) {
        at = this.#stringEnd(text, at + 1)
        if (at < 0 || this.#depth === 0) return at
        continue
      }
      if (this.#depth === 0 && endsWord(code)) return at
      if (code === LF) this.#line++
      else if (isOpening(code)) this.#deeper()
      else if (isClosing(code) && --this.#depth === 0) return at + 1
      at++
    }
    return -1
  }

  /** Behind the quote that ends a string; −1 where it goes on in the next text. */
  #stringEnd(text: string, from: number): number {
    this.#inString = true
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (this.#escaped) this.#escaped = false
      else if (code === BACKSLASH) this.#escaped = true
      else if (code === QUOTE) {
        this.#inString = false
        return at + 1
      }
    }
    return -1
  }

  #deeper(): void {
    if (++this.#depth > MOST_DEPTH) throw new BadJson(this.#line)
  }

  #ended(): void {
    this.#running = false
    const text = this.#parts.join('')
    this.#parts = []
    const value = this.#parsed(text)
    const isName = this.#expected === 'name' || this.#expected === 'name or end'
    this.#expected = isName ? 'colon' : this.#within === '' ? 'nothing' : 'comma or end'
    if (this.#within.endsWith('[')) this.#items.push({ list: this.#lists - 1, value })
  }

  #parsed(text: string): unknown {
    try {
      return parseExact(text)
    } catch (error) {
      const at = Number(/position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? 0)
      throw new BadJson(this.#from + text.slice(0, at).split('\n').length - 1)
    }
  }
}

const LF = 10
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_LIST = 91
const BACKSLASH = 92
const CLOSE_LIST = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

function isOpening(code: number): boolean {
  return code === OPEN_LIST || code === OPEN_OBJECT
}

function isClosing(code: number): boolean {
  return code === CLOSE_LIST || code === CLOSE_OBJECT
}

/** Whether a character ends a number or a word. */
function endsWord(code: number): boolean {
  return code === COMMA || code === COLON || code <= SPACE || isClosing(code)
}
