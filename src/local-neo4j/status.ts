/** What the local Neo4j is doing. */
import { boltUri, username } from './connection.ts'
import { type InstanceOptions, instanceOf } from './instance.ts'
import { isAccepting } from './ports.ts'
import { readLiveState, type ServerState } from './server-state.ts'

export interface LocalNeo4jStatus {
  readonly status: 'running' | 'starting' | 'stopped'
  readonly dataDirectory: string
  readonly passwordFile: string
  readonly logFile: string
  /** Absent when it is stopped. */
  readonly server?: ServerState & { readonly uri: string; readonly username: string }
}

/** Looks without touching anything; a state file left by a process that has ended counts as stopped. */
export async function localNeo4jStatus(options: InstanceOptions = {}): Promise<LocalNeo4jStatus> {
  const instance = instanceOf(options)
  const { directory: dataDirectory, passwordFile, logFile } = instance
  const state = await readLiveState(instance)
  if (state === undefined) return { status: 'stopped', dataDirectory, passwordFile, logFile }
  const status = (await isAccepting(state.port)) ? 'running' : 'starting'
  return { status, dataDirectory, passwordFile, logFile, server: { ...state, uri: boltUri(state.port), username } }
}
