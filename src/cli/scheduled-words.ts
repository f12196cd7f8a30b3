/** The command that a schedule runs, as given after `--`: which commands can be scheduled, and with which flags. */
import { didYouMean } from '../config/nearest.ts'
import { ConfigError } from '../errors.ts'

const flagsByCommand: Readonly<Record<string, readonly string[]>> = { sync: ['--retrain'] }

export interface ScheduledWords {
  readonly command: string
  readonly arguments: readonly string[]
}

/** @throws ConfigError for a command that cannot be scheduled, or a flag that it does not take there. */
export function readScheduledWords([command = '', ...words]: readonly string[]): ScheduledWords {
  const commands = Object.keys(flagsByCommand)
  const flags = Object.hasOwn(flagsByCommand, command) ? flagsByCommand[command] : undefined
  if (flags === undefined)
    throw new ConfigError(`Cannot schedule the command '${command}': expected ${commands.join(' or ')} after --`)
  const unknown = words.find((word) => !flags.includes(word))
  if (unknown !== undefined)
    throw new ConfigError(
      `Cannot schedule '${command} ${unknown}': expected ${flags.join(', ')} or nothing after '${command}'${didYouMean(unknown, flags)}`,
    )
  return { command, arguments: words }
}
