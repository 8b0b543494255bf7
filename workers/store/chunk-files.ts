/** The file that holds the chunks of one data set, while they are written one behind the other. */
export interface ChunkFile {
  /** Bytes that were written. */
  readonly size: number
  /** Writes a buffer behind what is there, and answers with where it starts. Throws as a database does where there is no room. */
  readonly append: (buffer: ArrayBuffer) => number
  /** Returns once all of it is on the disk. */
  readonly flush: () => void
  /** Lets go of it; it may be read or removed then. */
  readonly close: () => void
}

/** Files of chunks, one for each data set. */
export interface ChunkFiles {
  readonly create: (set: string) => Promise<ChunkFile>
  /** Rejects where there is none. */
  readonly read: (set: string) => Promise<Blob>
  /** Does nothing where there is none, or while it is written. */
  readonly remove: (set: string) => Promise<void>
  /** The data sets that have one. */
  readonly sets: () => Promise<readonly string[]>
}
