/** Rounds of crashes on one database: edit, sync, kill, check, and on. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createRandom } from '../../src/graph/random.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import type { Connection } from '../sync/connection.ts'
import { killAt } from './aim.ts'
import { checkGraphs, unfinishedGraphs } from './check.ts'
import { type Client, modelFolder, startClient } from './client.ts'
import { editGraphs } from './edits.ts'
import { crashGraph, crashShape } from './graphs.ts'
import { type ObservedRun, type Phase, phases, savedVersions } from './phase.ts'
import type { Completed, Round, Setup } from './rounds-file.ts'
import type { CrashServer } from './server.ts'
import { readWritten } from './written.ts'

export interface CrashSite {
  readonly server: CrashServer
  readonly connection: Connection
  /** Of the client: its configuration and its models. */
  readonly folder: string
  readonly seed: number
}

const attempts = 10
const millisToQuiet = 60_000
const millisToEnd = 180_000

/** Builds the graphs, unless they are there, and lets a first sync run undisturbed. */
export async function setUp(site: CrashSite, graphs: number): Promise<Setup> {
  await mkdir(join(site.folder, modelFolder), { recursive: true })
  await withDatabase(site, (database) =>
    createGraphsInBatches(
      database,
      crashShape,
      Array.from({ length: graphs }, (_, i) => crashGraph(i + 1)),
    ),
  )
  const result = await syncToTheEnd(site, 1)
  const { readMillis, trainMillis, computeMillis, writeMillis } = result
  // Graphs are read twice, to train and to score; pages are scored while others are written. Caches were cold.
  const scoring = (computeMillis + writeMillis) / 4
  const millis = { start: 0, read: readMillis / 2, train: trainMillis, score: scoring, write: scoring }
  return { kind: 'setup', seed: site.seed, graphs, millis }
}

interface SyncJson {
  readonly [name: string]: number
  readonly scored: number
  readonly nodePropertiesWritten: number
  readonly readMillis: number
  readonly trainMillis: number
  readonly computeMillis: number
  readonly writeMillis: number
}

/** @throws Error where it does not end with 0 */
export async function syncToTheEnd({ connection, folder }: CrashSite, version: number): Promise<SyncJson> {
  const client = await startClient({ connection, folder, version, retrain: false })
  const { code, stdout, stderr } = await client.ended
  if (code !== 0) throw new Error(`Cannot sync undisturbed: expected exit code 0, got ${code}: ${stderr}`)
  return JSON.parse(stdout)
}

/**
 * One round; `turn` counts those of its kind, which aim at the phases in turn. What is seen of how long training takes goes
 * into `millis`: the first one had the libraries to load.
 */
export async function crash(
  site: CrashSite,
  millis: Record<Phase, number>,
  { kind, round, turn }: Pick<Round, 'kind' | 'round'> & { readonly turn: number },
): Promise<Round> {
  const start = performance.now()
  const random = createRandom(site.seed, `round ${round}`)
  const target = phases[1 + (turn % (phases.length - 1))] ?? 'write'
  for (let missed = 0; missed < attempts; missed++) {
    const retrain = target === 'read' || target === 'train' || random.nextBelow(2) === 0
    const latest = (await withDatabase(site, savedVersions)).at(-1) ?? 0
    const version = retrain ? latest + 1 : latest
    const before = await withDatabase(site, async (database) => {
      await editGraphs(database, random)
      return readWritten(database)
    })
    const client = await startClient({ ...site, version, retrain })
    const run = { client, newVersion: retrain ? version : null }
    const kill = kind === 'client' ? client.kill : site.server.kill
    // Who came too late aims earlier.
    const aim = { target, wait: (random.nextFloat() * millis[target]) / 2 ** missed, kill }
    const { seen, trainMillis } = await aimed(site, run, aim)
    millis.train = trainMillis ?? millis.train
    if (seen === undefined) continue
    if (kind === 'server') await site.server.start()
    const outcome = await endOf(client)
    if (kind === 'client' && outcome.code !== null) continue
    const counts = await withDatabase(site, async (database) => {
      await untilQuiet(database)
      return checkGraphs(database, { before, runId: seen.runId, version })
    })
    const problems = [...counts.problems, ...(kind === 'server' ? complaintsAbout(outcome) : [])]
    const { code } = outcome
    const seconds = (performance.now() - start) / 1000
    return { kind, round, target, phase: seen.phase, retrain, missed, code, ...counts, seconds, problems }
  }
  throw new Error(`Cannot kill the ${kind} while it ${target}s: ${attempts} syncs have ended before`)
}

async function aimed(site: CrashSite, run: ObservedRun, aim: Parameters<typeof killAt>[2]) {
  try {
    return await withDatabase(site, (database) => killAt(database, run, aim))
  } catch (thrown) {
    run.client.kill()
    await run.client.ended
    throw thrown
  }
}

/** A client whose server was killed ends by itself, done or with a sentence. */
async function endOf(client: Client) {
  const timer = new AbortController()
  const late = delay(millisToEnd, undefined, { signal: timer.signal }).then(
    () => client.kill(),
    () => undefined,
  )
  const outcome = await client.ended
  timer.abort()
  await late
  return outcome
}

function complaintsAbout({ code, stderr }: { readonly code: number | null; readonly stderr: string }): string[] {
  if (code === 0) return []
  const isSentence = code !== null && /^(Cannot|Interrupted) .+/m.test(stderr) && !/unexpectedly|^ {4}at /m.test(stderr)
  return isSentence ? [] : [`the client ended with ${code} and said: ${stderr}`]
}

/** What the dead client had asked for last may still be under way. */
async function untilQuiet(database: Database): Promise<void> {
  const deadline = performance.now() + millisToQuiet
  for (;;) {
    const { rows } = await database.query(
      "SHOW TRANSACTIONS YIELD metaData WHERE metaData.app = 'smg' RETURN metaData.statement",
      {},
    )
    if (rows.every(([statement]) => statement === 'query')) return
    if (performance.now() > deadline) throw new Error(`Cannot check: ${rows.join(', ')} goes on without its client`)
    await delay(20)
  }
}

/** Lets a sync run to its end and checks that it did all there was to do, and that the next one finds nothing to do. */
export async function complete(site: CrashSite, round: number): Promise<Completed> {
  const version = (await withDatabase(site, savedVersions)).at(-1) ?? 0
  const { scored } = await syncToTheEnd(site, version)
  const problems = await withDatabase(site, async (database) => [
    ...(await unfinishedGraphs(database, version)),
    ...(await leftovers(database)),
  ])
  const again = await syncToTheEnd(site, version)
  if (again.scored !== 0 || again.nodePropertiesWritten !== 0)
    problems.push(`the next sync scored ${again.scored} graphs and wrote ${again.nodePropertiesWritten} properties`)
  return { kind: 'completed', round, scored, problems }
}

/** Locks that nobody holds, and runs that nobody will end. */
async function leftovers(database: Database): Promise<string[]> {
  const { rows } = await database.query(
    `MATCH (n) WHERE n:SmgLock OR n:SmgRun AND n.status = 'RUNNING'
     RETURN labels(n)[0], coalesce(n.runId, n.owner)`,
    {},
  )
  return rows.map(([label, id]) => `${label} ${id} was left behind`)
}

export async function withDatabase<T>(
  { connection }: Pick<CrashSite, 'connection'>,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(connection)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
