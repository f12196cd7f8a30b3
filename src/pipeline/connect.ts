/** Opens the database that the settings name, or the local Neo4j where they name none. */
import type { ConnectionSettings } from '../config/load.ts'
import { ConfigError } from '../errors.ts'
import { startLocalNeo4j } from '../local-neo4j/start.ts'
import { type Database, openDatabase } from '../neo4j/database.ts'

export interface ConnectOptions {
  readonly connection: ConnectionSettings
  readonly concurrency?: number
  /** Told in one line when the local Neo4j has to be fetched or started. */
  readonly log: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Opens the database of an address, or the local Neo4j, started if need be, where there is none.
 *
 * @throws DatabaseError when the database cannot be reached or refuses; ConfigError when an address comes without a password.
 */
export async function connect({ connection, concurrency = 4, log, signal }: ConnectOptions): Promise<Database> {
  const { uri, username = 'neo4j', password, database = 'neo4j', retrySeconds } = connection
  const options = { database, concurrency, retrySeconds, signal }
  if (uri === undefined) {
    const local = await startLocalNeo4j({ log, ...(signal && { signal }) })
    return openDatabase({ ...options, uri: local.uri, username: local.username, password: local.password })
  }
  if (password === undefined)
    throw new ConfigError(`Cannot log in to ${uri}: expected a password, got none; give it with -p or NEO4J_PASSWORD`)
  return openDatabase({ ...options, uri, username, password })
}
