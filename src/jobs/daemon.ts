/**
 * The daemon: fires the schedules of one database and runs their jobs, one at a time, until it is asked to stop.
 *
 * Its rules:
 * - Schedules are read anew every two seconds, so that one added or removed meanwhile counts.
 * - A firing makes one job, whose id is made of schedule and time, however often it is tried.
 * - What becomes of firings that were missed, or come due while the schedule's last job waits or runs, is for the schedule to
 *   say (see firing-plan.ts).
 * - A job that fails is marked so, with the reason, and the daemon goes on; while the database is away, it keeps trying.
 * - Stopping cancels the running job and leaves those that wait to the next daemon. What a dead daemon left running is
 *   marked failed by the next: only one daemon may serve a database.
 */
import { SmgError } from '../errors.ts'
import { failAbandonedJobs, type PendingJob, pendingJobs } from '../neo4j/job-catalogue.ts'
import { createBell, type Timers } from './bell.ts'
import type { DaemonLog } from './daemon-log.ts'
import { createEngine, type Engine } from './engine.ts'
import { fireDue } from './firing.ts'
import { createJobRecord } from './job-record.ts'
import { type RunCommand, readRequest } from './job-request.ts'
import { type JobDatabase, prepareJobCatalog } from './schedules.ts'

export interface DaemonOptions {
  /** Open; whoever opened it closes it. */
  readonly database: JobDatabase
  /** Unique to this run of the daemon. */
  readonly daemonId: string
  readonly runCommand: RunCommand
  readonly now: () => Date
  readonly timers: Timers
  /** Asks the daemon to stop. */
  readonly signal: AbortSignal
  readonly log: DaemonLog
}

const lookEveryMillis = 2_000
const longestPauseMillis = 30_000

/**
 * Resolves when the daemon has stopped after `signal`, its last job recorded.
 * @throws SmgError when the database cannot be used at the start; later failures of the database are waited out.
 */
export async function runDaemon(options: DaemonOptions): Promise<void> {
  const { database, daemonId, timers, signal, log } = options
  await prepareJobCatalog(database)
  await failAbandoned(options)
  log.info({ daemonId, database: database.name }, 'daemon started')

  const halt = new AbortController()
  const engine = createEngine(halt.signal)
  const bell = createBell(timers)
  let leaveLook = (): void => {}
  const stop = () => {
    halt.abort()
    bell.ring()
    leaveLook()
  }
  signal.addEventListener('abort', stop, { once: true })
  let failures = 0
  try {
    while (!signal.aborted) {
      try {
        // A look may be waiting for a database that is away; a stop does not wait for it.
        const pause = await new Promise<number | null>((resolve, reject) => {
          leaveLook = () => resolve(null)
          look({ ...options, signal: halt.signal }, engine, bell.ring).then(resolve, reject)
        })
        if (pause === null) break
        if (failures > 0) log.info({ failures }, 'database answers again')
        failures = 0
        await bell.wait(pause)
      } catch (err) {
        if (!(err instanceof SmgError)) throw err
        failures += 1
        const pause = Math.min(longestPauseMillis, lookEveryMillis * 2 ** (failures - 1))
        log.warn({ err, retryMillis: pause }, 'cannot read schedules; trying again')
        await bell.wait(pause)
      }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    halt.abort()
    await engine.settled()
    log.info({ daemonId }, 'daemon stopped')
  }
}

async function failAbandoned({ database, daemonId, now, log }: DaemonOptions): Promise<void> {
  const ending = { daemonId, finishedAt: now().toISOString(), error: 'the daemon stopped while it ran' }
  for (const { jobId } of await database.run(failAbandonedJobs, {}, ending))
    log.warn({ jobId }, 'job of a dead daemon marked failed')
}

/** Fires what is due and hands waiting jobs to the engine; gives the milliseconds until the next look. */
async function look(options: DaemonOptions, engine: Engine, onJobEnd: () => void): Promise<number> {
  const { database, now, log } = options
  const pause = Math.min(lookEveryMillis, await fireDue({ database, now, log, onFired: () => undefined }))
  for (const job of await database.run(pendingJobs, {}, {}))
    if (!engine.holds(job.jobId)) submit(job, options, engine, onJobEnd)
  return pause
}

function submit(job: PendingJob, options: DaemonOptions, engine: Engine, onJobEnd: () => void): void {
  const { log, runCommand } = options
  const { jobId } = job
  const record = createJobRecord(jobId, options)
  const work = engine.submit({
    jobId,
    command: job.command ?? '',
    claim: async () => {
      const claimed = await record.claim()
      if (claimed) log.info({ jobId, command: job.command }, 'job started')
      return claimed
    },
    run: async (signal) =>
      runCommand(readRequest(job), {
        signal,
        onPhase: record.phase,
        onNotice: (sentence) => log.info({ jobId }, sentence),
      }),
    record: record.finish,
  })
  work.then(onJobEnd, (err: unknown) => log.error({ jobId, err }, 'job not recorded'))
}
