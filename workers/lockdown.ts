/**
 * Takes the network away from this thread; the first import of every worker. A page's <meta> policy does not reach a
 * worker that is started from a URL. This cannot stop `import()`: the policy header that sw.ts gives the worker script
 * does, so on the first visit the engine starts only once the service worker controls the page.
 */
const NETWORK = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'importScripts',
  'Worker',
  'SharedWorker',
]

/** For the engine's own reader alone, which begins by locking itself down; undefined where a browser starts no thread from a thread. */
export const OwnWorker = (self as { Worker?: typeof Worker }).Worker

function remove(name: string): void {
  for (let owner: object | null = self; owner; owner = Object.getPrototypeOf(owner) as object | null) {
    if (Object.hasOwn(owner, name)) Reflect.deleteProperty(owner, name)
  }
  Object.defineProperty(self, name, { value: undefined, writable: false, configurable: false })
}

// The development server does not fill the word in: what is not said to be off is on.
if (typeof __GUARDED__ === 'undefined' || __GUARDED__) for (const name of NETWORK) remove(name)
