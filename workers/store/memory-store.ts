import { success } from '../../src/core/result'
import type { DataStore, Staging } from './data-store'

/** Keeps nothing: for Node, where a command reads its file and ends, and for a browser that lets nothing be kept. */
export class MemoryStore implements DataStore {
  #count = 0

  begin = (): Promise<Staging> =>
    Promise.resolve({
      write: () => Promise.resolve(),
      discard: () => Promise.resolve(),
      note: () => undefined,
      finish: () => Promise.resolve(success(`in memory ${++this.#count}`)),
      abandon: () => Promise.resolve(),
    })

  open = () => Promise.resolve(success(undefined))
  update = () => Promise.resolve()
  snapshots = () => Promise.resolve([])
  forget = () => Promise.resolve()
  remove = () => Promise.resolve()
  collect = () => Promise.resolve([])
}
