/** A fresh Neo4j of one test's own, on loopback, with settings that the product itself never asks for. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { javaArguments, serverConfiguration } from '../../../src/local-neo4j/configuration.ts'
import { boltUri } from '../../../src/local-neo4j/connection.ts'
import type { Installation } from '../../../src/local-neo4j/install.ts'
import { instanceOf } from '../../../src/local-neo4j/instance.ts'
import { anyFreePort } from '../../../src/local-neo4j/ports.ts'
import { type ProcessRecord, sendSignal, waitForExit } from '../../../src/local-neo4j/processes.ts'
import { endServer, spawnServer, waitUntilReady } from '../../../src/local-neo4j/server-process.ts'
import { quickStart } from '../../support/quick-start.ts'
import type { TestServer } from './server.ts'

const timeoutMillis = 120_000
const password = 'only-for-this-test'

export interface PrivateServer extends TestServer {
  /** Ends the server as a crash does with SIGKILL, or as an administrator does with SIGTERM. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
  /** Starts it again, on the same port. */
  readonly start: () => Promise<void>
}

/** Runs `work` with the server; `settings` are lines of neo4j.conf. */
export async function withPrivateServer<T>(
  installation: Installation,
  settings: readonly string[],
  work: (server: PrivateServer) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'smg-test-private-neo4j-'))
  const instance = instanceOf({ directory })
  const port = await anyFreePort()
  const java = join(installation.java.home, 'bin', 'java')
  const args = javaArguments(installation, instance, quickStart, quickStart.jvmArguments)
  let running: ProcessRecord | undefined
  const start = async () => {
    const server = await spawnServer(java, args, instance)
    running = server
    await waitUntilReady({ server, port, logFile: instance.logFile, timeoutMillis })
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (running === undefined) return
    sendSignal(running, signal)
    if (!(await waitForExit(running, timeoutMillis))) await endServer(running, 0)
    running = undefined
  }
  try {
    await writeFile(instance.configurationFile, [serverConfiguration(port, {}), ...settings, ''].join('\n'))
    await writeFile(instance.passwordFile, password, { mode: 0o600 })
    await start()
    return await work({ uri: boltUri(port), username: 'neo4j', password, database: 'neo4j', start, end })
  } finally {
    await end('SIGTERM')
    await rm(directory, { recursive: true, force: true })
  }
}
