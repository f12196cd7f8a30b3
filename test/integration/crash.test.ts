/** Syncs and their server, killed while they read, train, score and write: a few of the rounds of `npm run bench:crash`. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkGraphs, mixedGraphs } from '../../bench/crash/check.ts'
import { compareAt } from '../../bench/crash/end.ts'
import { savedVersions } from '../../bench/crash/phase.ts'
import { type CrashSite, complete, crash, setUp, withDatabase } from '../../bench/crash/rounds.ts'
import { type CrashServer, createCrashServer } from '../../bench/crash/server.ts'
import { readWritten } from '../../bench/crash/written.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { testedNeo4jVersion, testServer } from './support/server.ts'

const graphs = 60
/** Turns 1 and 3 aim at training and writing. */
const rounds = [
  { kind: 'client', turn: 1 },
  { kind: 'client', turn: 3 },
  { kind: 'server', turn: 3 },
] as const
let folder: string
let server: CrashServer
let site: CrashSite

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-crash-'))
  server = createCrashServer({
    directory: join(folder, 'neo4j'),
    neo4jVersion: testedNeo4jVersion,
    log: () => undefined,
  })
  site = { server, connection: await server.start(), folder: join(folder, 'client'), seed: 1 }
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a database', () => {
  it('holds the old or the new result of every graph whenever sync or server is killed, and in the end what an undisturbed sync writes', async () => {
    const { millis } = await setUp(site, graphs)
    for (const [round, { kind, turn }] of rounds.entries())
      expect(await crash(site, millis, { kind, round, turn })).toMatchObject({ kind, graphs, problems: [] })
    expect(await complete(site, rounds.length)).toMatchObject({ problems: [] })

    await withDatabase({ connection: testServer() }, cleanDatabase)
    const undisturbed = { connection: testServer(), folder: join(folder, 'undisturbed') }
    const { problems, compared } = await compareAt(site, undisturbed)
    await withDatabase(undisturbed, cleanDatabase)
    expect(problems).toEqual([])
    expect(compared).toBeGreaterThan(10 * graphs)
  })

  it('would not pass with a graph that mixes two runs', async () => {
    const version = (await withDatabase(site, savedVersions)).at(-1) ?? 0
    await withDatabase(site, async (database) => {
      const before = await readWritten(database)
      const problems = async () => {
        const check = { before, runId: 'run', version }
        return (await checkGraphs(database, check)).problems
      }
      expect(await problems()).toEqual([])
      await database.execute("MATCH (n {accountId: 'c00060-1'}) SET n.smgMaskLayer1 = 0.25", {})
      expect(await problems()).toContainEqual(expect.stringMatching(/^c00060.*smgMaskLayer1: expected 0.*, got 0.25$/))
      await database.execute("MATCH (n {accountId: 'c00060-1'}) SET n.smgMaskLayer2 = null", {})
      expect(await mixedGraphs(database)).toEqual([expect.stringMatching(/^c00060: of cases:\d+, yet c00060-1 has /)])
    })
  })
})
