/** Door for settings: a YAML file, environment variables and flags become one validated configuration. */
import { readFile } from 'node:fs/promises'
import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { ConfigError, messageOf } from '../errors.ts'
import { didYouMean } from './nearest.ts'
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
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue))
  throw new ConfigError(`Cannot use the configuration ${source}: ${problems.join('; ')}`, { cause: result.error })
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String)
  const at = path.length === 0 ? 'the file' : path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path)
    return issue.keys.map((key) => `unknown key ${[...path, key].join('.')}${didYouMean(key, known)}`)
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find((error) => error.path.length > 0 || error.code === 'unrecognized_keys')
    if (inner !== undefined) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] })
  }
  return [`${at}: ${issue.message.replace(/^Invalid input: /, '')}`]
}

/** Keys that the schema has at a path, for suggestions. */
function knownKeys(path: readonly string[]): string[] {
  let schema: unknown = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })
  for (const key of path) schema = propertiesOf(schema)[key]
  return Object.keys(propertiesOf(schema))
}

function propertiesOf(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return {}
  return { ...(schema.properties ?? {}) }
}

/** Connection settings as flags or environment give them. */
export interface ConnectionSettings {
  readonly uri?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly database?: string | undefined
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
  }
}
