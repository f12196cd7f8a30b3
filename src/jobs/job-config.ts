/**
 * The configuration that a schedule, a job or a projection carries: all of `smg.config.yaml` as JSON, so that jobs run alike in
 * whatever folder the daemon was started. Address and credentials stay out: a job works on the database that holds it, through the
 * daemon's own connection.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Config, configSchema } from '../config/schema.ts'
import { ConfigError, messageOf } from '../errors.ts'

/** JSON text of `config`, its folders made absolute from `workingDirectory`. */
export function jobConfigText(config: Config, workingDirectory: string): string {
  const { neo4j: _connection, ...portable } = config
  const absolute = (folder: string) => resolve(workingDirectory, folder)
  return JSON.stringify({
    ...portable,
    modelDirectory: absolute(config.modelDirectory),
    evaluation: { ...config.evaluation, directory: absolute(config.evaluation.directory) },
  })
}

/** Where a configuration is stored, and what to do if it cannot be read. */
export interface StoredIn {
  readonly where: string
  readonly remedy: string
}

const withJob: StoredIn = { where: 'stored with the job', remedy: 'remove its schedule and add it again' }

/**
 * The configuration that {@link jobConfigText} made; `neo4j` holds its defaults.
 * @throws ConfigError where the text is absent, no JSON, or does not fit this version's settings.
 */
export function readJobConfig(text: string | null, { where, remedy }: StoredIn = withJob): Config {
  const problem = `Cannot read the configuration ${where}`
  if (text === null) throw new ConfigError(`${problem}: expected JSON, got none; ${remedy}`)
  let stored: unknown
  try {
    stored = JSON.parse(text)
  } catch (cause) {
    throw new ConfigError(`${problem}: expected JSON, got: ${messageOf(cause)}; ${remedy}`, { cause })
  }
  const parsed = configSchema.safeParse(stored)
  if (parsed.success) return parsed.data
  throw new ConfigError(`${problem}: ${z.prettifyError(parsed.error)}; ${remedy}`, { cause: parsed.error })
}
