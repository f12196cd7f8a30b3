/**
 * Builds the command, and starts the servers of the integration tests, one for each worker: a fresh local Neo4j in a temporary
 * folder on a free port. Where NEO4J_URI names one, all tests use that, one file at a time. A database that is not empty is left
 * alone.
 * SMG_TEST_NEO4J_VERSION chooses another release, such as 2026.08.1.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { startLocalNeo4j } from '../../src/local-neo4j/start.ts'
import { stopLocalNeo4j } from '../../src/local-neo4j/stop.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { quickStart } from '../support/quick-start.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { type TestServer, testedNeo4jVersion } from './support/server.ts'
import { integrationWorkers } from './support/workers.ts'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await promisify(execFile)('npm', ['run', '--silent', 'build'])
  const own = serverFromEnvironment(process.env)
  if (own !== undefined) {
    await requireEmpty(own)
    project.provide('servers', [own])
    return async () => withDatabase(own, cleanDatabase)
  }
  const root = await mkdtemp(join(tmpdir(), 'smg-test-neo4j-'))
  const instances = Array.from({ length: integrationWorkers }, (_, i) => ({
    directory: join(root, String(i + 1)),
    neo4jVersion: testedNeo4jVersion,
    log: console.error,
  }))
  const teardown = async () => {
    await Promise.all(instances.map(stopLocalNeo4j))
    await rm(root, { recursive: true, force: true })
  }
  try {
    // The first one fetches what is not in the cache of the user.
    const servers: TestServer[] = []
    for (const instance of instances) {
      const { uri, username, password, database } = await startLocalNeo4j({ ...instance, ...quickStart, port: 0 })
      servers.push({ uri, username, password, database })
    }
    project.provide('servers', servers)
    return teardown
  } catch (thrown) {
    await teardown()
    throw thrown
  }
}

/** The tests empty the database, so it has to be empty before. */
async function requireEmpty(server: TestServer): Promise<void> {
  await withDatabase(server, async (database) => {
    const { rows } = await database.query('MATCH (n) RETURN n LIMIT 1', {})
    if (rows.length > 0)
      throw new Error(
        `Cannot test on the database '${server.database}' at ${server.uri}: expected an empty one, as the tests delete what is in it; name another with NEO4J_URI or NEO4J_DATABASE, or empty it: MATCH (n) DETACH DELETE n`,
      )
  })
}

async function withDatabase(server: TestServer, work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase(server)
  try {
    await work(database)
  } finally {
    await database.close()
  }
}

function serverFromEnvironment(env: NodeJS.ProcessEnv): TestServer | undefined {
  const uri = env['NEO4J_URI']
  if (!uri) return undefined
  const password = env['NEO4J_PASSWORD']
  if (!password) throw new Error('Cannot test against NEO4J_URI: expected NEO4J_PASSWORD beside it')
  return {
    uri,
    username: env['NEO4J_USERNAME'] || 'neo4j',
    password,
    database: env['NEO4J_DATABASE'] || 'neo4j',
  }
}
