import { parseArguments, UsageError } from './arguments'
import { COMMANDS, LATER, type Answer } from './commands'
import { Refused } from './load'
import { problemJson, type ProblemJson } from './problem-json'

/** Something the user can fix. */
const CAN_FIX = 2
const BUG = 1

/**
 * Runs one command: its answer goes to stdout, words for people to stderr.
 * @returns the exit code: 0, 2 when the user can fix it, 1 for a bug
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    write(await run(args))
    return 0
  } catch (error) {
    if (error instanceof Refused) return refuse(error.problems.map(problemJson))
    if (error instanceof UsageError) return refuse([{ kind: 'usage', message: error.message }])
    console.error(error)
    return BUG
  }
}

async function run(args: readonly string[]): Promise<Answer> {
  const name = args[0] ?? ''
  const command = COMMANDS.get(name)
  if (!command) throw new UsageError(unknownCommand(name))
  return command.run(parseArguments(args, () => command.options))
}

function unknownCommand(name: string): string {
  if (LATER.has(name)) return `${name} is not built yet.`
  return `${name === '' ? 'No command was given' : `There is no command ${name}`}. Commands: ${[...COMMANDS.keys()].join(', ')}.`
}

function write(answer: Answer): void {
  process.stdout.write(typeof answer === 'string' ? answer : `${JSON.stringify(answer)}\n`)
}

function refuse(problems: readonly ProblemJson[]): number {
  for (const { message } of problems) console.error(message)
  write({ problems })
  return CAN_FIX
}
