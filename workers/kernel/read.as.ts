// AssemblyScript, not TypeScript: compiled to WebAssembly by build.mjs. Addresses are bytes in the one imported memory.
// What this does is what tokenizer.ts, byte-dictionary.ts and text-chunk.ts in workers/read do, cell for cell; whatever
// is odd is left to them. Every text has at least a block of bytes behind it that may be read.

const LF: u8 = 10
const CR: u8 = 13
const APOSTROPHE: u8 = 39
const BLOCK: usize = 64
/** The code of a blank cell. */
const MISSING: u16 = 65535
/** Bytes of an entry of a dictionary: its first word, its bytes, where its words start, how often it came. */
const ENTRY: u32 = 16

/** Which of sixteen bytes are the delimiter, LF, CR or NUL. */
function specials16(at: usize, delimiter: v128): u64 {
  const bytes = v128.load(at)
  const breaks = v128.or(i8x16.eq(bytes, i8x16.splat(10)), i8x16.eq(bytes, i8x16.splat(13)))
  const others = v128.or(i8x16.eq(bytes, delimiter), i8x16.eq(bytes, i8x16.splat(0)))
  return i8x16.bitmask(v128.or(breaks, others)) as u32 as u64
}

/** The same of a block, its first byte in the lowest bit. */
function specials(at: usize, delimiter: v128): u64 {
  return (
    specials16(at, delimiter) |
    (specials16(at + 16, delimiter) << 16) |
    (specials16(at + 32, delimiter) << 32) |
    (specials16(at + 48, delimiter) << 48)
  )
}

/** Where the next quote is; `end` where a line break or NUL comes before it, or nothing does. */
function closingQuote(from: usize, end: usize, quote: u8): usize {
  const quotes = i8x16.splat(quote as i8)
  for (let at = from; at < end; at += 16) {
    const mask = specials16(at, quotes) as u32
    if (mask == 0) continue
    const found = at + ctz(mask)
    return found < end && load<u8>(found) == quote ? found : end
  }
  return end
}

/**
 * Whole rows from `from` on that have `width` cells and nothing odd in them, up to `most` rows.
 * @param quote the byte that quotes; 256 for none
 * @param literal whether some quotes are none, so that a cell that begins with one is odd
 * @param bounds where the start and the end of each cell go (u32), counted from `base`
 * @param out where the end of the last row goes (u32), counted from `base`, and whether any cell begins with an apostrophe
 * @returns how many rows they are
 */
export function split(
  base: usize,
  from: usize,
  end: usize,
  width: u32,
  delimiter: u32,
  quote: u32,
  literal: bool,
  bounds: usize,
  most: u32,
  out: usize,
): u32 {
  const delimiters = i8x16.splat(delimiter as i8)
  const last = width - 1
  let block = from
  let mask = specials(from, delimiters)
  let start = from
  let taken = from
  let put = bounds
  let column: u32 = 0
  let rows: u32 = 0
  let guard = false
  let guarded = false
  while (start < end && rows < most) {
    let first = start
    let close: usize
    let at: usize
    if ((load<u8>(start) as u32) == quote) {
      if (literal) break
      first = start + 1
      close = closingQuote(first, end, quote as u8)
      at = close + 1
    } else {
      let skipped = start - block
      if (skipped >= BLOCK) {
        block = start
        mask = specials(block, delimiters)
        skipped = 0
      }
      let rest = mask >> skipped
      while (rest == 0) {
        block += BLOCK
        if (block >= end) break
        mask = specials(block, delimiters)
        rest = mask
        skipped = 0
      }
      if (rest == 0) break
      at = block + skipped + (ctz(rest) as usize)
      close = at
    }
    if (at >= end) break
    const byte = load<u8>(at)
    const ended = (byte as u32) != delimiter
    let step: usize = 1
    if (ended && byte != LF) {
      if (byte != CR || at + 1 >= end || load<u8>(at + 1) != LF) break
      step = 2
    }
    if (ended != (column == last)) break
    store<u32>(put, (first - base) as u32)
    store<u32>(put, (close - base) as u32, 4)
    put += 8
    if (load<u8>(first) == APOSTROPHE) guard = true
    start = at + step
    column++
    if (!ended) continue
    column = 0
    rows++
    taken = start
    if (guard) guarded = true
  }
  store<u32>(out, (taken - base) as u32)
  store<u32>(out, guarded ? 1 : 0, 4)
  return rows
}

/** See mayBlank in blanks.ts. */
function mayBlank(byte: u8): bool {
  return byte <= 32 || byte == 0xc2 || byte == 0xa0
}

/** See mixed in byte-dictionary.ts. */
function mixed(hash: u32, word: u32): u32 {
  const h = (hash ^ word) * 0x9e3779b1
  return h ^ (h >> 15)
}

/** The numbers of cells whose texts are known, which are counted. @returns how many come before one that is not, or may have to be trimmed */
export function find(
  base: usize,
  bounds: usize,
  stride: u32,
  rows: u32,
  codes: usize,
  table: usize,
  mask: u32,
  entries: usize,
  words: usize,
): u32 {
  for (let row: u32 = 0; row < rows; row++) {
    const start = base + load<u32>(bounds)
    const end = base + load<u32>(bounds, 4)
    bounds += stride
    let code: u32 = MISSING
    if (start < end) {
      if (mayBlank(load<u8>(start)) || mayBlank(load<u8>(end - 1))) return row
      code = lookUp(start, (end - start) as u32, table, mask, entries, words)
      if (code == MISSING) return row
    }
    store<u16>(codes, code as u16)
    codes += 2
  }
  return rows
}

/** Bytes of a text that is looked up as one word. */
const SHORT: u32 = 8

/** A short text, its bytes behind those that are its own taken off. Without a branch: lengths are hard to foresee. */
function shortText(start: usize, length: u32): u64 {
  return load<u64>(start) & (u64.MAX_VALUE >> (((SHORT - length) << 3) as u64))
}

/** Where a short text is looked for first: the upper bits of a product, which hang on all of its bytes. */
function placeOf(text: u64, mask: u32): u32 {
  return ((text * 0x9e3779b97f4a7c15) >> clz<u64>(mask as u64)) as u32
}

/** The number of a text of at least one byte; MISSING where it is not known. */
function lookUp(start: usize, length: u32, table: usize, mask: u32, entries: usize, words: usize): u32 {
  if (length > SHORT) return lookUpLong(start, length, table, mask, entries, words)
  const text = shortText(start, length)
  for (let at = placeOf(text, mask); ; at = (at + 1) & mask) {
    const entry = load<i32>(table + ((at as usize) << 2))
    if (entry < 0) return MISSING
    const place = entries + entry * ENTRY
    if (load<u32>(place, 4) != length || shortText(words + (load<u32>(place, 8) << 2), length) != text) continue
    store<u32>(place, load<u32>(place, 12) + 1, 12)
    return entry
  }
}

function lookUpLong(start: usize, length: u32, table: usize, mask: u32, entries: usize, words: usize): u32 {
  const whole = start + (length & ~3)
  const rest = (1 << ((length & 3) << 3)) - 1
  const first = load<u32>(start)
  let hash = mixed(length, first)
  for (let at = start + 4; at < whole; at += 4) hash = mixed(hash, load<u32>(at))
  if (rest != 0) hash = mixed(hash, load<u32>(whole) & rest)
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const entry = load<i32>(table + ((at as usize) << 2))
    if (entry < 0) return MISSING
    const place = entries + entry * ENTRY
    if (load<u32>(place) != first || load<u32>(place, 4) != length) continue
    if (!equals(words + (load<u32>(place, 8) << 2), start, whole, rest)) continue
    store<u32>(place, load<u32>(place, 12) + 1, 12)
    return entry
  }
}

/** Whether two texts are equal whose first words and lengths are. */
function equals(word: usize, start: usize, whole: usize, rest: u32): bool {
  word += 4
  for (let at = start + 4; at < whole; at += 4) {
    if (load<u32>(at) != load<u32>(word)) return false
    word += 4
  }
  return rest == 0 || load<u32>(word) == (load<u32>(whole) & rest)
}

/** Where a text whose words are filled up with zeros is looked for first. */
function longPlaceOf(text: usize, length: u32, mask: u32): u32 {
  let hash = mixed(length, load<u32>(text))
  for (let at: u32 = 4; at < length; at += 4) hash = mixed(hash, load<u32>(text + at))
  return hash & mask
}

/** Puts the entries from `from` to `to` into a table. */
export function learn(from: u32, to: u32, table: usize, mask: u32, entries: usize, words: usize): void {
  for (let entry = from; entry < to; entry++) {
    const place = entries + entry * ENTRY
    const length = load<u32>(place, 4)
    const text = words + (load<u32>(place, 8) << 2)
    let at = length > SHORT ? longPlaceOf(text, length, mask) : placeOf(shortText(text, length), mask)
    while (load<i32>(table + ((at as usize) << 2)) >= 0) at = (at + 1) & mask
    store<u32>(table + ((at as usize) << 2), entry)
  }
}

/**
 * Copies ASCII texts, one behind the other.
 * @param ends where the end of each goes (u32), counted from `into`
 * @returns how many come before one that is not ASCII or may have to be trimmed
 */
export function gather(base: usize, bounds: usize, stride: u32, rows: u32, into: usize, ends: usize): u32 {
  let put = into
  for (let row: u32 = 0; row < rows; row++) {
    const start = base + load<u32>(bounds)
    const end = base + load<u32>(bounds, 4)
    bounds += stride
    if (start < end) {
      if (mayBlank(load<u8>(start)) || mayBlank(load<u8>(end - 1))) return row
      let to = put
      let high: u32 = 0
      for (let at = start; at < end; at += 16) {
        const bytes = v128.load(at)
        v128.store(to, bytes)
        to += 16
        const mask = i8x16.bitmask(bytes) as u32
        high |= end - at < 16 ? mask & (((1 as u32) << ((end - at) as u32)) - 1) : mask
      }
      if (high != 0) return row
      put += end - start
    }
    store<u32>(ends, (put - into) as u32)
    ends += 4
  }
  return rows
}
