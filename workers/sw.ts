/**
 * Offline use: every built file is fetched at install, served from the cache, and dropped when a newer version takes
 * over. It also gives the engine's script the policy header that a static host does not send.
 */
declare const self: ServiceWorkerGlobalScope

// Both are filled in by the offline plugin of vite.config.ts.
const VERSION = '__VERSION__'
const FILES = JSON.parse('__FILES__') as string[]

const ROOT = new URL('./', self.location.href)
// Two copies of the program on one origin keep separate caches.
const PREFIX = `healthsheet:${ROOT.pathname}:`
const CACHE = PREFIX + VERSION
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"

async function keep(cache: Cache, file: string): Promise<void> {
  const answer = await fetch(new Request(new URL(file, ROOT), { cache: 'reload' }))
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`)
  const headers = new Headers(answer.headers)
  if (__GUARDED__ && /\.worker-[^/]*\.js$/.test(file)) headers.set('content-security-policy', WORKER_POLICY)
  // A new Response also loses the `redirected` mark, which a navigation refuses.
  await cache.put(new URL(file, ROOT), new Response(await answer.arrayBuffer(), { status: 200, headers }))
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  await Promise.all(FILES.map((file) => keep(cache, file)))
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name)
  await self.clients.claim()
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const wanted = request.mode === 'navigate' ? ROOT : request
  return (await cache.match(wanted, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request)
}

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))

self.addEventListener('message', (event) => {
  // No skipWaiting at install: a page that runs the old version still needs its old lazy chunks. The page asks.
  if (event.data === 'take over') void self.skipWaiting()
  // A forced reload leaves the page without a service worker although one is active.
  if (event.data === 'claim') event.waitUntil(self.clients.claim())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (__GUARDED__ && !request.url.startsWith(self.location.origin)) {
    event.respondWith(Response.error())
    return
  }
  if (request.method === 'GET' && request.url.startsWith(ROOT.href)) event.respondWith(answer(request))
})

export {}
