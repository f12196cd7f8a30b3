import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { ConfigError, DatabaseError } from '../../src/errors.ts'
import { fire } from '../../src/jobs/firing.ts'
import { jobConfigText } from '../../src/jobs/job-config.ts'
import type { RunCommand } from '../../src/jobs/job-request.ts'
import {
  addSchedule,
  type NewSchedule,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  runSchedule,
} from '../../src/jobs/schedules.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { listJobs } from '../../src/neo4j/job-catalogue.ts'
import { listSchedules, watchSchedules } from '../../src/neo4j/schedule-catalogue.ts'
import { breakableLink } from './support/breakable-link.ts'
import { createClock, heldCommand, type RunningDaemon, startDaemon } from './support/daemon.ts'
import { testServer } from './support/server.ts'

const config = configSchema.parse({
  neo4j: { uri: 'bolt://db.example:7687', username: 'ada', password: 'secret' },
  projection: {
    name: 'cases',
    graphLabel: 'Case',
    graphKey: 'caseId',
    nodeLabels: ['Account'],
    nodeKey: 'accountId',
    membershipType: 'MEMBER_OF',
    relationshipTypes: ['PAID'],
  },
  targetProperty: 'suspicious',
})
const start = '2026-01-01T00:00:00.000Z'
const done: RunCommand = async () => ({})

let database: Database
const daemons: RunningDaemon[] = []

beforeAll(async () => {
  database = await openDatabase(testServer())
})
afterAll(() => database.close())
const removeAll = () => database.execute('MATCH (n:SmgJob|SmgSchedule) DETACH DELETE n', {})
beforeEach(removeAll)
afterEach(async () => {
  await Promise.all(daemons.splice(0).map((daemon) => daemon.stop()))
  await removeAll()
})

function add(name: string, cron = '* * * * *', now = start, rule: Partial<NewSchedule> = {}): Promise<Date> {
  const schedule: NewSchedule = {
    name,
    cron,
    timezone: 'UTC',
    missed: 'once',
    overlap: 'skip',
    command: 'sync',
    arguments: [],
    projection: 'cases',
    config: jobConfigText(config, '/srv'),
    ...rule,
  }
  return addSchedule(database, schedule, new Date(now))
}

function daemon(options: Parameters<typeof startDaemon>[0]): RunningDaemon {
  const started = startDaemon(options)
  daemons.push(started)
  return started
}

const jobs = () => database.run(listJobs, {}, { status: null, limit: 100n })
const statuses = async () => (await jobs()).map((job) => [job.jobId, job.status]).reverse()

/** The first job runs as `held` says, all others end at once. */
function firstHeld(held: RunCommand): RunCommand {
  let calls = 0
  return (request, control) => {
    calls += 1
    return calls === 1 ? held(request, control) : done(request, control)
  }
}

describe('addSchedule()', () => {
  it('stores the rule, the next firing, and all that a job needs, without credentials', async () => {
    expect(await add('nightly', '0 2 * * *')).toEqual(new Date('2026-01-01T02:00:00Z'))
    const { rows } = await database.query('MATCH (s:SmgSchedule) RETURN properties(s) AS s, s.config AS config', {})
    expect(rows[0]?.[0]).toMatchObject({
      name: 'nightly',
      cron: '0 2 * * *',
      timezone: 'UTC',
      command: 'sync',
      arguments: [],
    })
    expect(rows[0]?.[1]).toContain('"modelDirectory":"/srv/.smg/models"')
    expect(rows[0]?.[1]).not.toMatch(/secret|ada|db\.example/)
  })

  it('refuses a name that is taken, and leaves that schedule as it is', async () => {
    await add('nightly', '0 2 * * *')
    await expect(add('nightly', '0 5 * * *', '2026-01-02T00:00:00Z')).rejects.toThrow(ConfigError)
    expect(await database.run(listSchedules, {}, {})).toMatchObject([{ name: 'nightly', cron: '0 2 * * *' }])
  })

  it.each([
    ['', '0 2 * * *', /"": expected a name of 1 to 100 characters/],
    ['two\nlines', '0 2 * * *', /"two\\nlines"/],
    ['nightly', '0 0 30 2 *', /never fires/],
    ['nightly', '0 25 * * *', /hour: 25/],
  ])('refuses the name %j with the rule %j, and stores nothing', async (name, cron, message) => {
    await expect(add(name, cron)).rejects.toThrow(ConfigError)
    await expect(add(name, cron)).rejects.toThrow(message)
    expect(await database.run(listSchedules, {}, {})).toEqual([])
  })

  it('takes names with quotes, backticks, emoji and Cypher in them', async () => {
    const names = ["it's", '`) DETACH DELETE (n', '🌙 nightly', '$name']
    for (const name of names) await add(name)
    expect((await database.run(listSchedules, {}, {})).map((row) => row.name).sort()).toEqual(names.sort())
  })
})

describe('removeSchedule()', () => {
  it('refuses a name that no schedule has', async () => {
    await expect(removeSchedule(database, 'nightly', new Date(start))).rejects.toThrow(ConfigError)
  })

  it('cancels the job that waits and keeps the history', async () => {
    await add('nightly')
    const [watched] = await database.run(watchSchedules, {}, {})
    if (watched === undefined) throw new Error('expected a schedule')
    await fire(database, watched, new Date('2026-01-01T00:01:00Z'))
    await removeSchedule(database, 'nightly', new Date('2026-01-01T00:01:30Z'))
    expect(await database.run(listSchedules, {}, {})).toEqual([])
    expect(await jobs()).toMatchObject([
      { jobId: 'nightly@2026-01-01T00:01:00.000Z', status: 'CANCELED', error: expect.stringContaining('removed') },
    ])
  })
})

describe('pauseSchedule() and resumeSchedule()', () => {
  it('let nothing fire in between, and make up for nothing', async () => {
    await add('minutely')
    await pauseSchedule(database, 'minutely')
    expect(await database.run(listSchedules, {}, {})).toMatchObject([{ paused: true, nextRunAt: null }])
    const resumedAt = new Date('2026-01-01T08:00:30Z')
    expect(await resumeSchedule(database, 'minutely', resumedAt)).toBe('2026-01-01T08:01:00.000Z')
    const rows = await database.run(listSchedules, {}, {})
    expect(rows).toMatchObject([{ paused: false, nextRunAt: '2026-01-01T08:01:00Z', skippedFirings: 0 }])
    expect(await jobs()).toEqual([])
  })

  it('may be done in Cypher alone, where a daemon looks', async () => {
    await add('minutely')
    await database.execute('MATCH (s:SmgSchedule) SET s.paused = true', {})
    const clock = createClock('2026-01-01T00:30:00Z')
    daemon({ database, clock, runCommand: done })
    const nextRunAt = async () => (await database.run(listSchedules, {}, {}))[0]?.nextRunAt
    await expect.poll(nextRunAt).toBeNull()
    await database.execute('MATCH (s:SmgSchedule) SET s.paused = false', {})
    await clock.moveTo('2026-01-01T00:40:30Z')
    await expect.poll(nextRunAt).toBe('2026-01-01T00:41:00Z')
    expect(await jobs()).toEqual([])
  })

  it('name the nearest where there is no such schedule', async () => {
    await add('nightly')
    const refusing = [
      () => pauseSchedule(database, 'nigthly'),
      () => resumeSchedule(database, 'nigthly', new Date(start)),
      () => runSchedule(database, { name: 'nigthly', jobId: 'j', now: new Date(start) }),
    ]
    for (const refused of refusing)
      await expect(refused()).rejects.toThrow(/^Cannot \w+ the schedule 'nigthly': .*; did you mean 'nightly'\?/)
  })
})

describe('runSchedule()', () => {
  it('makes a job beside the firings, of a paused schedule too', async () => {
    await add('nightly', '0 2 * * *')
    await pauseSchedule(database, 'nightly')
    await runSchedule(database, { name: 'nightly', jobId: 'now', now: new Date(start) })
    const { logged } = daemon({ database, clock: createClock(start), runCommand: done })
    await logged('job finished')
    expect(await jobs()).toMatchObject([{ jobId: 'now', schedule: 'nightly', firedAt: null, status: 'FINISHED' }])
  })
})

describe('fire()', () => {
  it('makes one job of one firing, however many try at once', async () => {
    await add('nightly')
    const [watched] = await database.run(watchSchedules, {}, {})
    if (watched === undefined) throw new Error('expected a schedule')
    const now = new Date('2026-01-01T00:01:00Z')
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => fire(database, watched, now)))
    expect(outcomes.filter((plan) => plan !== null)).toHaveLength(1)
    expect(await fire(database, watched, now)).toBeNull()
    expect(await statuses()).toEqual([['nightly@2026-01-01T00:01:00.000Z', 'PENDING']])
    const { rows } = await database.query('MATCH (:SmgJob)-[r:FIRED_BY]->(:SmgSchedule) RETURN count(r)', {})
    expect(rows).toEqual([[1n]])
  })
})

describe('runDaemon()', () => {
  it('fires a schedule at its time and records the job from start to finish', async () => {
    await add('nightly', '0 2 * * *')
    const clock = createClock(start)
    const requests: unknown[] = []
    const { logged } = daemon({
      database,
      clock,
      runCommand: async (request) => {
        requests.push(request)
        return { runId: 'run-1' }
      },
    })
    await clock.moveTo('2026-01-01T01:59:59.999Z')
    await clock.moveTo('2026-01-01T02:00:00.500Z')
    await logged('job finished')
    expect(await jobs()).toEqual([
      {
        jobId: 'nightly@2026-01-01T02:00:00.000Z',
        schedule: 'nightly',
        command: 'sync',
        arguments: [],
        projection: 'cases',
        status: 'FINISHED',
        phase: null,
        progress: 1,
        etaSeconds: null,
        attempt: 1,
        daemonId: 'daemon-1',
        heartbeatAt: expect.any(String),
        cancelRequested: false,
        firedAt: '2026-01-01T02:00:00Z',
        createdAt: '2026-01-01T02:00:00.5Z',
        startedAt: '2026-01-01T02:00:00.5Z',
        finishedAt: '2026-01-01T02:00:00.5Z',
        runId: 'run-1',
        error: null,
      },
    ])
    expect(await database.run(listSchedules, {}, {})).toMatchObject([
      { nextRunAt: '2026-01-02T02:00:00Z', lastRunAt: '2026-01-01T02:00:00.5Z', lastStatus: 'FINISHED' },
    ])
    expect(requests).toEqual([
      {
        jobId: 'nightly@2026-01-01T02:00:00.000Z',
        attempt: 1,
        command: 'sync',
        arguments: [],
        config: {
          ...config,
          neo4j: { database: 'neo4j', retrySeconds: 60 },
          modelDirectory: '/srv/.smg/models',
          evaluation: { ...config.evaluation, directory: '/srv/.smg/evaluations' },
        },
      },
    ])
  })

  it('records the error of a job that fails, and goes on', async () => {
    await add('minutely')
    const clock = createClock(start)
    let calls = 0
    const { logged } = daemon({
      database,
      clock,
      runCommand: async () => {
        calls += 1
        if (calls === 1) throw new ConfigError("Cannot find the label 'Case': the nearest is 'Cases'")
        return {}
      },
    })
    await clock.moveTo('2026-01-01T00:01:00Z')
    await logged('job failed')
    expect(await jobs()).toMatchObject([
      { status: 'FAILED', error: "Cannot find the label 'Case': the nearest is 'Cases'" },
    ])
    expect(await database.run(listSchedules, {}, {})).toMatchObject([{ lastStatus: 'FAILED' }])
    await clock.moveTo('2026-01-01T00:02:00Z')
    await logged('job finished')
    expect(await statuses()).toEqual([
      ['minutely@2026-01-01T00:01:00.000Z', 'FAILED'],
      ['minutely@2026-01-01T00:02:00.000Z', 'FINISHED'],
    ])
  })

  it('runs one job at a time, in the order in which they came due', async () => {
    await add('b-at-1', '1 0 * * *')
    await add('a-at-2', '2 0 * * *')
    const clock = createClock(start)
    const events: string[] = []
    const { logged } = daemon({
      database,
      clock,
      runCommand: async ({ jobId }) => {
        events.push(`start ${jobId}`)
        await database.query('RETURN 1', {})
        events.push(`end ${jobId}`)
        return {}
      },
    })
    await clock.moveTo('2026-01-01T00:05:00Z')
    await logged('job finished')
    await logged('job finished')
    const [first, second] = ['b-at-1@2026-01-01T00:01:00.000Z', 'a-at-2@2026-01-01T00:02:00.000Z']
    expect(events).toEqual([`start ${first}`, `end ${first}`, `start ${second}`, `end ${second}`])
  })

  it('skips, counts and logs what comes due while the last job runs', async () => {
    await add('minutely')
    const clock = createClock(start)
    const { runCommand, entered, end } = heldCommand()
    const { logged } = daemon({ database, clock, runCommand: firstHeld(runCommand) })
    await clock.moveTo('2026-01-01T00:01:00Z')
    await entered
    await clock.moveTo('2026-01-01T00:04:30Z')
    expect((await logged('firings skipped: the last job waits or runs')).fields).toMatchObject({ skipped: 3 })
    end()
    await logged('job finished')
    await clock.moveTo('2026-01-01T00:05:00Z')
    await logged('job finished')
    expect(await statuses()).toEqual([
      ['minutely@2026-01-01T00:01:00.000Z', 'FINISHED'],
      ['minutely@2026-01-01T00:05:00.000Z', 'FINISHED'],
    ])
    expect(await database.run(listSchedules, {}, {})).toMatchObject([
      { skippedFirings: 3, lastSkippedAt: '2026-01-01T00:04:00Z' },
    ])
  })

  it('lets what comes due while the last job runs wait, with overlap queue', async () => {
    await add('minutely', '* * * * *', start, { overlap: 'queue' })
    const clock = createClock(start)
    const { runCommand, entered, end } = heldCommand()
    const { logged } = daemon({ database, clock, runCommand: firstHeld(runCommand) })
    await clock.moveTo('2026-01-01T00:01:00Z')
    await entered
    await clock.moveTo('2026-01-01T00:02:00Z')
    await logged('schedule fired')
    await logged('schedule fired')
    expect((await statuses()).map(([, status]) => status)).toEqual(['RUNNING', 'PENDING'])
    end()
    await logged('job finished')
    await logged('job finished')
  })

  it('makes up with one job, for the latest, for all firings that came due while no daemon ran', async () => {
    await add('minutely')
    const { logged } = daemon({ database, clock: createClock('2026-01-01T01:00:30Z'), runCommand: done })
    await logged('job finished')
    expect(await statuses()).toEqual([['minutely@2026-01-01T01:00:00.000Z', 'FINISHED']])
    expect(await database.run(listSchedules, {}, {})).toMatchObject([
      { nextRunAt: '2026-01-01T01:01:00Z', skippedFirings: 59, lastSkippedAt: '2026-01-01T00:59:00Z' },
    ])
  })

  it('heeds schedules added and removed while it runs', async () => {
    const clock = createClock(start)
    const { logged, lines } = daemon({ database, clock, runCommand: done })
    await logged('daemon started')
    await add('first')
    await clock.moveTo('2026-01-01T00:01:00Z')
    await logged('job finished')
    await removeSchedule(database, 'first', clock.now())
    await add('second', '3 0 * * *')
    await clock.moveTo('2026-01-01T00:03:00Z')
    await logged('job finished')
    expect(await statuses()).toEqual([
      ['first@2026-01-01T00:01:00.000Z', 'FINISHED'],
      ['second@2026-01-01T00:03:00.000Z', 'FINISHED'],
    ])
    expect(lines.filter((line) => line.level !== 'info')).toEqual([])
  })

  it('hands the running job back when it stops, and leaves waiting ones to the next daemon', async () => {
    await add('a-minutely')
    await add('b-minutely')
    const clock = createClock(start)
    const { runCommand, entered } = heldCommand()
    const stopped = daemon({ database, clock, runCommand })
    await clock.moveTo('2026-01-01T00:01:00Z')
    await entered
    await stopped.stop()
    expect(await jobs()).toMatchObject([
      { schedule: 'b-minutely', status: 'PENDING', startedAt: null },
      { schedule: 'a-minutely', status: 'PENDING', attempt: 1, daemonId: null, heartbeatAt: null },
    ])
    const { logged } = daemon({ database, clock, runCommand: done, daemonId: 'daemon-2' })
    expect((await logged('job finished')).fields).toMatchObject({ jobId: 'a-minutely@2026-01-01T00:01:00.000Z' })
    expect((await logged('job finished')).fields).toMatchObject({ jobId: 'b-minutely@2026-01-01T00:01:00.000Z' })
    expect(await jobs()).toMatchObject([
      { status: 'FINISHED', attempt: 1, daemonId: 'daemon-2' },
      { status: 'FINISHED', attempt: 1, daemonId: 'daemon-2' },
    ])
  })

  it('does not run a waiting job that was canceled in Cypher', async () => {
    await add('a-minutely')
    await add('b-minutely')
    const clock = createClock(start)
    const { runCommand, entered, end } = heldCommand()
    const { logged, stop, lines } = daemon({ database, clock, runCommand })
    await clock.moveTo('2026-01-01T00:01:00Z')
    await entered
    await database.execute('MATCH (j:SmgJob {status: "PENDING"}) SET j.status = "CANCELED"', {})
    end()
    await logged('job finished')
    await stop()
    expect(lines.filter((line) => line.message === 'job started')).toHaveLength(1)
  })

  it('waits for a database that is away, and then fires and records what is due', async () => {
    await add('minutely')
    const clock = createClock(start)
    const link = breakableLink(database)
    const { runCommand, entered, end } = heldCommand()
    const { logged } = daemon({ database: link.database, clock, runCommand })
    await logged('daemon started')
    link.cut()
    await clock.moveTo('2026-01-01T00:01:00Z')
    await logged('cannot read schedules and jobs; trying again')
    link.mend()
    await clock.moveTo('2026-01-01T00:01:10Z')
    await logged('database answers again')
    await entered
    link.cut()
    end()
    await logged("job's end not recorded; trying again")
    expect(await jobs()).toMatchObject([{ status: 'RUNNING' }])
    link.mend()
    await clock.moveTo('2026-01-01T00:01:50Z')
    await logged('job finished')
    expect(await jobs()).toMatchObject([{ status: 'FINISHED', finishedAt: '2026-01-01T00:01:10Z' }])
  })

  it('stops a schedule whose rule was spoiled by hand, and says so', async () => {
    await add('minutely')
    await database.execute("MATCH (s:SmgSchedule) SET s.cron = 'whenever'", {})
    const clock = createClock(start)
    const { logged } = daemon({ database, clock, runCommand: done })
    await clock.moveTo('2026-01-01T00:01:00Z')
    const { level, fields } = await logged('schedule stopped: it has no next firing')
    expect({ level, ...fields }).toMatchObject({ level: 'error', schedule: 'minutely', reason: /'whenever'/ })
    await logged('job finished')
    expect(await database.run(listSchedules, {}, {})).toMatchObject([{ nextRunAt: null }])
  })

  it('fails a job whose stored configuration was spoiled by hand, saying what to do', async () => {
    await add('minutely')
    await database.execute('MATCH (s:SmgSchedule) SET s.config = 42', {})
    const clock = createClock(start)
    const { logged } = daemon({ database, clock, runCommand: done })
    await clock.moveTo('2026-01-01T00:01:00Z')
    await logged('job refused')
    expect(await jobs()).toMatchObject([{ status: 'FAILED', error: expect.stringContaining('add it again') }])
  })

  it('ends at once where the database cannot be used at the start', async () => {
    const link = breakableLink(database)
    link.cut()
    await expect(
      startDaemon({ database: link.database, clock: createClock(start), runCommand: done }).stop(),
    ).rejects.toThrow(DatabaseError)
  })
})
