import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describe as inWords } from '../../../src/core/problem'
import { tryRead, type ReadResult } from '../../support/csv'
import { hasShared, LEFT_OUT, sharedPath } from '../../support/shared'

/** Milliseconds; the one long budget of the tests. */
const BUDGET = 60_000
/** Ways through a file: to understand its quotes and then its columns. */
const MOST_PASSES = 30

const KNOWN = [
  'id,name,churned\r\n1,"Zoë, ""Z""",No\r\n2,"two\nlines",Yes\r\n',
  'a;b;c\n1,5;2025-01-31;"x\n',
  'sep=|\nid|n\n007|1e5\n012|-3\n',
  '\uFEFFid\tnote\n1\t=1+1\n2\t\n',
  "id,when\n'a,b',3/4/2025\nc,25/4/2025\n",
  '[{"id":1,"plan":{"name":"Pro"}},{"id":2}]',
  '{"id":1}\n{"id":2,"tags":[1,2]}\n',
]
const CORPUS = hasShared
  ? readdirSync(sharedPath('data/csv-corpus'))
      .filter((name) => name.endsWith('.csv'))
      .map((name) => readFileSync(sharedPath(`data/csv-corpus/${name}`)))
  : []
const seeds = [...KNOWN.map((text) => new TextEncoder().encode(text)), ...CORPUS]

const pieces = fc.constantFrom(...[',', ';', '\t', '"', '""', '\n', '\r', '\r\n', '\0', '\uFEFF', 'é', '1', '-', ' ', '\u00A0'].map((text) => new TextEncoder().encode(text))) // prettier-ignore
const bits = fc.oneof(pieces, fc.uint8Array({ maxLength: 4 }))

/** Bytes of which some are cut out and others put in. */
const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.nat(6), bits), { minLength: 0, maxLength: 6 }))
  .map(([seed, changes]) =>
    changes.reduce<Uint8Array>((bytes, [place, cut, put]) => {
      const at = place % (bytes.length + 1)
      return Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)])
    }, seed),
  )
const repeated = fc.tuple(mutated, fc.integer({ min: 2, max: 30 })).map(([bytes, times]) => {
  return Uint8Array.from(Array.from({ length: times }, () => [...bytes]).flat())
})
const rows = fc.array(fc.array(bits, { maxLength: 12 }), { maxLength: 60 }).map((lines) => {
  return Uint8Array.from(lines.flatMap((line) => [...line.flatMap((bit) => [...bit]), 10]))
})
const content = fc.oneof(mutated, repeated, rows, fc.uint8Array({ maxLength: 400 }))

/** What must hold of any table that was read, whatever the file. */
function expectSound({ table, report }: ReadResult, bytes: number): void {
  expect(report.rows).toBe(table.rows)
  expect(table.rows).toBeGreaterThan(0)
  expect(table.rows).toBeLessThanOrEqual(bytes)
  const names = table.columns.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).not.toContain('')
  expect(report.columns.map(({ name }) => name)).toEqual(names)
  for (const column of table.columns) {
    const length = column.kind === 'coded' ? column.codes.length : column.kind === 'float' ? column.values.length : column.offsets.length - 1 // prettier-ignore
    expect(length).toBe(table.rows)
  }
  for (const { missing, unreadable } of report.columns) {
    expect(missing).toBeLessThanOrEqual(table.rows)
    expect(unreadable).toBeLessThanOrEqual(missing)
  }
  for (const { row, cells } of report.preview) {
    expect(row).toBeLessThan(table.rows)
    expect(cells).toHaveLength(names.length)
  }
  for (const problem of report.problems) expect(inWords(problem)).not.toMatch(/undefined|NaN/)
}

test(
  `a minute of any bytes: no throw, no end of work, and one answer however they are cut${LEFT_OUT}`,
  async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(content, sizes, async (bytes, cuts) => {
        let passes = 0
        const onpass = () => passes++
        const whole = await tryRead(bytes, 'any.csv', { onpass })
        expect(passes).toBeLessThanOrEqual(MOST_PASSES)
        if (whole.ok) expectSound(whole.value, bytes.length)
        else for (const problem of whole.failure) expect(inWords(problem)).not.toMatch(/undefined|NaN/)
        expect(await tryRead(bytes, 'any.csv', { pieces: cuts })).toEqual(whole)
      }),
      // The path to the smallest failing bytes is in the message of a failure. The same bytes every time: whoever looks
      // for others gives another seed.
      {
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: BUDGET,
        seed: Number(process.env['FUZZ_SEED'] ?? 1),
      },
    )
  },
  2 * BUDGET,
)
