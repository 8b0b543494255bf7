import { OwnWorker } from './lockdown'
import { expose } from 'comlink'
import { Engine } from './engine'
import { holdLock } from './locks'
import { Reader } from './read/reader'
import { isReader, ReaderThreads } from './read/reader-threads'
import { readTable } from './read/read-table'
import { scriptUrl } from './script-url'
import { browserStore } from './store/fallback-store'

/** Held until the thread ends, which is how others learn of its end: so it has to be held before they look. */
const alive = holdLock(self.name)

/**
 * One script is both threads, so that nothing of it is there twice. It is told by its name which of them it is: with an
 * address of its own it would be another module to the parts that are loaded later, and run once more when they import it.
 */
function startReader(Thread: typeof Worker, name: string): Worker {
  return new Thread(scriptUrl(location.href), { type: 'module', name })
}

if (isReader(self.name)) expose(new Reader(alive))
else {
  const readers = OwnWorker && new ReaderThreads(startReader.bind(undefined, OwnWorker))
  expose(new Engine(browserStore(), alive, readers ? readers.read : readTable))
}
