/** What people read when the database cannot be reached, refuses, or is too old. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, requireSupportedVersion } from '../../src/neo4j/database.ts'
import { connect } from '../../src/pipeline/connect.ts'
import { withOldServer } from './support/old-server.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { testServer } from './support/server.ts'
import { smallSettings } from './support/small-projection.ts'

let folder: string
const listening: Server[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-connection-'))
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models')))
})
afterEach(async () => {
  for (const server of listening.splice(0)) await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

/** The port that `server` listens on, on loopback. */
async function portOf(server: Server): Promise<number> {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError(`expected a port, got ${address}`)
  return address.port
}

async function closedPort(): Promise<number> {
  const server = createServer()
  const port = await portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function openPort(server: Server): Promise<number> {
  listening.push(server)
  return portOf(server)
}

const refusalAt = (change: object) => refusalOf(openDatabase({ ...testServer(), ...change }))

describe('a wrong password', () => {
  it('is refused with the address and the user, and with exit code 4', async () => {
    const { uri, username } = testServer()
    expect(await refusalAt({ password: 'not-the-password' })).toEqual({
      exitCode: 4,
      message: `Cannot log in to ${uri} as '${username}': the server refuses user name or password; give them with -u and -p, or NEO4J_USERNAME and NEO4J_PASSWORD`,
    })
  })

  it('is one sentence on stderr for the smg command, and never shown', async () => {
    const outcome = await runSmg(['sync'], { cwd: folder, env: { NEO4J_PASSWORD: 'not-the-password' } })
    expect(outcome).toMatchObject({ code: 4, stdout: '' })
    expect(outcome.stderr).toMatch(/^Cannot log in to .*\n$/)
    expect(outcome.stderr).not.toContain('not-the-password')
  })

  it('is asked for where there is none, with exit code 2', async () => {
    const { uri } = testServer()
    expect(await refusalOf(connect({ connection: { uri }, log: () => undefined }))).toEqual({
      exitCode: 2,
      message: `Cannot log in to ${uri}: expected a password, got none; give it with -p or NEO4J_PASSWORD`,
    })
  })
})

describe('a server that is not there', () => {
  it.each(['bolt', 'neo4j'])('is named with its %s address, with exit code 4', async (scheme) => {
    const uri = `${scheme}://127.0.0.1:${await closedPort()}`
    const { exitCode, message } = await refusalAt({ uri })
    expect(exitCode).toBe(4)
    expect(message).toContain(`Cannot reach Neo4j at ${uri}: no server answers; start it, or check address and port (`)
  })

  it('ends the smg command with 4 and one sentence', async () => {
    const uri = `bolt://127.0.0.1:${await closedPort()}`
    const outcome = await runSmg(['check', '-a', uri, '-p', 'any'], { cwd: folder })
    expect(outcome).toMatchObject({ code: 4, stdout: '' })
    expect(outcome.stderr).toMatch(/^Cannot reach Neo4j at .*\(connect ECONNREFUSED .*\)\n$/)
  })

  it('is told from one that speaks HTTP, and from one that hangs up', async () => {
    const http = `bolt://127.0.0.1:${await openPort(createHttpServer())}`
    expect(await refusalAt({ uri: http })).toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/^Cannot use the server at .*: expected Neo4j's Bolt protocol, got: .*HTTP/),
    })
    const rude = `bolt://127.0.0.1:${await openPort(createServer((socket) => socket.destroy()))}`
    expect(await refusalAt({ uri: rude })).toMatchObject({ exitCode: 4, message: expect.stringContaining(rude) })
  })

  it.each(['', '127.0.0.1:7687', 'http://127.0.0.1:7474', 'bolt://127.0.0.1:99999'])(
    'is not looked for at %j, which is no address',
    async (uri) => {
      expect(await refusalAt({ uri })).toEqual({
        exitCode: 4,
        message: `Cannot connect: expected an address such as neo4j://host:7687 or bolt://host:7687, got '${uri}'; give it with -a or NEO4J_URI`,
      })
    },
  )
})

describe('a database that cannot be used', () => {
  it('is named where the server does not have it, with exit code 4', async () => {
    expect(await refusalAt({ database: 'elsewhere' })).toEqual({
      exitCode: 4,
      message: `Cannot open the database 'elsewhere' on ${testServer().uri}: it does not exist; choose another with -d or NEO4J_DATABASE`,
    })
  })

  it('is named where it holds no graphs', async () => {
    expect(await refusalAt({ database: 'system' })).toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/^Cannot use the database 'system' on .*; choose another with -d/),
    })
  })
})

describe('a server older than 5.26', () => {
  it('is refused with exit code 4, its version and what to do', async () => {
    await withOldServer('5.25.1', async (server) => {
      expect(await refusalOf(openDatabase(server))).toEqual({
        exitCode: 4,
        message: `Cannot use the server at ${server.uri}: expected Neo4j 5.26 or newer, got Neo4j/5.25.1; upgrade it, or name another with -a or NEO4J_URI`,
      })
    })
  })

  it.each(['Neo4j/5.25.1', 'Neo4j/4.4.40', 'Neo4j/5', 'Memgraph/3.0'])('is refused as %j', async (agent) => {
    const { exitCode, message } = await refusalOf(
      Promise.resolve().then(() => requireSupportedVersion(agent, 'bolt://db:7687')),
    )
    expect(exitCode).toBe(4)
    expect(message).toContain(`Cannot use the server at bolt://db:7687: expected Neo4j 5.26 or newer, got ${agent};`)
  })

  it.each([
    ['Neo4j/5.26.30', '5.26'],
    ['Neo4j/5.27.0', '5.27'],
    ['Neo4j/2025.01.0', '2025.1'],
    ['Neo4j/2026.08.1', '2026.8'],
  ])('is not %s', (agent, version) => {
    expect(requireSupportedVersion(agent, 'bolt://db:7687')).toBe(version)
  })
})
