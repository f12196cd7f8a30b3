/** Jobs as any Cypher client asks for them, watches and cancels them, and as several daemons share them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import { jobConfigText } from '../../src/jobs/job-config.ts'
import { cancelJob } from '../../src/jobs/job-control.ts'
import type { RunCommand } from '../../src/jobs/job-request.ts'
import { addSchedule } from '../../src/jobs/schedules.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { listJobs } from '../../src/neo4j/job-catalogue.ts'
import { breakableLink } from './support/breakable-link.ts'
import {
  createClock,
  heldCommand,
  quickClock,
  type RunningDaemon,
  type StartOptions,
  startDaemon,
} from './support/daemon.ts'
import { testServer } from './support/server.ts'
import { smallConfig } from './support/small-projection.ts'

const done: RunCommand = async () => ({})
const config = jobConfigText(smallConfig('models'), '/srv')
const lease = { heartbeatMillis: 40, lapseSeconds: 30 }
/** Of a daemon that soon takes over what others have. */
const impatient = { ...lease, lapseSeconds: 0.4 }

let database: Database
const daemons: RunningDaemon[] = []
const change = (cypher: string, params: Readonly<Record<string, unknown>> = {}) => database.execute(cypher, params)
const removeAll = () => change('MATCH (n:SmgJob|SmgSchedule|SmgProjection|SmgRun) DETACH DELETE n')

beforeAll(async () => {
  database = await openDatabase(testServer())
})
afterAll(() => database.close())
beforeEach(async () => {
  await removeAll()
  await change("CREATE (:SmgProjection {name: 'molecules', config: $config})", { config })
})
afterEach(async () => {
  await Promise.all(daemons.splice(0).map((daemon) => daemon.stop()))
  await removeAll()
})

function daemon(options: Partial<StartOptions> & Pick<StartOptions, 'runCommand'>): RunningDaemon {
  const started = startDaemon({ database, clock: quickClock, lease, ...options })
  daemons.push(started)
  return started
}

const jobs = () => database.run(listJobs, {}, { status: null, limit: 100n })
const job = async (jobId: string) => (await jobs()).find((row) => row.jobId === jobId)
/** A job of the projection, as a Cypher client asks for it. */
const ask = (properties: string) =>
  change(`CREATE (:SmgJob {command: 'sync', projection: 'molecules', status: 'PENDING', ${properties}})`)
/** The only job, in plain Cypher. */
const asked = async (expression: string) =>
  (await database.query(`MATCH (j:SmgJob) RETURN ${expression}`, {})).rows[0]?.[0]

describe('a job asked for in Cypher', () => {
  it('runs, shows how far it is, and is canceled, all in Cypher', async () => {
    await change(
      `CREATE (:SmgRun {runId: 'r', projection: 'molecules', status: 'FINISHED', readMillis: 3600000000, trainMillis: 0,
       computeMillis: 1800000000, writeMillis: 1000})`,
    )
    const { runCommand, entered, requests } = heldCommand()
    const { logged } = daemon({ runCommand })
    await logged('daemon started')
    await change(
      "CREATE (:SmgJob {command: 'sync', arguments: ['--retrain'], projection: 'molecules', status: 'PENDING'})",
    )
    const { onProgress } = await entered
    expect(requests).toMatchObject([
      {
        jobId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/),
        command: 'sync',
        arguments: ['--retrain'],
        config: { projection: { name: 'molecules' }, modelDirectory: '/srv/models' },
      },
    ])
    onProgress('score', 0, 12)
    await expect.poll(() => asked('j.phase')).toBe('score')
    expect(
      await asked(
        '[valueType(j.progress), valueType(j.etaSeconds), valueType(j.heartbeatAt), valueType(j.createdAt), j.attempt, j.status]',
      ),
    ).toEqual([
      ...['FLOAT NOT NULL', 'INTEGER NOT NULL', 'ZONED DATETIME NOT NULL', 'ZONED DATETIME NOT NULL'],
      ...[1n, 'RUNNING'],
    ])
    // As long as the run before, a thousand hours to read and half as long to compute, less the seconds that this test takes.
    expect(await asked('5400000 - 240 < j.etaSeconds <= 5400000')).toBe(true)
    onProgress('score', 6, 12)
    await expect.poll(() => asked('j.etaSeconds < 2700000')).toBe(true)
    await change('MATCH (j:SmgJob) SET j.cancelRequested = true')
    await logged('job canceled')
    expect(await jobs()).toMatchObject([
      { status: 'CANCELED', error: 'canceled: Interrupted while training', phase: null, etaSeconds: null },
    ])
  })

  it('keeps the id that it was given, and has its heartbeat by the clock of the server', async () => {
    await ask("jobId: 'mine', command: 'score'")
    const { runCommand, entered, end } = heldCommand()
    const { logged } = daemon({ runCommand, clock: createClock('2020-01-01T00:00:00Z') })
    await entered
    const first = await asked('j.heartbeatAt')
    const age = 'abs(duration.inSeconds(j.heartbeatAt, datetime()).seconds) < 5'
    expect(await asked(`[j.jobId, j.command, ${age}, j.startedAt.year]`)).toEqual(['mine', 'score', true, 2020n])
    await expect.poll(() => asked('j.heartbeatAt')).not.toEqual(first)
    end({ runId: 'run-1' })
    await logged('job finished')
    expect(await job('mine')).toMatchObject({ status: 'FINISHED', progress: 1, runId: 'run-1', error: null })
  })

  it('fails where it cannot be run, says why, and does not stop the daemon', async () => {
    const wrong: readonly (readonly [properties: string, message: string])[] = [
      ['projection: "molecules"', 'expected the command sync, score or evaluate, got none; set its property command'],
      ['command: "snyc"', "expected the command sync, score or evaluate, got 'snyc'; did you mean 'sync'?"],
      ['command: 42', 'expected command as STRING, got INTEGER 42; set sync, score or evaluate'],
      ['command: ["sync"]', 'expected command as STRING, got a LIST of something else; set sync, score or evaluate'],
      ['command: date("2026-01-01")', 'expected command as STRING, got a DATE; set sync, score or evaluate'],
      ['command: "sync", arguments: ["--dry-run"]', "expected --retrain or nothing after 'sync', got '--dry-run'"],
      [
        'command: "sync", arguments: "--retrain"',
        "expected arguments as LIST<STRING>, got '--retrain'; leave them out",
      ],
      ['command: "sync", arguments: [1, 2]', 'expected arguments as LIST<STRING>, got a LIST of something else'],
      ['command: "sync"', 'expected the name of a projection, got none'],
      ['command: "sync", projection: 1.5', 'expected projection as STRING, got FLOAT 1.5'],
      [
        'command: "sync", projection: "moleculs"',
        "expected a projection that 'smg sync' has been run with, got 'moleculs'; run 'smg sync' with its configuration once; did you mean 'molecules'?",
      ],
      ['command: "sync", projection: "molecules", config: true', 'expected config as STRING, got BOOLEAN true'],
      ['command: "sync", config: "{"', 'Cannot read the configuration stored with the job: expected JSON'],
      ['command: "sync", config: "{}"', 'Cannot read the configuration stored with the job: '],
      [
        'command: "sync", projection: "broken"',
        "Cannot read the configuration of projection 'broken': expected JSON, got none",
      ],
      [
        'command: "sync", projection: "others", config: $config',
        "expected projection 'molecules', of which its config is, got 'others'",
      ],
      [
        'jobId: 7, createdAt: "today", attempt: "x", command: point({x: 1, y: 2})',
        'expected command as STRING, got a POINT',
      ],
    ]
    await change("CREATE (:SmgProjection {name: 'broken', config: 42})")
    for (const [i, [properties]] of wrong.entries())
      await change(`CREATE (:SmgJob {status: 'PENDING', place: ${i}, ${properties}})`, { config })
    const { logged } = daemon({ runCommand: done })
    await ask("jobId: 'good'")
    await logged('job finished')
    const rows =
      'MATCH (j:SmgJob) WHERE j.place IS NOT NULL RETURN j.place, j.status, j.error, j.jobId IS :: STRING NOT NULL'
    const { rows: refused } = await database.query(`${rows} ORDER BY j.place`, {})
    expect(refused).toEqual(
      wrong.map(([, message], i) => [BigInt(i), 'FAILED', expect.stringContaining(message), true]),
    )
    for (const [, , error] of refused) expect(error).toMatch(/^Cannot (run the job|read the configuration)/)
  })

  it('is canceled while it waits, without having run', async () => {
    const { runCommand, entered, end, requests } = heldCommand()
    const { logged } = daemon({ runCommand })
    await ask("jobId: 'first'")
    await entered
    await ask("jobId: 'second'")
    expect(await cancelJob(database, 'second')).toBe('PENDING')
    await logged('job canceled')
    expect(await job('second')).toMatchObject({ status: 'CANCELED', error: 'canceled before it ran', startedAt: null })
    end()
    await logged('job finished')
    expect(requests).toHaveLength(1)
    await expect(cancelJob(database, 'second')).rejects.toThrow(ConfigError)
    await expect(cancelJob(database, 'second')).rejects.toThrow(/expected one that waits or runs, got CANCELED$/)
    await expect(cancelJob(database, 'third')).rejects.toThrow(/there is none of that id/)
  })
})

describe('two daemons', () => {
  it('run one firing once', async () => {
    const schedule = { name: 'nightly', cron: '0 2 * * *', timezone: 'UTC', missed: 'once', overlap: 'skip' } as const
    const work = { command: 'sync', arguments: [], projection: 'molecules', config }
    await addSchedule(database, { ...schedule, ...work }, new Date('2026-01-01T00:00:00Z'))
    const runs: string[] = []
    const runCommand: RunCommand = async ({ jobId }) => {
      runs.push(jobId)
      return {}
    }
    const clock = createClock('2026-01-01T02:00:00.500Z')
    const both = ['daemon-1', 'daemon-2'].map((daemonId) => daemon({ clock, daemonId, runCommand }))
    await Promise.race(both.map(({ logged }) => logged('job finished')))
    // Each has looked at least twice since.
    for (const time of ['02:00:03', '02:00:06']) await clock.moveTo(`2026-01-01T${time}Z`)
    await Promise.all(both.map((each) => each.stop()))
    expect(runs).toEqual(['nightly@2026-01-01T02:00:00.000Z'])
    const fired = both.flatMap(({ lines }) => lines).filter(({ message }) => message === 'schedule fired')
    expect(fired).toHaveLength(1)
    expect(await jobs()).toMatchObject([{ status: 'FINISHED', attempt: 1 }])
  })

  it('leave a job of a projection that is being worked on, and take another', async () => {
    await change("CREATE (:SmgProjection {name: 'others', config: $config})", {
      config: config.replace('"name":"molecules"', '"name":"others"'),
    })
    const { runCommand, entered, end } = heldCommand()
    const first = daemon({ runCommand })
    await ask("jobId: 'a', createdAt: datetime('2026-01-01')")
    await entered
    await ask("jobId: 'b', createdAt: datetime('2026-01-02')")
    await ask("jobId: 'c', projection: 'others', createdAt: datetime('2026-01-03')")
    const second = daemon({ runCommand: done, daemonId: 'daemon-2' })
    expect((await second.logged('job finished')).fields).toMatchObject({ jobId: 'c' })
    expect(await job('b')).toMatchObject({ status: 'PENDING', attempt: 1 })
    end()
    await first.logged('job finished')
    await expect.poll(async () => (await job('b'))?.status).not.toBe('PENDING')
  })

  it('take a job over from each other, and the one that slept cannot change it any more', async () => {
    const link = breakableLink(database)
    const zombie = heldCommand()
    const sleeping = daemon({ database: link.database, runCommand: zombie.runCommand })
    await ask("jobId: 'j'")
    const { signal } = await zombie.entered
    link.cut()
    const heir = heldCommand()
    const living = daemon({ runCommand: heir.runCommand, daemonId: 'daemon-2', lease: impatient })
    const { fields } = await living.logged('job taken over from a daemon that fell silent')
    expect(fields).toMatchObject({ jobId: 'j', attempt: 1, status: 'PENDING', silentDaemonId: 'daemon-1' })
    await heir.entered
    expect(heir.requests).toMatchObject([{ jobId: 'j', attempt: 2 }])
    expect(signal.aborted).toBe(false)
    link.mend()
    await sleeping.logged('job aborted: another daemon has taken it over, or its node is gone')
    expect(signal.aborted).toBe(true)
    expect(await job('j')).toMatchObject({ status: 'RUNNING', attempt: 2, daemonId: 'daemon-2' })
    heir.end({ runId: 'run-2' })
    await living.logged('job finished')
    expect(await job('j')).toMatchObject({ status: 'FINISHED', runId: 'run-2', daemonId: 'daemon-2' })
  })

  it('refuse the end that a daemon reports of a job that it has lost', async () => {
    const zombie = heldCommand()
    const sleeping = daemon({ runCommand: zombie.runCommand, lease: { ...lease, heartbeatMillis: 60_000 } })
    await ask("jobId: 'j'")
    await zombie.entered
    const heir = heldCommand()
    const living = daemon({ runCommand: heir.runCommand, daemonId: 'daemon-2', lease: impatient })
    await heir.entered
    zombie.end({ runId: 'of the zombie' })
    await sleeping.logged('job ended, but its node is gone or not ours')
    expect(await job('j')).toMatchObject({ status: 'RUNNING', attempt: 2, runId: null })
    heir.end()
    await living.logged('job finished')
  })
})

describe('a job whose daemon has died', () => {
  it('is tried three times, then fails and says why', async () => {
    await ask("jobId: 'j', attempt: 2")
    await change(
      `MATCH (j:SmgJob) SET j.status = 'RUNNING', j.daemonId = 'dead', j.heartbeatAt = datetime() - duration({minutes: 1})
       CREATE (s:SmgSchedule {name: 'nightly', lastStatus: 'RUNNING', paused: true}) CREATE (j)-[:FIRED_BY]->(s)`,
    )
    const { runCommand, entered } = heldCommand()
    const { logged } = daemon({ runCommand })
    await entered
    expect(await job('j')).toMatchObject({ status: 'RUNNING', attempt: 3 })
    await change("MATCH (j:SmgJob) SET j.daemonId = 'dead too', j.heartbeatAt = datetime() - duration({minutes: 1})")
    await logged('job taken over from a daemon that fell silent')
    await logged('job taken over from a daemon that fell silent')
    expect(await job('j')).toMatchObject({
      status: 'FAILED',
      attempt: 3,
      error: expect.stringMatching(/^Cannot finish the job: .* got none in each of 3 attempts; see the log/),
    })
    expect((await database.query('MATCH (s:SmgSchedule) RETURN s.lastStatus', {})).rows).toEqual([['FAILED']])
  })

  it('is canceled where that was asked for', async () => {
    await ask("jobId: 'j', attempt: 1, cancelRequested: true")
    await change("MATCH (j:SmgJob) SET j.status = 'RUNNING', j.daemonId = 'dead'")
    await daemon({ runCommand: done }).logged('job taken over from a daemon that fell silent')
    expect(await job('j')).toMatchObject({ status: 'CANCELED', error: expect.stringContaining('fallen silent') })
  })

  it('is left alone as long as its heartbeat goes on', async () => {
    await ask("jobId: 'j', attempt: 1")
    await change("MATCH (j:SmgJob) SET j.status = 'RUNNING', j.daemonId = 'alive', j.heartbeatAt = datetime()")
    const { logged, lines } = daemon({ runCommand: done })
    await ask("jobId: 'other', projection: 'molecules'")
    await logged('daemon started')
    await ask("jobId: 'wrong', command: 'none'")
    await logged('job refused')
    expect(lines.map(({ message }) => message)).toEqual(['daemon started', 'job refused'])
    expect(await job('j')).toMatchObject({ status: 'RUNNING', daemonId: 'alive' })
  })
})

describe('a daemon that is asked to stop', () => {
  it('lets the running job end within the grace, and takes no other', async () => {
    const { runCommand, entered, end, requests } = heldCommand()
    await ask("jobId: 'a', createdAt: datetime('2026-01-01')")
    await ask("jobId: 'b', createdAt: datetime('2026-01-02')")
    const { logged, stop } = daemon({
      runCommand,
      graceMillis: () => 60_000,
      clock: createClock('2026-01-01T00:00:00Z'),
    })
    await entered
    const stopped = stop()
    await logged('stopping: the running job may end first')
    end()
    await stopped
    expect(requests).toHaveLength(1)
    expect(await jobs()).toMatchObject([
      { jobId: 'b', status: 'PENDING' },
      { jobId: 'a', status: 'FINISHED' },
    ])
  })

  it('hands the job back when the grace is over', async () => {
    const { runCommand, entered } = heldCommand()
    const clock = createClock('2026-01-01T00:00:00Z')
    await ask("jobId: 'a'")
    const { logged, stop } = daemon({ runCommand, graceMillis: () => 10_000, clock })
    await entered
    const stopped = stop()
    await logged('stopping: the running job may end first')
    await clock.moveTo('2026-01-01T00:00:10Z')
    await stopped
    expect(await jobs()).toMatchObject([{ status: 'PENDING', attempt: 1, daemonId: null, phase: null }])
  })
})

describe('old jobs', () => {
  it('are deleted when they ended longer ago than they are kept', async () => {
    await change(
      `UNWIND [['old', 'FINISHED', duration('P40D')], ['older', 'FAILED', duration('P400D')],
         ['young', 'CANCELED', duration('P20D')], ['odd', 'FINISHED', null]] AS row
       CREATE (:SmgJob {jobId: row[0], status: row[1], finishedAt: datetime('2026-03-01') - row[2]})`,
    )
    await ask("jobId: 'waiting', projection: 'none', createdAt: datetime('2020-01-01')")
    const clock = createClock('2026-03-01T00:00:00Z')
    const { logged } = daemon({ runCommand: done, keepDays: 30, clock })
    expect((await logged('old jobs deleted')).fields).toMatchObject({ deleted: 2 })
    expect((await jobs()).map(({ jobId }) => jobId).sort()).toEqual(['odd', 'waiting', 'young'])
  })
})
