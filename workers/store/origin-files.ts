import type { ChunkFile, ChunkFiles } from './chunk-files'

/** What writes a file in place. Only types for workers know it, and tests of the page read this module too. */
interface SyncAccess {
  write: (buffer: ArrayBuffer, options: { at: number }) => number
  flush: () => void
  close: () => void
}

type WritableHandle = Omit<FileSystemFileHandle, 'createSyncAccessHandle'> & {
  readonly createSyncAccessHandle: () => Promise<SyncAccess>
}

/**
 * Files in the origin's own part of the disk, which nobody else sees. Writing there costs less than half of what the
 * database takes for the same bytes. A thread other than the page's alone can write.
 */
export class OriginFiles implements ChunkFiles {
  readonly #directory: FileSystemDirectoryHandle

  private constructor(directory: FileSystemDirectoryHandle) {
    this.#directory = directory
  }

  /**
   * Undefined where the browser keeps no such files, as in some private windows, or lets this thread write none. Nothing is
   * written to find out: where the disk is full, what is there has to open all the same.
   */
  static async open(name: string): Promise<OriginFiles | undefined> {
    try {
      if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return undefined
      const origin = await navigator.storage.getDirectory()
      return new OriginFiles(await origin.getDirectoryHandle(name, { create: true }))
    } catch {
      return undefined
    }
  }

  create = async (set: string): Promise<ChunkFile> => {
    const handle = (await this.#directory.getFileHandle(set, { create: true })) as WritableHandle
    return new OriginFile(await handle.createSyncAccessHandle())
  }

  read = async (set: string): Promise<Blob> => (await this.#directory.getFileHandle(set)).getFile()

  remove = async (set: string): Promise<void> => {
    try {
      await this.#directory.removeEntry(set)
    } catch (error) {
      if (!(error instanceof DOMException && NOTHING_TO_DO.has(error.name))) throw error
    }
  }

  sets = async (): Promise<readonly string[]> => {
    const sets: string[] = []
    for await (const name of this.#directory.keys()) sets.push(name)
    return sets
  }
}

/** There is none, or somebody still writes it: who clears up next removes it. */
const NOTHING_TO_DO = new Set(['NotFoundError', 'NoModificationAllowedError'])

class OriginFile implements ChunkFile {
  readonly #handle: SyncAccess
  size = 0

  constructor(handle: SyncAccess) {
    this.#handle = handle
  }

  append = (buffer: ArrayBuffer): number => {
    const at = this.size
    const written = this.#handle.write(buffer, { at })
    if (written !== buffer.byteLength)
      throw new DOMException('the file took less than it was given', 'QuotaExceededError')
    this.size += written
    return at
  }

  flush = (): void => this.#handle.flush()

  close = (): void => this.#handle.close()
}
