/** What a command line asks for, refused in words when it makes no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface Arguments {
  readonly command: string
  /** An option's value; throws when it is missing. */
  readonly need: (name: string) => string
  readonly get: (name: string) => string | undefined
  readonly all: (name: string) => readonly string[]
  /** A whole number of 0 or more. */
  readonly whole: (name: string) => number | undefined
}

/** Reads `command --name value …`; every option has a value and must be among those that the command knows. */
export function parseArguments(args: readonly string[], known: (command: string) => readonly string[]): Arguments {
  const [command = '', ...rest] = args
  const options = new Map<string, string[]>()
  for (let i = 0; i < rest.length; i += 2) {
    const [flag = '', value] = [rest[i], rest[i + 1]]
    const name = flag.replace(/^--/, '')
    if (!flag.startsWith('--') || !known(command).includes(name))
      throw new UsageError(`${command} has no option ${flag}.`)
    if (value === undefined) throw new UsageError(`--${name} needs a value.`)
    options.set(name, [...(options.get(name) ?? []), value])
  }
  const get = (name: string): string | undefined => options.get(name)?.at(-1)
  return {
    command,
    get,
    all: (name) => options.get(name) ?? [],
    need: (name) => {
      const value = get(name)
      if (value === undefined) throw new UsageError(`${command} needs --${name}.`)
      return value
    },
    whole: (name) => {
      const value = get(name)
      if (value === undefined) return undefined
      if (!/^\d+$/.test(value)) throw new UsageError(`--${name} is a whole number, not “${value}”.`)
      return Number(value)
    },
  }
}
