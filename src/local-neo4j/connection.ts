/** How to reach a local Neo4j that was started. */
import type { Instance } from './instance.ts'
import { loopback } from './ports.ts'
import type { ServerState } from './server-state.ts'

export interface LocalNeo4jConnection {
  /** `bolt://127.0.0.1:PORT` */
  readonly uri: string
  readonly username: string
  readonly password: string
  readonly database: string
  readonly pid: number
  readonly port: number
  readonly neo4jVersion: string
  readonly dataDirectory: string
  readonly passwordFile: string
  readonly logFile: string
  /** True when it ran before this call. */
  readonly alreadyRunning: boolean
}

export const username = 'neo4j'
export const database = 'neo4j'

export function boltUri(port: number): string {
  return `bolt://${loopback}:${port}`
}

export function connectionTo(
  { directory, passwordFile, logFile }: Instance,
  { pid, port, neo4jVersion }: ServerState,
  password: string,
  alreadyRunning: boolean,
): LocalNeo4jConnection {
  const files = { dataDirectory: directory, passwordFile, logFile }
  return { uri: boltUri(port), username, password, database, pid, port, neo4jVersion, ...files, alreadyRunning }
}
