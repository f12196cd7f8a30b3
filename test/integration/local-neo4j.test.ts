import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DatabaseError, InterruptedError } from '../../src/errors.ts'
import type { LocalNeo4jConnection } from '../../src/local-neo4j/connection.ts'
import { installLocalNeo4j } from '../../src/local-neo4j/install.ts'
import { findJava } from '../../src/local-neo4j/java.ts'
import { defaultNeo4jVersion } from '../../src/local-neo4j/neo4j-version.ts'
import { isAccepting } from '../../src/local-neo4j/ports.ts'
import { findProcess, waitForExit } from '../../src/local-neo4j/processes.ts'
import { startLocalNeo4j } from '../../src/local-neo4j/start.ts'
import { localNeo4jStatus } from '../../src/local-neo4j/status.ts'
import { stopLocalNeo4j } from '../../src/local-neo4j/stop.ts'
import { openDatabase } from '../../src/neo4j/database.ts'
import { quickStart } from '../support/quick-start.ts'
import { listeningAddresses } from './support/listening-addresses.ts'
import { testedNeo4jVersion } from './support/server.ts'

const neo4jVersion = testedNeo4jVersion ?? defaultNeo4jVersion()
const exitTimeoutMillis = 30_000
const usesOwnServer = Boolean(process.env['NEO4J_URI'])

let root: string
let first: LocalNeo4jConnection

/** Options of an instance of these tests. */
function instance(name: string) {
  return { ...quickStart, directory: join(root, name), neo4jVersion }
}

async function run(connection: LocalNeo4jConnection, statement: string) {
  const database = await openDatabase(connection)
  try {
    return (await database.execute(statement, {})).rows
  } finally {
    await database.close()
  }
}

const readNote = 'MATCH (note:Note) RETURN note.text'

// The tests build on each other: a start takes seconds, so `first` is started, stopped, killed and started again.
describe.skipIf(usesOwnServer)('the local Neo4j', () => {
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'smg-local-neo4j-'))
  })
  afterAll(async () => {
    for (const name of ['first', 'second']) await stopLocalNeo4j(instance(name))
    await rm(root, { recursive: true, force: true })
  })

  it('is started once by two callers at the same time', async () => {
    const options = { ...instance('first'), port: 0 }
    const [one, other] = await Promise.all([startLocalNeo4j(options), startLocalNeo4j(options)])
    expect([one.alreadyRunning, other.alreadyRunning].sort()).toEqual([false, true])
    expect({ ...other, alreadyRunning: true }).toEqual({ ...one, alreadyRunning: true })
    first = one
  })

  it('answers the user neo4j with the password it made, and nobody else', async () => {
    expect(await run(first, "CREATE (note:Note {text: 'kept'}) RETURN note.text")).toEqual([['kept']])
    await expect(run({ ...first, password: 'neo4j' }, 'RETURN 1')).rejects.toBeInstanceOf(DatabaseError)
    await expect(run({ ...first, password: '' }, 'RETURN 1')).rejects.toBeInstanceOf(DatabaseError)
  })

  it('keeps the password in a file for the owner only, and off the command line', async () => {
    expect((await stat(first.passwordFile)).mode & 0o777).toBe(0o600)
    expect((await stat(first.dataDirectory)).mode & 0o777).toBe(0o700)
    expect((await readFile(first.passwordFile, 'utf8')).trim()).toBe(first.password)
    expect(first.password).toMatch(/^[0-9a-f]{48}$/)
    expect(await readFile(first.logFile, 'utf8')).not.toContain(first.password)
  })

  it.runIf(process.platform === 'linux')('listens on the loopback interface only, on its one port', async () => {
    expect(await readFile(`/proc/${first.pid}/cmdline`, 'utf8')).not.toContain(first.password)
    expect(await listeningAddresses(first.pid)).toEqual([`127.0.0.1:${first.port}`])
  })

  it('says where it runs', async () => {
    const { status, server } = await localNeo4jStatus(instance('first'))
    expect(status).toBe('running')
    expect(server).toMatchObject({ uri: `bolt://127.0.0.1:${first.port}`, pid: first.pid, neo4jVersion })
  })

  it('refuses a port that is taken when it was asked for, and leaves nothing running', async () => {
    await expect(startLocalNeo4j({ ...instance('second'), port: first.port })).rejects.toThrow(
      new DatabaseError(
        `Cannot start the local Neo4j on port ${first.port}: something else listens there; name another with --port, or none for the next free one`,
      ),
    )
    expect((await localNeo4jStatus(instance('second'))).status).toBe('stopped')
  })

  it('refuses to be on another port while it runs', async () => {
    await expect(startLocalNeo4j({ ...instance('first'), port: first.port + 1 })).rejects.toThrow(
      `Cannot start the local Neo4j on port ${first.port + 1}: ${neo4jVersion} is already running on port ${first.port}`,
    )
  })

  it('shows the end of the log when the server does not start', async () => {
    const options = { ...instance('second'), port: 0, jvmArguments: ['-XX:NoSuchFlag'] }
    await expect(startLocalNeo4j(options)).rejects.toThrow(/^Cannot start the local Neo4j: .*\n(.*\n)*.*NoSuchFlag/)
    expect((await localNeo4jStatus(instance('second'))).status).toBe('stopped')
  })

  it('ends the half-started server when it is interrupted', async () => {
    const controller = new AbortController()
    const log = (line: string) => {
      if (line.startsWith('Starting')) controller.abort()
    }
    const starting = startLocalNeo4j({ ...instance('second'), port: 0, log, signal: controller.signal })
    await expect(starting).rejects.toBeInstanceOf(InterruptedError)
    expect(await readdir(join(root, 'second'))).not.toContain('server.json')
  })

  it('runs twice at once, on two ports, with two passwords and two stores', async () => {
    const second = await startLocalNeo4j({ ...instance('second'), port: 0 })
    expect(second.port).not.toBe(first.port)
    expect(second.password).not.toBe(first.password)
    expect(await run(second, readNote)).toEqual([])
    expect(await run(first, readNote)).toEqual([['kept']])
    expect(await stopLocalNeo4j(instance('second'))).toEqual({ wasRunning: true, wasKilled: false })
  })

  it('stops cleanly: the process is gone, the port is free, the log says so', async () => {
    expect(await stopLocalNeo4j(instance('first'))).toEqual({ wasRunning: true, wasKilled: false })
    expect(await findProcess(first.pid)).toBeUndefined()
    expect(await isAccepting(first.port)).toBe(false)
    expect(await readFile(first.logFile, 'utf8')).toMatch(/^stopped$/m)
    expect((await localNeo4jStatus(instance('first'))).status).toBe('stopped')
    expect(await stopLocalNeo4j(instance('first'))).toEqual({ wasRunning: false, wasKilled: false })
  })

  it('starts over a state file whose process id belongs to another process by now, with its data and password', async () => {
    const stale = { pid: process.pid, identity: 'another boot', port: 7687, neo4jVersion, javaHome: '/java' }
    const stateFile = join(root, 'first', 'server.json')
    await writeFile(stateFile, JSON.stringify({ ...stale, startedAt: '2026-01-01T00:00:00.000Z' }))
    expect((await localNeo4jStatus(instance('first'))).status).toBe('stopped')
    const again = await startLocalNeo4j({ ...instance('first'), port: 0 })
    expect(again).toMatchObject({ alreadyRunning: false, password: first.password })
    expect(await run(again, readNote)).toEqual([['kept']])
    first = again
  })

  it('recovers after kill -9', async () => {
    await run(first, "CREATE (:Note {text: 'written just before'})")
    const server = await findProcess(first.pid)
    process.kill(first.pid, 'SIGKILL')
    if (server !== undefined) await waitForExit(server, exitTimeoutMillis)
    const again = await startLocalNeo4j({ ...instance('first'), port: 0 })
    expect(again.pid).not.toBe(first.pid)
    expect(await run(again, `${readNote} ORDER BY note.text`)).toEqual([['kept'], ['written just before']])
  })

  it('is taken from the cache without Maven, which is asked for in one sentence where it is not there', async () => {
    const { home: javaHome } = findJava(neo4jVersion, undefined)
    const cacheDirectory = join(root, 'cache')
    const emptyFolder = join(root, 'bin')
    await mkdir(emptyFolder)
    vi.stubEnv('PATH', emptyFolder)
    try {
      expect(await installLocalNeo4j({ neo4jVersion, javaHome })).toMatchObject({ neo4jVersion })
      await expect(installLocalNeo4j({ cacheDirectory, neo4jVersion, javaHome })).rejects.toThrow(
        `Cannot get Neo4j ${neo4jVersion}: mvn is not there; install Maven (apt install maven, or from maven.apache.org), or set NEO4J_URI to a server of your own`,
      )
    } finally {
      vi.unstubAllEnvs()
    }
    expect(await readdir(join(cacheDirectory, neo4jVersion))).toEqual([])
  })

  it('leaves nothing in the cache of a version that cannot be had', async () => {
    const cacheDirectory = join(root, 'cache')
    await expect(installLocalNeo4j({ cacheDirectory, neo4jVersion: '5.26.9999' })).rejects.toThrow(
      /^Cannot get Neo4j 5\.26\.9999: mvn failed:\n/,
    )
    expect(await readdir(join(cacheDirectory, '5.26.9999'))).toEqual([])
  })
})
