import './lockdown'
import { expose } from 'comlink'
import { Engine } from './engine'
import { IndexedDbStore } from './store/indexed-db-store'

// Held until the thread ends, which is how the page learns of its end.
void navigator.locks.request(self.name, () => new Promise(() => undefined))

expose(new Engine(new IndexedDbStore()))
