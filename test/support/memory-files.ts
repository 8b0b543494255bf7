import type { ChunkFiles } from '../../workers/store/chunk-files'

/** Files of chunks in memory, which can be harmed and made to fail. */
export class MemoryFiles implements ChunkFiles {
  readonly contents = new Map<string, Blob>()
  readonly #open = new Set<string>()
  /** Called before whatever changes something; throws to make it fail. */
  onwrite: () => void = () => undefined

  create = (set: string) => {
    this.onwrite()
    this.contents.set(set, new Blob())
    this.#open.add(set)
    const { contents, onwrite } = this
    return Promise.resolve({
      get size() {
        return contents.get(set)?.size ?? 0
      },
      append: (buffer: ArrayBuffer) => {
        onwrite()
        const before = contents.get(set)!
        contents.set(set, new Blob([before, buffer]))
        return before.size
      },
      flush: () => onwrite(),
      close: () => void this.#open.delete(set),
    })
  }

  read = (set: string) => {
    const file = this.contents.get(set)
    return file ? Promise.resolve(file) : Promise.reject(new DOMException('there is none', 'NotFoundError'))
  }

  remove = (set: string) => {
    this.onwrite()
    if (!this.#open.has(set)) this.contents.delete(set)
    return Promise.resolve()
  }

  sets = () => Promise.resolve([...this.contents.keys()])

  /** The tab is closed: nobody writes any more. */
  letGo(): void {
    this.#open.clear()
  }
}
