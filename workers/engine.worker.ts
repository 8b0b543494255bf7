import './lockdown'
import { expose } from 'comlink'
import { Engine } from './engine'
import { browserStore } from './store/fallback-store'

/** Held until the thread ends, which is how the page learns of its end: so it has to be held before the page looks. */
const alive = new Promise<void>((held) => {
  if (!('locks' in navigator)) {
    held()
    return
  }
  void navigator.locks.request(self.name, () => {
    held()
    return new Promise(() => undefined)
  })
})

expose(new Engine(browserStore(), alive))
