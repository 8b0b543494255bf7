import type { Source } from '../../workers/engine-api'

/** A file with its name. */
export interface Incoming {
  readonly name: string
  readonly source: Source
}

/** Files by names that differ: two of one name are told apart by a number. */
export function incoming(files: readonly File[]): Incoming[] {
  const names = new Set<string>()
  return files.map((source) => {
    let [name, number] = [source.name, 2]
    while (names.has(name)) name = `${source.name} (${number++})`
    names.add(name)
    return { name, source }
  })
}
