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

/** Whether nobody holds a lock. Without web locks nobody can tell, and then nobody is alive who could hold it. */
export async function isFree(name: string): Promise<boolean> {
  const manager = locks()
  return !manager || (await manager.request(name, { ifAvailable: true }, (lock) => lock !== null))
}
