import { OwnWorker } from './lockdown'
import { expose } from 'comlink'
import { Engine } from './engine'
import { holdLock } from './locks'
import { Reader } from './read/reader'
import { ReaderThreads } from './read/reader-threads'
import { readTable } from './read/read-table'
import { scriptUrl } from './script-url'
import { browserStore } from './store/fallback-store'

/** Ends the address of this script in the threads that read for the engine: one script, so that nothing of it is there twice. */
const READER = '#reader'

/** Held until the thread ends, which is how others learn of its end: so it has to be held before they look. */
const alive = holdLock(self.name)

function startReader(Thread: typeof Worker, name: string): Worker {
  return new Thread(scriptUrl(location.href + READER), { type: 'module', name })
}

if (location.hash === READER) expose(new Reader(alive))
else {
  const readers = OwnWorker && new ReaderThreads(startReader.bind(undefined, OwnWorker))
  expose(new Engine(browserStore(), alive, readers ? readers.read : readTable))
}
