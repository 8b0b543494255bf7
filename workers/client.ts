import { proxy, releaseProxy, wrap, type Remote } from 'comlink'
import type { EngineApi } from './engine-api'
import engineUrl from './engine.worker.ts?worker&url'
import { mourn } from './locks'
import { scriptUrl } from './script-url'
import { whileAwaited } from './while-awaited'

/** Thrown by every call that was under way when the engine's thread ended. */
class EngineStopped extends Error {
  override readonly name = 'EngineStopped'
}

/** How the page reaches the engine: the engine's functions, and word of its end. */
export interface EngineClient {
  readonly calls: EngineApi
  /** Ends the thread and starts another; every call under way is rejected with EngineStopped. */
  restart: () => void
}

interface Thread {
  readonly remote: Remote<EngineApi>
  readonly stopped: Promise<never>
  end: (why: string) => void
}

/**
 * Starts the engine's thread once it may, and keeps one running. When it dies, by itself or by `restart`, every
 * pending call is rejected at once, a new thread starts, and `onrestart` lets the page open its data sets again.
 */
export function startEngine(allowed: Promise<unknown>, onrestart: (why: string) => void): EngineClient {
  let thread: Thread | undefined
  const started = allowed.then(() => (thread = startThread(replace)))

  function replace(why: string): void {
    thread = startThread(replace)
    onrestart(why)
  }

  const calls = new Proxy({} as EngineApi, {
    get: (_, name: keyof EngineApi) => {
      return async (...input: unknown[]): Promise<unknown> => {
        const { remote, stopped } = thread ?? (await started)
        const call = remote[name] as unknown as (...input: unknown[]) => Promise<unknown>
        const { heard, end } = whileAwaited(input)
        const sent = heard.map((part) => (typeof part === 'function' ? proxy(part as () => void) : part))
        return Promise.race([call(...sent), stopped]).finally(end)
      }
    },
  })
  return { calls, restart: () => thread?.end('restarted') }
}

function startThread(onend: (why: string) => void): Thread {
  const name = `engine ${crypto.randomUUID()}`
  const worker = new Worker(scriptUrl(engineUrl), { type: 'module', name })
  const remote = wrap<EngineApi>(worker)
  const watch = new AbortController()
  let reject: (reason: EngineStopped) => void
  const stopped = new Promise<never>((_, refuse) => (reject = refuse))
  stopped.catch(() => undefined)

  function end(why: string): void {
    if (watch.signal.aborted) return
    watch.abort()
    worker.terminate()
    remote[releaseProxy]()
    reject(new EngineStopped(why))
    onend(why)
  }
  worker.addEventListener('error', (event) => end(event.message || 'the engine could not start'))
  void remote.hello().then(() => mourn(name, watch.signal, () => end('the engine stopped')))
  return { remote, stopped, end }
}
