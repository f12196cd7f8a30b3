/** `smg jobs` and `smg schedules` on a real database, in this process; the daemon beside them is one of the tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { cancelJob } from '../../src/jobs/job-control.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { heldCommand, quickClock, type RunningDaemon, startDaemon } from './support/daemon.ts'
import { testServer } from './support/server.ts'
import { smallSettings } from './support/small-projection.ts'

let database: Database
let folder: string
const daemons: RunningDaemon[] = []
const removeAll = () => database.execute('MATCH (n:SmgJob|SmgSchedule) DETACH DELETE n', {})

beforeAll(async () => {
  database = await openDatabase(testServer())
  folder = await mkdtemp(join(tmpdir(), 'smg-jobs-'))
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models')))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(removeAll)
afterEach(async () => {
  await Promise.all(daemons.splice(0).map((daemon) => daemon.stop()))
  await removeAll()
})

/** One command line, and what it prints. */
async function smg(...words: string[]) {
  const printed = { stdout: '', stderr: '' }
  const out = vi.spyOn(console, 'log').mockImplementation((text) => {
    printed.stdout += `${text}\n`
  })
  const err = vi.spyOn(console, 'error').mockImplementation((text) => {
    printed.stderr += `${text}\n`
  })
  const usage = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  const { uri, username, password, database: name } = testServer()
  const connection = [
    '-a',
    uri,
    '-u',
    username,
    '-p',
    password,
    '-d',
    name,
    '--config',
    join(folder, 'smg.config.yaml'),
  ]
  try {
    return { code: await main([...words.slice(0, 2), ...connection, ...words.slice(2)]), ...printed }
  } finally {
    out.mockRestore()
    err.mockRestore()
    usage.mockRestore()
    process.exitCode = undefined
  }
}

async function json(...words: string[]) {
  const { code, stdout, stderr } = await smg(...words.slice(0, 2), '--json', ...words.slice(2))
  expect({ words, code, stderr }).toEqual({ words, code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('smg schedules', () => {
  it('keeps the settings of a rule, pauses, resumes, runs and shows it', async () => {
    const rule = ['--cron', '0 2 * * *', '--timezone', 'Europe/Berlin', '--missed', 'all', '--overlap', 'queue']
    const added = await json('schedules', 'add', 'nightly', ...rule, '--', 'score')
    const settings = { missed: 'all', overlap: 'queue', command: 'score', arguments: [], projection: 'molecules' }
    expect(added).toMatchObject({ name: 'nightly', cron: '0 2 * * *', timezone: 'Europe/Berlin', ...settings })
    expect(await json('schedules', 'pause', 'nightly')).toEqual({ name: 'nightly', paused: true })
    expect(await json('schedules', 'list')).toMatchObject([
      { paused: true, nextRunAt: null, skippedFirings: 0, ...settings },
    ])
    const resumed = await json('schedules', 'resume', 'nightly')
    expect(resumed).toEqual({ name: 'nightly', paused: false, nextRunAt: added.nextRunAt })
    const { jobId } = await json('schedules', 'run', 'nightly')
    expect(await json('jobs', 'list', '--status', 'PENDING')).toMatchObject([
      { jobId, schedule: 'nightly', command: 'score' },
    ])
    expect(await json('jobs', 'list', '--status', 'FAILED')).toEqual([])
    expect(await json('schedules', 'show', 'nightly')).toMatchObject({
      ...settings,
      config: expect.stringContaining('{'),
    })
  })

  it('says what is wrong with a command or a setting before it needs a database', async () => {
    expect(await smg('schedules', 'add', 'n', '--cron', '@daily', '--', 'snyc')).toMatchObject({
      code: 2,
      stderr:
        "Cannot add the schedule 'n': expected the command sync, score or evaluate, got 'snyc'; did you mean 'sync'?\n",
    })
    expect((await smg('schedules', 'add', 'n', '--cron', '@daily', '--missed', 'some', '--', 'sync')).code).toBe(2)
  })
})

describe('smg jobs', () => {
  const ask = (properties: string) => database.execute(`CREATE (:SmgJob {jobId: 'j', ${properties}})`, {})

  it('shows all properties of a job, and says where there is none', async () => {
    await ask("status: 'FAILED', error: 'no graphs', place: [1, 2], finishedAt: datetime('2026-01-01')")
    expect(await json('jobs', 'show', 'j')).toEqual({
      ...{ jobId: 'j', status: 'FAILED', error: 'no graphs', place: [1, 2], schedule: null },
      finishedAt: '2026-01-01T00:00:00Z',
    })
    const shown = await smg('jobs', 'show', 'j')
    expect(shown.stdout).toMatch(/^error: no graphs\nfinishedAt: /)
    const unknown = await smg('jobs', 'show', 'k')
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Cannot show the job 'k': there is none/) })
  })

  it.each([
    ['FINISHED', 0],
    ['FAILED', 1],
    ['CANCELED', 130],
  ])('watch ends with the exit code of a job that is %s: %i', async (status, code) => {
    await ask(`status: '${status}'`)
    expect(await smg('jobs', 'watch', 'j')).toMatchObject({ code, stdout: `The job j is ${status}\n` })
  })

  it('watch shows how a job goes until it is canceled, which it can be once', async () => {
    const { runCommand, entered } = heldCommand()
    const config = JSON.stringify(smallSettings('/srv/models'))
    await database.execute("CREATE (:SmgJob {jobId: 'j', status: 'PENDING', command: 'sync', config: $config})", {
      config,
    })
    const watching = smg('jobs', 'watch', 'j')
    const lease = { heartbeatMillis: 40, lapseSeconds: 30 }
    daemons.push(startDaemon({ database, clock: quickClock, lease, runCommand }))
    const { onProgress } = await entered
    onProgress('train', 3, 10)
    await expect
      .poll(async () => (await database.query('MATCH (j:SmgJob) RETURN j.phase', {})).rows)
      .toEqual([['train']])
    await cancelJob(database, 'j')
    expect(await watching).toMatchObject({
      code: 130,
      stdout: 'The job j is CANCELED: canceled: Interrupted while training\n',
      stderr: expect.stringMatching(/^((The job j waits for a daemon; |Pending: |Running: |Training: ).*\n)+$/),
    })
    const again = await smg('jobs', 'cancel', 'j')
    expect(again).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected one that waits or runs, got CANCELED'),
    })
  })
})
