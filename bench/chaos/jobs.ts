/** Jobs as a Cypher client asks for them and sees them, through all failures of the server. */
import { setTimeout as delay } from 'node:timers/promises'
import { SmgError } from '../../src/errors.ts'
import type { Database } from '../../src/neo4j/database.ts'
import { type CrashSite, withDatabase } from '../crash/rounds.ts'

type Site = Pick<CrashSite, 'connection'>

export interface JobRow {
  readonly jobId: string
  readonly command: string
  readonly schedule: string | null
  readonly status: string
  readonly attempt: number
  readonly error: string | null
  /** Of the job of a schedule: from the time that the rule meant until the job was there. */
  readonly latenessMillis: number | null
}

const pauseMillis = 300

/** Runs `work` until the server answers. */
export async function untilAnswered<T>(site: Site, work: (database: Database) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await withDatabase(site, work)
    } catch (thrown) {
      if (!(thrown instanceof SmgError)) throw thrown
      await delay(pauseMillis)
    }
  }
}

export async function askForSync(
  site: Site,
  { jobId, config, retrain }: { readonly jobId: string; readonly config: string; readonly retrain: boolean },
): Promise<void> {
  await untilAnswered(site, (database) =>
    database.execute(
      "MERGE (j:SmgJob {jobId: $jobId}) ON CREATE SET j += {command: 'sync', arguments: $words, config: $config, status: 'PENDING'}",
      { jobId, config, words: retrain ? ['--retrain'] : [] },
    ),
  )
}

export async function jobsNow(site: Site): Promise<JobRow[]> {
  const { rows } = await untilAnswered(site, (database) =>
    database.query(
      `MATCH (j:SmgJob)
       RETURN j.jobId, j.command, [(j)-[:FIRED_BY]->(s:SmgSchedule) | s.name][0], j.status, coalesce(j.attempt, 0), j.error,
         j.createdAt.epochMillis - j.firedAt.epochMillis
       ORDER BY j.createdAt`,
      {},
    ),
  )
  return rows.map(([jobId, command, schedule, status, attempt, error, lateness]) => ({
    jobId: String(jobId),
    command: String(command),
    schedule: schedule === null ? null : String(schedule),
    status: String(status),
    attempt: Number(attempt),
    error: error === null ? null : String(error),
    latenessMillis: lateness === null ? null : Number(lateness),
  }))
}

const ended = new Set(['FINISHED', 'FAILED', 'CANCELED'])

/** The jobs when all that `isAwaited` have ended; those that have not after `millis` are as they are. */
export async function whenEnded(
  site: Site,
  isAwaited: (job: JobRow) => boolean,
  millis: number,
): Promise<readonly JobRow[]> {
  const deadline = performance.now() + millis
  for (;;) {
    const jobs = (await jobsNow(site)).filter(isAwaited)
    if (jobs.every(({ status }) => ended.has(status)) || performance.now() > deadline) return jobs
    await delay(pauseMillis)
  }
}
