/** A Neo4j that is too old for the product, which itself refuses to start one. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { javaArguments, serverConfiguration } from '../../../src/local-neo4j/configuration.ts'
import { boltUri } from '../../../src/local-neo4j/connection.ts'
import type { Installation } from '../../../src/local-neo4j/install.ts'
import { instanceOf } from '../../../src/local-neo4j/instance.ts'
import { findJava } from '../../../src/local-neo4j/java.ts'
import { defaultNeo4jVersion } from '../../../src/local-neo4j/neo4j-version.ts'
import { anyFreePort } from '../../../src/local-neo4j/ports.ts'
import { runTool } from '../../../src/local-neo4j/run-tool.ts'
import { endServer, spawnServer, waitUntilReady } from '../../../src/local-neo4j/server-process.ts'
import { launcherFile, pomFile } from '../../../src/local-neo4j/sources.ts'
import { quickStart, type TestServer } from './server.ts'

const timeoutMillis = 120_000
const password = 'only-for-this-test'

/** Runs `work` with a server of that version, fresh, on loopback; its JARs are fetched once per user. */
export async function withOldServer<T>(version: string, work: (server: TestServer) => Promise<T>): Promise<T> {
  const installation = await install(version)
  const directory = await mkdtemp(join(tmpdir(), 'smg-test-old-neo4j-'))
  const instance = instanceOf({ directory })
  const port = await anyFreePort()
  try {
    await writeFile(instance.configurationFile, serverConfiguration(port, {}))
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

/** The JARs and the launcher compiled against them. */
async function install(neo4jVersion: string): Promise<Installation> {
  const java = findJava(defaultNeo4jVersion(), undefined)
  const root = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'old-neo4j')
  const kept = join(root, neo4jVersion)
  if (!existsSync(kept)) {
    await mkdir(root, { recursive: true })
    const staging = await mkdtemp(join(root, '.staging-'))
    try {
      const purpose = `get Neo4j ${neo4jVersion}`
      const copyJars = ['-q', '-B', `--file=${pomFile}`, 'dependency:copy-dependencies']
      await runTool({
        command: 'mvn',
        args: [...copyJars, `-Dneo4j.version=${neo4jVersion}`, `-DoutputDirectory=${join(staging, 'lib')}`],
        purpose,
        remedy: 'install Maven',
      })
      await runTool({
        command: join(java.home, 'bin', 'javac'),
        args: ['-cp', join(staging, 'lib', '*'), '-d', join(staging, 'launcher'), launcherFile],
        purpose,
        remedy: 'install a Java development kit',
      })
      await rename(staging, kept)
    } catch (thrown) {
      const anotherWasFirst = existsSync(kept)
      if (!anotherWasFirst) throw thrown
    } finally {
      await rm(staging, { recursive: true, force: true })
    }
  }
  return { neo4jVersion, java, classPath: `${join(kept, 'launcher')}:${join(kept, 'lib', '*')}` }
}
