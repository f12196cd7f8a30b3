/** A fresh Neo4j of one test's own, on loopback, with settings that the product itself never asks for. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { javaArguments, serverConfiguration } from '../../../src/local-neo4j/configuration.ts'
import { boltUri } from '../../../src/local-neo4j/connection.ts'
import type { Installation } from '../../../src/local-neo4j/install.ts'
import { instanceOf } from '../../../src/local-neo4j/instance.ts'
import { anyFreePort } from '../../../src/local-neo4j/ports.ts'
import { endServer, spawnServer, waitUntilReady } from '../../../src/local-neo4j/server-process.ts'
import { quickStart, type TestServer } from './server.ts'

const timeoutMillis = 120_000
const password = 'only-for-this-test'

/** Runs `work` with the server; `settings` are lines of neo4j.conf. */
export async function withPrivateServer<T>(
  installation: Installation,
  settings: readonly string[],
  work: (server: TestServer) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'smg-test-private-neo4j-'))
  const instance = instanceOf({ directory })
  const port = await anyFreePort()
  try {
    await writeFile(instance.configurationFile, [serverConfiguration(port, {}), ...settings, ''].join('\n'))
    await writeFile(instance.passwordFile, password, { mode: 0o600 })
    const args = javaArguments(installation, instance, quickStart, quickStart.jvmArguments)
    const server = await spawnServer(join(installation.java.home, 'bin', 'java'), args, instance)
    try {
      await waitUntilReady({ server, port, logFile: instance.logFile, timeoutMillis })
      return await work({ uri: boltUri(port), username: 'neo4j', password, database: 'neo4j' })
    } finally {
      await endServer(server, timeoutMillis)
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
