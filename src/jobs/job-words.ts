/** The commands that jobs run, and the arguments that each takes: one table, for schedules and for jobs asked for in Cypher. */
import { didYouMean } from '../config/nearest.ts'
import { ConfigError } from '../errors.ts'

const argumentsOf = { sync: ['--retrain'], score: [] } as const satisfies Record<string, readonly string[]>

export type JobCommand = keyof typeof argumentsOf

export interface JobWords {
  readonly command: JobCommand
  /** Such as `--retrain`. */
  readonly arguments: readonly string[]
}

export const jobCommandNames: readonly string[] = Object.keys(argumentsOf)

function isJobCommand(name: string): name is JobCommand {
  return Object.hasOwn(argumentsOf, name)
}

/**
 * Command and arguments, checked; `cannot` begins the sentence of an error, such as "Cannot add the schedule 'nightly'".
 * @throws ConfigError for a command that jobs do not run, or an argument that it does not take there.
 */
export function readJobWords([command = '', ...words]: readonly string[], cannot: string): JobWords {
  if (!isJobCommand(command))
    throw new ConfigError(
      `${cannot}: expected the command ${jobCommandNames.join(' or ')}, got '${command}'${didYouMean(command, jobCommandNames)}`,
    )
  const known: readonly string[] = argumentsOf[command]
  const unknown = words.find((word) => !known.includes(word))
  if (unknown !== undefined)
    throw new ConfigError(
      `${cannot}: expected ${[...known, 'nothing'].join(' or ')} after '${command}', got '${unknown}'${didYouMean(unknown, known)}`,
    )
  return { command, arguments: words }
}
