import type { Session } from './session.svelte'
import { scriptUrl } from '../../workers/script-url'

/** Longest wait for the service worker on the first visit; milliseconds. */
const PATIENCE = 15_000

/**
 * Registers the service worker and waits until it serves this page, since it gives the engine's script the policy
 * that keeps it from the network. False where there is none: then only the engine's own lockdown does.
 */
export async function controlled(): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  const { serviceWorker } = navigator
  try {
    await serviceWorker.register(scriptUrl(new URL('sw.js', document.baseURI).href))
    if (serviceWorker.controller) return true
    const { active } = await serviceWorker.ready
    const taken = new Promise<true>((done) => {
      serviceWorker.addEventListener('controllerchange', () => done(true), { once: true })
    })
    // A forced reload leaves the page alone although a service worker is active.
    active?.postMessage('claim')
    return await Promise.race([taken, new Promise<false>((late) => setTimeout(() => late(false), PATIENCE))])
  } catch {
    return false
  }
}

/** Says when a newer version is ready, and takes it when the person says so. */
export async function followUpdates(session: Session): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration) return
  const tell = (): void => {
    const { waiting } = registration
    if (waiting && navigator.serviceWorker.controller) offer(session, waiting)
  }
  tell()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell))
}

function offer(session: Session, waiting: ServiceWorker): void {
  session.notices.show('update', {
    tone: 'info',
    title: 'A new version is ready.',
    text: 'It starts after a reload. Your work is saved.',
    actions: [{ label: 'Reload', run: () => void takeOver(session, waiting) }],
    closable: true,
  })
}

async function takeOver(session: Session, waiting: ServiceWorker): Promise<void> {
  await session.workbook?.flush()
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage('take over')
}
