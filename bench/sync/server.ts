/** The server that NEO4J_URI names, or one that is started for the benchmark and stopped after it. */
import { join } from 'node:path'
import envPaths from 'env-paths'
import { startLocalNeo4j } from '../../src/local-neo4j/start.ts'
import { stopLocalNeo4j } from '../../src/local-neo4j/stop.ts'
import { type Connection, connectionFrom } from './connection.ts'

export interface ServerOptions {
  readonly nodes: number
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

export interface BenchServer {
  readonly connection: Connection
  /** Whether nothing but this benchmark uses it. */
  readonly isOwn: boolean
}

/** A server of our own keeps its data in the user's cache, a folder for each number of nodes, so that the next run finds it built. */
export async function withServer<T>(
  { nodes, log, signal }: ServerOptions,
  work: (server: BenchServer) => Promise<T>,
): Promise<T> {
  const given = connectionFrom(process.env)
  if (given !== undefined) return work({ connection: given, isOwn: false })
  const directory = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'bench-sync', `${nodes}-nodes`)
  try {
    const { uri, username, password, database } = await startLocalNeo4j({ directory, port: 0, log, signal })
    return await work({ connection: { uri, username, password, database }, isOwn: true })
  } finally {
    await stopLocalNeo4j({ directory, log })
  }
}
