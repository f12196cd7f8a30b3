/** What every command is given: configuration, database, output, and the signal that ends it. */
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { type ConnectionSettings, loadConfig, resolveConnection } from '../config/load.ts'
import type { Config } from '../config/schema.ts'
import type { Database } from '../neo4j/database.ts'
import { connect } from '../pipeline/connect.ts'
import { createOutput, type Output } from './output.ts'

export const defaultConfigPath = 'smg.config.yaml'

export interface GlobalFlags {
  readonly config: string
  readonly address?: string
  readonly username?: string
  readonly password?: string
  readonly database?: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly logLevel: string
}

export interface CommandContext {
  readonly flags: GlobalFlags
  readonly output: Output
  readonly signal: AbortSignal
  /** The configuration file; a ConfigError where there is none. */
  config(): Promise<Config>
  /** The configuration file, or `undefined` where there is none and none was asked for. */
  optionalConfig(): Promise<Config | undefined>
  /** Flags over environment over configuration file. */
  connection(): Promise<ConnectionSettings>
  /** `sessionsBeside` are those that are needed beside the work of one command. */
  openDatabase(sessionsBeside?: number): Promise<Database>
}

export interface ContextOptions {
  /** The command makes the configuration file, so even one that was named need not be there. */
  readonly makesConfig?: boolean
}

export function createContext(
  command: Command,
  signal: AbortSignal,
  { makesConfig = false }: ContextOptions = {},
): CommandContext {
  const flags = command.optsWithGlobals<GlobalFlags>()
  const output = createOutput(flags)
  let loaded: Promise<Config> | undefined
  const config = () => {
    loaded ??= loadConfig(flags.config)
    return loaded
  }
  const mayBeAbsent = makesConfig || flags.config === defaultConfigPath
  const optionalConfig = async () => (mayBeAbsent && !existsSync(flags.config) ? undefined : config())
  const connection = async () => {
    const settings = (await optionalConfig())?.neo4j ?? {}
    const { address: uri, username, password, database } = flags
    return resolveConnection({ uri, username, password, database }, process.env, settings)
  }
  return {
    flags,
    output,
    signal,
    config,
    optionalConfig,
    connection,
    openDatabase: async (sessionsBeside = 0) =>
      connect({
        connection: await connection(),
        concurrency: ((await optionalConfig())?.writing.concurrency ?? 2) + sessionsBeside,
        log: output.note,
        signal,
      }),
  }
}

/** Opens the database for `work` and closes it after, whatever happens. */
export async function withDatabase<T>(
  context: CommandContext,
  work: (database: Database) => Promise<T>,
  sessionsBeside?: number,
): Promise<T> {
  const database = await context.openDatabase(sessionsBeside)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
