// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/healthsheet/', import.meta.url))

// No runtime and no start-up code: every function works on addresses in a memory that the page's engine owns.
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--maximumMemory', '65536']
const FEATURES = ['--enable', 'simd', '--enable', 'bulk-memory']

// By a name that the type checker does not follow: the compiler's types would change what Array and Number mean here.
/** @type {string} */
const COMPILER = 'assemblyscript/asc'

/**
 * @typedef {{
 *   readFile: (name: string) => string | null,
 *   writeFile: (name: string, contents: Uint8Array | string) => void,
 *   listFiles: () => string[],
 * }} Files
 * @typedef {{
 *   main: (options: string[], files: Files) => Promise<{ error: Error | null, stderr: { toString: () => string } }>
 * }} Compiler
 */

/**
 * A kernel's source files by name: the one that it begins with, and the neighbours that it imports.
 * @param {string} first
 * @returns {Map<string, string>}
 */
function sourcesOf(first) {
  /** @type {Map<string, string>} */
  const sources = new Map()
  const read = (/** @type {string} */ name) => {
    if (sources.has(name)) return
    const source = readFileSync(FOLDER + name, 'utf8')
    sources.set(name, source)
    for (const [, neighbour] of source.matchAll(/from '\.\/([\w-]+\.as)'/g)) read(`${neighbour}.ts`)
  }
  read(first)
  return sources
}

/**
 * A kernel's WebAssembly, compiled once per text of its sources.
 * @param {string} name of the source file that it begins with
 * @param {Map<string, string>} sources
 * @returns {Promise<Buffer>}
 */
async function kernelBytes(name, sources) {
  const options = [...OPTIONS, ...FEATURES]
  const hash = createHash('sha256').update(JSON.stringify([options, ...sources]))
  const kept = `${CACHE}kernel-${hash.digest('hex')}.wasm`
  if (existsSync(kept)) return readFileSync(kept)
  /** @type {unknown} */
  const loaded = await import(COMPILER)
  const compiler = /** @type {{ default: Compiler }} */ (loaded)
  /** @type {Buffer | undefined} */
  let bytes
  const { error, stderr } = await compiler.default.main([name, ...options, '--outFile', 'kernel.wasm'], {
    readFile: (wanted) => sources.get(wanted) ?? null,
    writeFile: (_, contents) => {
      bytes = Buffer.from(contents)
    },
    listFiles: () => [],
  })
  if (error || !bytes) throw new Error(`${name} does not compile\n${stderr.toString()}`)
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(kept, bytes)
  return bytes
}

/**
 * Makes `import kernel from './score.as.ts?kernel'`, and that of its neighbours, the compiled bytes in base 64: the worker cannot fetch them.
 * @returns {import('vite').Plugin}
 */
export function kernel() {
  return {
    name: 'kernel',
    enforce: 'pre',
    async load(id) {
      const name = /([\w-]+\.as\.ts)\?kernel$/.exec(id)?.[1]
      if (!name) return undefined
      const sources = sourcesOf(name)
      for (const source of sources.keys()) this.addWatchFile(FOLDER + source)
      return `export default ${JSON.stringify((await kernelBytes(name, sources)).toString('base64'))}`
    },
  }
}
