import type { EngineApi } from '../../workers/engine-api'

/** After this long without an answer a person may want to stop it; milliseconds. */
const SLOW = 8000

/** These tell of their progress, have a Cancel of their own, and let other calls be answered meanwhile. */
const UNWATCHED: ReadonlySet<string> = new Set(['read', 'backtestMore', 'suggest'])

/**
 * The engine's calls, with word of when one of them takes long: a thread that hangs answers nothing, not even that it
 * should stop.
 * @param up resolves when the engine has started: what waits for that is not slow
 * @param onslow called with true once the oldest unanswered call is slow, and with false when nothing is any more
 */
export function watched(
  calls: EngineApi,
  up: Promise<unknown>,
  onslow: (slow: boolean) => void,
  patience = SLOW,
): EngineApi {
  const pending = new Map<number, ReturnType<typeof setTimeout> | undefined>()
  const slow = new Set<number>()
  let count = 0

  function begin(): number {
    const call = ++count
    pending.set(call, undefined)
    void up.then(() => {
      if (pending.has(call))
        pending.set(
          call,
          setTimeout(() => tell(call), patience),
        )
    })
    return call
  }

  function tell(call: number): void {
    slow.add(call)
    onslow(true)
  }

  function end(call: number): void {
    clearTimeout(pending.get(call))
    pending.delete(call)
    if (slow.delete(call) && slow.size === 0) onslow(false)
  }

  return new Proxy(calls, {
    get: (target, name: keyof EngineApi) => {
      const call = target[name] as unknown as (...input: unknown[]) => Promise<unknown>
      if (UNWATCHED.has(name)) return call
      return (...input: unknown[]): Promise<unknown> => {
        const begun = begin()
        return call(...input).finally(() => end(begun))
      }
    },
  })
}
