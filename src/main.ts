import { mount } from 'svelte'
import { startEngine } from '../workers/client'
import { Session } from './state/session.svelte'
import { View } from './state/view.svelte'
import { laterModels } from './state/later-models'
import { stillWorking } from './state/session-notices'
import { watched } from './state/watchdog'
import { shelf } from './storage/shelf'
import { controlled, followUpdates } from './state/service-worker'
import App from './ui/App.svelte'
import { preload } from './ui/preload'
import './ui/tokens.css'
import './ui/base.css'

const dark = matchMedia('(prefers-color-scheme: dark)')
const view = new View(shelf, dark.matches)
dark.addEventListener('change', () => view.systemTurned(dark.matches))

const guard = controlled()
const engine = startEngine(
  guard.then((found) => (view.guarded = found)),
  () => void session.engineStopped(),
)
// The database's library is a third of the program: the first page is painted without it.
const opening = import('./state/models').then(({ openModels }) =>
  openModels(shelf, (why) => session.databaseClosed(why)),
)
const models = laterModels(opening.then(({ store }) => store))
const up = engine.calls.hello()
const calls = watched(engine.calls, up, (slow) => {
  if (slow) session.notices.show('slow', stillWorking(engine.restart))
  else session.notices.clear('slow')
})
const session = new Session(calls, models, view, () => void navigator.storage.persist())
void opening.then(({ notice }) => notice && session.notices.show(...notice))

// In a task of its own: the browser has just read the program, which takes as long as drawing the first page.
setTimeout(() => {
  mount(App, { target: document.getElementById('app')!, props: { session } })
  void session.start(view.opened)
})
void guard.then(() => followUpdates(session))
void up.then(({ executor }) => (view.executor = executor))
void up.then(preload)

// The only moments that a browser is sure to give before it ends a page.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void session.workbook?.flush()
})
addEventListener('pagehide', () => {
  void session.workbook?.flush()
  // Left by its person, not ended by its browser.
  view.setImporting(undefined)
})
