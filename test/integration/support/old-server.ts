/** A Neo4j that is too old for the product, which itself refuses to start one. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import envPaths from 'env-paths'
import type { Installation } from '../../../src/local-neo4j/install.ts'
import { findJava } from '../../../src/local-neo4j/java.ts'
import { defaultNeo4jVersion } from '../../../src/local-neo4j/neo4j-version.ts'
import { runTool } from '../../../src/local-neo4j/run-tool.ts'
import { launcherFile, pomFile } from '../../../src/local-neo4j/sources.ts'
import { withPrivateServer } from './private-server.ts'
import type { TestServer } from './server.ts'

/** Runs `work` with a server of that version, fresh, on loopback; its JARs are fetched once per user. */
export async function withOldServer<T>(version: string, work: (server: TestServer) => Promise<T>): Promise<T> {
  return withPrivateServer(await install(version), [], work)
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
