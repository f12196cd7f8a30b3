/** A local Neo4j that can be killed and started again on the same data and port. */
import { setTimeout as delay } from 'node:timers/promises'
import { isFree } from '../../src/local-neo4j/ports.ts'
import { findProcess, type ProcessRecord, sendSignal, waitForExit } from '../../src/local-neo4j/processes.ts'
import { startLocalNeo4j } from '../../src/local-neo4j/start.ts'
import { stopLocalNeo4j } from '../../src/local-neo4j/stop.ts'
import { quickStart } from '../../test/support/quick-start.ts'
import type { Connection } from '../sync/connection.ts'

export interface CrashServerOptions {
  readonly directory: string
  readonly neo4jVersion?: string | undefined
  readonly log: (line: string) => void
}

export interface CrashServer {
  /** Starts it, or finds it running; always on the port of the first start. */
  start(): Promise<Connection>
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
}

const millisToDie = 30_000
export function createCrashServer({ directory, neo4jVersion, log }: CrashServerOptions): CrashServer {
  let port = 0
  let server: ProcessRecord | undefined
  return {
    start: async () => {
      const { uri, username, password, database, ...found } = await startLocalNeo4j({
        ...quickStart,
        directory,
        neo4jVersion,
        log,
        port,
      })
      port = found.port
      server = await findProcess(found.pid)
      return { uri, username, password, database }
    },
    kill: async () => {
      if (server === undefined) throw new Error('Cannot kill the server: expected it to run')
      sendSignal(server, 'SIGKILL')
      const deadline = performance.now() + millisToDie
      const isGone = await waitForExit(server, millisToDie)
      // Its last threads may hold the port a little longer than the process seems to live.
      while (isGone && !(await isFree(port)) && performance.now() < deadline) await delay(20)
      if (!isGone || !(await isFree(port))) throw new Error(`Cannot kill the server: ${server.pid} goes on`)
    },
    stop: async () => {
      await stopLocalNeo4j({ directory, log })
    },
  }
}
