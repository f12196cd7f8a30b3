/** Gets the JARs of a Neo4j and compiles the launcher, once per user and version. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { DatabaseError, messageOf } from '../errors.ts'
import { findJava, type Java } from './java.ts'
import { withLock } from './lock.ts'
import { defaultNeo4jVersion } from './neo4j-version.ts'
import { runTool } from './run-tool.ts'
import { launcherFile, pomFile } from './sources.ts'

export interface InstallOptions {
  /** Full version, such as "5.26.30". Default: the one in pom.xml. */
  readonly neo4jVersion?: string | undefined
  /** Java home to run it with. Default: the first fit one that is found. */
  readonly javaHome?: string | undefined
  /** Where the JARs are kept. Default: the user's cache folder. */
  readonly cacheDirectory?: string | undefined
  readonly log?: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

export interface Installation {
  readonly neo4jVersion: string
  readonly java: Java
  /** For `java -cp`: the launcher and the JARs. */
  readonly classPath: string
}

const silent = () => undefined
const hashDigits = 12

/**
 * Puts the JARs and the compiled launcher in the cache where they are not yet there. A download that breaks off leaves nothing.
 * @throws ConfigError for a version that cannot be; DatabaseError when Java or Maven is missing or the download fails;
 *   InterruptedError on `signal`.
 */
export async function installLocalNeo4j(options: InstallOptions = {}): Promise<Installation> {
  const { neo4jVersion = defaultNeo4jVersion(), javaHome, log = silent, signal } = options
  const java = findJava(neo4jVersion, javaHome)
  const root = options.cacheDirectory ?? join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'local-neo4j')
  const directory = join(root, neo4jVersion)
  const jars = join(directory, 'lib')
  const source = createHash('sha256').update(await readFile(launcherFile))
  const launcher = join(directory, `launcher-java${java.major}-${source.digest('hex').slice(0, hashDigits)}`)
  const installation = { neo4jVersion, java, classPath: `${launcher}:${join(jars, '*')}` }
  if (existsSync(jars) && existsSync(launcher)) return installation
  await makeDirectory(directory)
  const lock = { file: join(directory, 'install.lock'), purpose: `installing Neo4j ${neo4jVersion}`, log, signal }
  await withLock(lock, async () => {
    if (!existsSync(jars)) {
      log(`Getting Neo4j ${neo4jVersion} with Maven (once, about 120 MB)`)
      await makeWhole(jars, (partial) => copyJars(neo4jVersion, partial, signal))
    }
    if (!existsSync(launcher)) await makeWhole(launcher, (partial) => compileLauncher(java, jars, partial, signal))
  })
  return installation
}

/** Fills a folder under another name, left over from a broken run or not, and renames it once it is complete. */
async function makeWhole(directory: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${directory}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial)
  try {
    await fill(partial)
    await rename(partial, directory)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function copyJars(neo4jVersion: string, directory: string, signal: AbortSignal | undefined): Promise<void> {
  await runTool({
    command: 'mvn',
    args: [
      '-q',
      '-B',
      `--file=${pomFile}`,
      'dependency:copy-dependencies',
      `-Dneo4j.version=${neo4jVersion}`,
      `-DoutputDirectory=${directory}`,
    ],
    purpose: `get Neo4j ${neo4jVersion}`,
    remedy: 'install Maven (apt install maven, or from maven.apache.org), or set NEO4J_URI to a server of your own',
    signal,
  })
}

async function compileLauncher(
  java: Java,
  jars: string,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await runTool({
    command: join(java.home, 'bin', 'javac'),
    args: ['-cp', join(jars, '*'), '-d', directory, launcherFile],
    purpose: 'compile the launcher of the local Neo4j',
    remedy: 'install a Java development kit',
    signal,
  })
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
  } catch (cause) {
    throw new DatabaseError(`Cannot keep the JARs of Neo4j in ${directory}: ${messageOf(cause)}`, { cause })
  }
}
