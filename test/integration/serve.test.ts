/** The daemon as people start it: `smg serve`, in real time, on real data. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pauseSchedule, runSchedule } from '../../src/jobs/schedules.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { listJobs } from '../../src/neo4j/job-catalogue.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { listeningAddresses } from './support/listening-addresses.ts'
import { testServer } from './support/server.ts'

const smg = fileURLToPath(new URL('./support/built-smg.js', import.meta.url))
const everyTwoSeconds = '*/2 * * * * *'

let database: Database
let configFolder: string
let daemonFolder: string
const started: ChildProcess[] = []

beforeAll(async () => {
  database = await openDatabase(testServer())
})
afterAll(() => database.close())
beforeEach(async () => {
  configFolder = await mkdtemp(join(tmpdir(), 'smg-serve-config-'))
  daemonFolder = await mkdtemp(join(tmpdir(), 'smg-serve-daemon-'))
  await addGraphs()
})
afterEach(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await removeEverything(database, 'smg')
  await database.execute('MATCH (n:ServeGraph|ServeNode) DETACH DELETE n', {})
  for (const folder of [configFolder, daemonFolder]) await rm(folder, { recursive: true, force: true })
})

/** 20 graphs of 3 nodes: a triangle in one class, a chain in the other. */
async function addGraphs(): Promise<void> {
  await database.execute(
    `UNWIND range(1, 20) AS id
     CREATE (g:ServeGraph {id: id, closed: id % 2 = 0})
     CREATE (a:ServeNode {id: 1})-[:PART_OF]->(g), (b:ServeNode {id: 2})-[:PART_OF]->(g), (c:ServeNode {id: 3})-[:PART_OF]->(g)
     CREATE (a)-[:EDGE]->(b), (b)-[:EDGE]->(c)
     WITH * WHERE g.closed
     CREATE (c)-[:EDGE]->(a)`,
    {},
  )
}

async function writeConfig(epochs: number): Promise<void> {
  const config = {
    projection: {
      name: 'serve',
      graphLabel: 'ServeGraph',
      graphKey: 'id',
      nodeLabels: ['ServeNode'],
      nodeKey: 'id',
      membershipType: 'PART_OF',
      relationshipTypes: ['EDGE'],
    },
    targetProperty: 'closed',
    model: { layers: 2, hidden: 8 },
    training: { epochs, patience: epochs, validationFraction: 0.2 },
  }
  await writeFile(join(configFolder, 'smg.config.yaml'), JSON.stringify(config))
}

/** Starts `smg` in a folder of its own, the server given by the environment. */
function start(folder: string, ...words: string[]) {
  const { uri, username, password, database: name } = testServer()
  const env = {
    ...process.env,
    NEO4J_URI: uri,
    NEO4J_USERNAME: username,
    NEO4J_PASSWORD: password,
    NEO4J_DATABASE: name,
  }
  const child = spawn(process.execPath, [smg, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

async function run(folder: string, ...words: string[]) {
  const child = start(folder, ...words)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { exitCode: child.exitCode, stdout, stderr }
}

/** `smg serve`, its log as objects; what is no log line stands under `said`. */
function serve(...flags: string[]) {
  const child = start(daemonFolder, 'serve', '--json', '--port', '0', ...flags)
  const lines: Record<string, unknown>[] = []
  const log = createInterface({ input: child.stderr })
  const ended = once(child, 'close')
  log.on('line', (line) => lines.push(line.startsWith('{') ? JSON.parse(line) : { said: line }))
  return {
    lines,
    pid: child.pid ?? 0,
    /** Waits for the log's next line of this message. */
    logged: async (message: string) => {
      const seen = lines.length
      while (!lines.slice(seen).some((line) => line['msg'] === message)) {
        await Promise.race([once(log, 'line'), ended])
        if (child.exitCode !== null) throw new Error(`smg serve ended before '${message}': ${JSON.stringify(lines)}`)
      }
    },
    /** The text of a page that it serves. */
    page: async (path: string) => {
      const url = lines.find((line) => line['msg'] === 'serving viewer, health and metrics')?.['url']
      const response = await fetch(`${url}${path}`)
      return { status: response.status, body: await response.text() }
    },
    stop: async (signal: NodeJS.Signals) => {
      const [stdout] = await Promise.all([text(child.stdout), once(child, 'close'), child.kill(signal)])
      return { exitCode: child.exitCode, stdout }
    },
  }
}

const jobs = () => database.run(listJobs, {}, { status: null, limit: 100n })
const addSchedule = () =>
  run(configFolder, 'schedules', 'add', 'often', '--json', '--cron', everyTwoSeconds, '--timezone', 'UTC', '--', 'sync')

describe('smg serve', () => {
  it('runs sync when a schedule fires, from another folder, and ends with 0 at SIGTERM', async () => {
    await writeConfig(3)
    const added = await addSchedule()
    expect({ exitCode: added.exitCode, stderr: added.stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(added.stdout)).toMatchObject({ name: 'often', command: 'sync', arguments: [] })

    const daemon = serve()
    await daemon.logged('job finished')
    const health = await daemon.page('/health')
    expect([health.status, JSON.parse(health.body)]).toEqual([
      200,
      expect.objectContaining({
        database: { name: testServer().database, reachable: true },
        lastLookAt: expect.any(String),
      }),
    ])
    const metrics = await daemon.page('/metrics')
    expect(metrics.body).toMatch(/^smg_jobs_total\{command="sync",status="FINISHED"\} [1-9]/m)
    expect(metrics.body).toMatch(/^smg_firings_made_total [1-9]/m)
    expect(await daemon.page('/')).toMatchObject({ status: 200, body: expect.stringContaining('"kind":"server"') })
    expect(JSON.parse((await daemon.page('/api/graphs?projection=serve')).body).graphs).toHaveLength(20)
    const listening = await listeningAddresses(daemon.pid)
    expect(listening).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)])
    await daemon.logged('job finished')
    // Asked for with nothing but Cypher: the configuration is that of the last sync of the projection.
    await database.execute(
      "CREATE (:SmgJob {command: 'score', projection: 'serve', status: 'PENDING', asked: true})",
      {},
    )
    const asked = async () => (await database.query('MATCH (j:SmgJob {asked: true}) RETURN j.status, j.error', {})).rows
    await expect.poll(asked).toEqual([['FINISHED', null]])
    const ended = await daemon.stop('SIGTERM')
    expect(ended.exitCode).toBe(0)
    expect(JSON.parse(ended.stdout)).toHaveProperty('daemonId')
    expect(daemon.lines.at(-1)).toMatchObject({ msg: 'daemon stopped' })

    const fired = (await jobs()).filter((job) => job.status === 'FINISHED' && job.schedule === 'often')
    const [second, first] = fired.slice(-2)
    expect(first).toMatchObject({ schedule: 'often', command: 'sync', error: null, runId: expect.any(String) })
    // Nothing changed between the two: no run, so no run id.
    expect(second).toMatchObject({ schedule: 'often', runId: null })
    const scored = 'MATCH (g:ServeGraph) WHERE g.smgPrediction IS NOT NULL RETURN count(g)'
    expect((await database.query(scored, {})).rows).toEqual([[20n]])

    const listed = await run(daemonFolder, 'jobs', 'list', '--json', '--limit', '1')
    expect(JSON.parse(listed.stdout)).toHaveLength(1)
    const removed = await run(daemonFolder, 'schedules', 'remove', 'often', '--json')
    expect(JSON.parse(removed.stdout)).toEqual({ name: 'often', removed: true })
  })

  it('hands the training that runs to the next daemon, at SIGTERM after the grace and at Ctrl-C at once', async () => {
    await writeConfig(100_000)
    await addSchedule()
    await runSchedule(database, { name: 'often', jobId: 'long', now: new Date() })
    await pauseSchedule(database, 'often')
    const phase = async () => (await jobs())[0]?.phase
    const waiting = { jobId: 'long', status: 'PENDING', attempt: 1, daemonId: null, error: null }

    const first = serve('--grace', '1')
    await first.logged('job started')
    await expect.poll(phase).toBe('train')
    expect((await first.stop('SIGTERM')).exitCode).toBe(0)
    const last = first.lines.slice(-3).map((line) => line['msg'])
    expect(last).toEqual(['stopping: the running job may end first', 'job handed back', 'daemon stopped'])
    expect(await jobs()).toMatchObject([waiting])

    const second = serve('--no-http')
    await second.logged('job started')
    await expect.poll(phase).toBe('train')
    expect(await second.stop('SIGINT')).toEqual({ exitCode: 130, stdout: expect.stringContaining('stoppedAt') })
    expect(second.lines.slice(-3)).toMatchObject([
      { msg: 'job handed back' },
      { msg: 'daemon stopped' },
      { said: expect.stringMatching(/^Interrupted/) },
    ])
    expect(second.lines.map((line) => line['msg'])).toContainEqual(
      expect.stringMatching(/^Training goes on after epoch \d+, where it was ended before$/),
    )
    expect(await jobs()).toMatchObject([waiting])
    const traces = 'MATCH (n:SmgModel|SmgRun) RETURN count(n)'
    expect((await database.query(traces, {})).rows).toEqual([[0n]])

    const asked = await run(daemonFolder, 'jobs', 'cancel', 'long', '--json')
    expect(JSON.parse(asked.stdout)).toEqual({ jobId: 'long', status: 'PENDING', cancelRequested: true })
  })

  it('says in one sentence what is wrong with a schedule, and ends with 2', async () => {
    await writeConfig(3)
    const { exitCode, stdout, stderr } = await run(
      configFolder,
      ...['schedules', 'add', 'often', '--cron', '61 * * * *', '--', 'sync'],
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^Cannot read the cron expression '61 \* \* \* \*': Invalid value for minute: 61; .+\n$/)
  })
})
