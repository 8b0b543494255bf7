import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const SOURCE = fileURLToPath(new URL('score.as.ts', import.meta.url))
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/healthsheet/', import.meta.url))

// No runtime and no start-up code: every function works on addresses in a memory that the page's engine owns.
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--maximumMemory', '65536']
const FEATURES = ['--enable', 'simd', '--enable', 'bulk-memory']

// By a name that the type checker does not follow: the compiler's types would change what Array and Number mean here.
const COMPILER: string = 'assemblyscript/asc'

interface Compiler {
  readonly main: (
    options: string[],
    files: {
      readFile: (name: string) => string | null
      writeFile: (name: string, contents: Uint8Array | string) => void
      listFiles: () => string[]
    },
  ) => Promise<{ readonly error: Error | null; readonly stderr: { toString: () => string } }>
}

/** The kernel's WebAssembly, compiled once per text of its source. */
async function kernelBytes(): Promise<Buffer> {
  const source = readFileSync(SOURCE, 'utf8')
  const options = [...OPTIONS, ...FEATURES]
  const kept = `${CACHE}kernel-${createHash('sha256').update(options.join(' ')).update(source).digest('hex')}.wasm`
  if (existsSync(kept)) return readFileSync(kept)
  const { default: asc } = (await import(COMPILER)) as { default: Compiler }
  let bytes: Buffer | undefined
  const { error, stderr } = await asc.main(['score.as.ts', ...options, '--outFile', 'score.wasm'], {
    readFile: (name) => (name === 'score.as.ts' ? source : null),
    writeFile: (_, contents) => (bytes = Buffer.from(contents)),
    listFiles: () => [],
  })
  if (error || !bytes) throw new Error(`the kernel does not compile\n${stderr.toString()}`)
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(kept, bytes)
  return bytes
}

/** Makes `import kernel from './score.as.ts?kernel'` the compiled bytes in base 64: the worker cannot fetch them. */
export function kernel(): Plugin {
  return {
    name: 'kernel',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('score.as.ts?kernel')) return undefined
      this.addWatchFile(SOURCE)
      return `export default ${JSON.stringify((await kernelBytes()).toString('base64'))}`
    },
  }
}
