// Only in a secure context, which a page from localhost or https is.
function locks(): LockManager | undefined {
  return typeof navigator === 'object' && 'locks' in navigator ? navigator.locks : undefined
}

/** Takes a web lock and answers with what gives it back. Without web locks, as in an insecure page, it does nothing. */
export function holdLock(name: string): Promise<() => void> {
  const manager = locks()
  if (!manager) return Promise.resolve(() => undefined)
  return new Promise((held, failed) => {
    manager.request(name, () => new Promise<void>((release) => held(release))).catch(failed)
  })
}

/** A thread that has just been ended holds its locks for a moment more; milliseconds. */
const PATIENCE = 1000

/** Whether nobody holds a lock. Without web locks nobody can tell, and then nobody is alive who could hold it. */
export async function isFree(name: string): Promise<boolean> {
  const manager = locks()
  if (!manager) return true
  try {
    return await manager.request(name, { signal: AbortSignal.timeout(PATIENCE) }, () => true)
  } catch {
    return false
  }
}

/**
 * Calls `ondeath` when the thread that holds a lock has ended, unless `signal` was aborted before. A worker that is ended
 * from outside, or ends itself, fires no event and leaves Comlink's calls pending for ever; whoever is granted a lock that
 * it holds while it lives knows that it is dead. Without web locks the error event has to do.
 */
export function mourn(name: string, signal: AbortSignal, ondeath: () => void): void {
  locks()
    ?.request(name, { signal }, ondeath)
    .catch(() => undefined)
}
