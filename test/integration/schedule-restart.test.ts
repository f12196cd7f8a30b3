/** A schedule through a crash of the daemon and of the database: it fires again, and catches up as set. */
import { expect, it } from 'vitest'
import { jobConfigText } from '../../src/jobs/job-config.ts'
import { addSchedule } from '../../src/jobs/schedules.ts'
import { installLocalNeo4j } from '../../src/local-neo4j/install.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { withPrivateServer } from './support/private-server.ts'
import { type RunningSmg, startSmg } from './support/run-smg.ts'
import { testedNeo4jVersion } from './support/server.ts'
import { createSmallGraphs, smallConfig } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()

const newJobs = async (database: Database, known: ReadonlySet<string>) => {
  const { rows } = await database.query(
    `MATCH (j:SmgJob)-[:FIRED_BY]->(s:SmgSchedule)
     RETURN s.name, j.jobId, toString(j.firedAt), j.status ORDER BY j.firedAt`,
    {},
  )
  return rows.filter(([, jobId]) => !known.has(String(jobId)))
}

it('fires again after daemon and database were killed, and makes up for what it missed as it says', async () => {
  await withPrivateServer(await installLocalNeo4j({ neo4jVersion: testedNeo4jVersion }), [], async (server) => {
    const database = await openDatabase(server)
    await createSmallGraphs(database)
    const config = jobConfigText(smallConfig(place.folder), place.folder)
    const rule = {
      timezone: 'UTC',
      overlap: 'queue',
      command: 'sync',
      arguments: [],
      projection: 'molecules',
      config,
    } as const
    const now = new Date()
    await addSchedule(
      database,
      { ...rule, name: 'each second', cron: '* * * * * *', missed: 'skip', overlap: 'skip' },
      now,
    )
    for (const missed of ['skip', 'once', 'all'] as const)
      await addSchedule(database, { ...rule, name: missed, cron: '0 0 1 1 *', missed }, now)
    const { uri: NEO4J_URI, password: NEO4J_PASSWORD } = server
    const serve = () => startSmg(['serve', '--no-http'], { cwd: place.folder, env: { NEO4J_URI, NEO4J_PASSWORD } })
    const first: RunningSmg = serve()
    const fired = async (known: ReadonlySet<string>) =>
      (await newJobs(database, known)).filter(([name, , , status]) => name === 'each second' && status === 'FINISHED')
    await expect.poll(() => fired(new Set())).not.toEqual([])
    first.child.kill('SIGKILL')
    await first.ended
    const known = new Set((await newJobs(database, new Set())).map(([, jobId]) => String(jobId)))
    // As if nobody had been there for three New Years.
    await database.execute(
      "MATCH (s:SmgSchedule) WHERE s.name <> 'each second' SET s.nextRunAt = datetime({year: date().year - 2})",
      {},
    )
    await server.end('SIGKILL')
    await server.start()

    const second = serve()
    await expect.poll(() => fired(known)).not.toEqual([])
    const jobs = await newJobs(database, known)
    const ofRule = (name: string) => jobs.flatMap(([rule, , firedAt]) => (rule === name ? [String(firedAt)] : []))
    const year = new Date().getUTCFullYear()
    const newYears = [year - 2, year - 1, year].map((each) => `${each}-01-01T00:00:00Z`)
    expect(ofRule('all')).toEqual(newYears)
    expect(ofRule('once')).toEqual(newYears.slice(-1))
    expect(ofRule('skip')).toEqual([])
    expect(new Set(jobs.map(([, jobId]) => jobId)).size).toBe(jobs.length)
    second.child.kill('SIGTERM')
    expect(await second.ended).toMatchObject({ code: 0 })
    await database.close()
  })
}, 240_000)
