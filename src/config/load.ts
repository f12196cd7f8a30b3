/** Door for settings: a YAML file, environment variables and flags become one validated configuration. */
import { readFile } from 'node:fs/promises'
import { parse, YAMLParseError } from 'yaml'
import { ConfigError, messageOf } from '../errors.ts'
import { describeIssues } from './describe-issues.ts'
import { type Config, configSchema, type Neo4jOptions } from './schema.ts'

/**
 * Reads and validates a configuration file; every problem is reported at once.
 * @throws ConfigError when the file is missing, is not YAML, or does not fit the schema.
 */
export async function loadConfig(path: string): Promise<Config> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`Cannot read the configuration ${path}: ${messageOf(cause)}; name another with --config`, {
      cause,
    })
  }
  let value: unknown
  try {
    value = parse(text)
  } catch (cause) {
    const where = cause instanceof YAMLParseError ? cause.message.split(/:?\n/)[0] : messageOf(cause)
    throw new ConfigError(`Cannot read the configuration ${path}: expected YAML, got: ${where}`, { cause })
  }
  return parseConfig(value, path)
}

/** Validates a configuration that is already a plain object; `source` names it in errors. */
export function parseConfig(value: unknown, source: string): Config {
  const result = configSchema.safeParse(value)
  if (result.success) return result.data
  const problems = describeIssues(result.error, { schema: configSchema, value }, { whole: 'the file: ', key: 'key' })
  throw new ConfigError(`Cannot use the configuration ${source}: ${problems}`, { cause: result.error })
}

/** Connection settings as flags or environment give them. */
export interface ConnectionSettings {
  readonly uri?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly database?: string | undefined
  /** Default: 60 */
  readonly retrySeconds?: number | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The connection of flag over environment over configuration file; no `uri` means the local Neo4j. An empty variable is none. */
export function resolveConnection(
  flags: ConnectionSettings,
  environment: Environment,
  file: Partial<Neo4jOptions>,
): ConnectionSettings {
  const variable = (name: string) => environment[name] || undefined
  return {
    uri: flags.uri ?? variable('NEO4J_URI') ?? variable('NEO4J_ADDRESS') ?? file.uri,
    username: flags.username ?? variable('NEO4J_USERNAME') ?? file.username,
    password: flags.password ?? variable('NEO4J_PASSWORD') ?? file.password,
    database: flags.database ?? variable('NEO4J_DATABASE') ?? variable('NEO4J_DB') ?? file.database,
    retrySeconds: flags.retrySeconds ?? file.retrySeconds,
  }
}
