/** Milliseconds of work after which others have a turn: a cancel, a question about the open data, a write. */
const PATIENCE = 30

/** Lets everything that waits have its turn. A timer would do, but browsers make it wait four milliseconds. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((done) => {
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(undefined)
  })
}

/** What long work awaits every few milliseconds: what comes from memory never waits by itself. */
export function breathing(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < PATIENCE) return
    await turn()
    last = performance.now()
  }
}
