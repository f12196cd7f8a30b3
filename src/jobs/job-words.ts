/** The commands that jobs run, and the arguments that each takes: one table, for schedules and for jobs asked for in Cypher. */
import { didYouMean } from '../config/nearest.ts'
import { ConfigError } from '../errors.ts'

/** Of each argument: what has to follow it, `null` for nothing. */
const argumentsOf = {
  sync: { '--retrain': null },
  score: {},
  evaluate: { '--search': null, '--compare': 'names of baselines with commas between' },
} as const satisfies Record<string, Readonly<Record<string, string | null>>>

export type JobCommand = keyof typeof argumentsOf

export interface JobWords {
  readonly command: JobCommand
  /** Such as `--retrain`, or `--compare` and `gin,gat`. */
  readonly arguments: readonly string[]
}

export const jobCommandNames: readonly string[] = Object.keys(argumentsOf)
/** "sync, score or evaluate" */
export const jobCommandsInWords = jobCommandNames.join(', ').replace(/, (?=[^,]*$)/, ' or ')

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
      `${cannot}: expected the command ${jobCommandsInWords}, got '${command}'${didYouMean(command, jobCommandNames)}`,
    )
  requireKnown(words, argumentsOf[command], `${cannot}: expected`, command)
  return { command, arguments: words }
}

function requireKnown(
  words: readonly string[],
  known: Readonly<Record<string, string | null>>,
  expected: string,
  command: string,
): void {
  const [word, ...rest] = words
  if (word === undefined) return
  const names = Object.keys(known)
  if (!Object.hasOwn(known, word))
    throw new ConfigError(
      `${expected} ${[...names, 'nothing'].join(' or ')} after '${command}', got '${word}'${didYouMean(word, names)}`,
    )
  const value = known[word] ?? null
  if (value !== null && (rest[0] ?? '--').startsWith('--'))
    throw new ConfigError(
      `${expected} ${value} after '${word}', got ${rest[0] === undefined ? 'none' : `'${rest[0]}'`}`,
    )
  requireKnown(value === null ? rest : rest.slice(1), known, expected, command)
}

/** What follows an argument; `null` where it is not given. */
export function wordAfter(words: readonly string[], name: string): string | null {
  const at = words.indexOf(name)
  return at === -1 ? null : (words[at + 1] ?? null)
}
