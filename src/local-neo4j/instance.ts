/** Where an instance of the local Neo4j keeps its files: one folder, which is also its Neo4j home. */
import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { ConfigError, DatabaseError, messageOf } from '../errors.ts'
import { defaultNeo4jVersion, releaseLine } from './neo4j-version.ts'

/** Which instance: the one in `directory`, else the user's own of this release line. */
export interface InstanceOptions {
  /** Folder of the instance, with its data. Default: one per user and release line. */
  readonly directory?: string | undefined
  /** Full version, such as "5.26.30". Default: the one in pom.xml. */
  readonly neo4jVersion?: string | undefined
}

export interface Instance {
  readonly directory: string
  readonly passwordFile: string
  readonly configurationFile: string
  readonly stateFile: string
  readonly lockFile: string
  /** What the server process printed since its last start. */
  readonly logFile: string
}

export function instanceOf({ directory, neo4jVersion = defaultNeo4jVersion() }: InstanceOptions): Instance {
  const line = releaseLine(neo4jVersion)
  const home = resolve(directory ?? join(envPaths('soft-mask-neo4j', { suffix: '' }).data, `neo4j-${line}`))
  return {
    directory: home,
    passwordFile: join(home, 'password'),
    configurationFile: join(home, 'neo4j.conf'),
    stateFile: join(home, 'server.json'),
    lockFile: join(home, 'server.lock'),
    logFile: join(home, 'logs', 'server.log'),
  }
}

/**
 * Makes the folder, for the owner only.
 * @throws ConfigError when it holds other things; DatabaseError when it cannot be made.
 */
export async function prepareDirectory({ directory }: Instance): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const names = await readdir(directory)
    if (names.length > 0 && !names.some(isOurs))
      throw new ConfigError(
        `Cannot keep the local Neo4j in ${directory}: expected an empty folder or one of its own, found ${names[0]}; name another`,
      )
    await chmod(directory, 0o700)
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown
    throw new DatabaseError(`Cannot keep the local Neo4j in ${directory}: ${messageOf(thrown)}`, { cause: thrown })
  }
}

function isOurs(name: string): boolean {
  return name === 'password' || name.startsWith('server.lock')
}
