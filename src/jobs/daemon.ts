/**
 * The daemon: fires the schedules of one database and runs jobs, one at a time, until it is asked to stop. Several daemons may
 * serve a database: whatever they do is decided by the database, in one transaction each.
 *
 * Its rules:
 * - Schedules and jobs are read anew every two seconds. What becomes of firings that were missed or overlap is for the schedule
 *   to say (firing-plan.ts); a firing makes one job, whose id is made of schedule and time, however often it is tried.
 * - A job that fails is marked so, with the reason, and the daemon goes on; while the database is away, it keeps trying.
 * - A job that runs has a heartbeat. When that stops, any daemon lets the job wait for another attempt; what the silent one
 *   writes about it then counts no more.
 * - Stopping lets the running job end within the grace, then aborts it and leaves it, as those that wait, to the next daemon.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { SmgError } from '../errors.ts'
import { type ClaimableJob, countJobs } from '../neo4j/job-catalogue.ts'
import { adoptJobs } from './adopt-jobs.ts'
import { createBell, type Timers } from './bell.ts'
import type { DaemonLog } from './daemon-log.ts'
import { type DaemonMonitor, silentMonitor } from './daemon-monitor.ts'
import { fireDue } from './firing.ts'
import { recordOutcome } from './job-record.ts'
import type { RunCommand } from './job-request.ts'
import { createJobRunner, type JobRunner } from './job-runner.ts'
import { type JobDatabase, prepareJobCatalog } from './schedules.ts'
import { cancelWaiting, claimJob, deleteOld, takeOver, type WaitingContext } from './waiting-jobs.ts'

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
  /** Asked when it stops: how long the running job may go on. Default: not at all */
  readonly graceMillis?: (() => number) | undefined
  /** After which ended jobs are deleted. Default: 90 */
  readonly keepDays?: number | undefined
  readonly lease?: Lease | undefined
  readonly monitor?: DaemonMonitor | undefined
}

/** By real time, as the server keeps it. */
export interface Lease {
  readonly heartbeatMillis: number
  /** Of silence, after which a job is taken over. */
  readonly lapseSeconds: number
}

const lookEveryMillis = 2_000
const longestPauseMillis = 30_000
/** A look that the database answers has ended by then; a stop waits no longer for one that it does not. */
const lookEndsMillis = 1_000
const deleteEveryMillis = 3_600_000
const defaultKeepDays = 90
const defaultLease: Lease = { heartbeatMillis: 2_000, lapseSeconds: 30 }

/**
 * Resolves when the daemon has stopped after `signal`, its last job recorded.
 * @throws SmgError when the database cannot be used at the start; later failures of the database are waited out.
 */
export async function runDaemon(options: DaemonOptions): Promise<void> {
  const { database, daemonId, timers, signal, log, monitor = silentMonitor } = options
  await prepareJobCatalog(database)
  log.info({ daemonId, database: database.name }, 'daemon started')

  const bell = createBell(timers)
  const runner = createJobRunner({
    ...options,
    heartbeatMillis: (options.lease ?? defaultLease).heartbeatMillis,
    onEnd: (end) => {
      monitor.jobEnded(end)
      bell.ring()
    },
  })
  monitor.started(runner.running)
  const look = createLook(options, runner)
  let leaveLook = (): void => {}
  const stop = () => {
    bell.ring()
    leaveLook()
  }
  signal.addEventListener('abort', stop, { once: true })
  let failures = 0
  let looking: Promise<unknown> = Promise.resolve()
  try {
    while (!signal.aborted) {
      try {
        // A look may be waiting for a database that is away; a stop does not wait for it.
        const pause = await new Promise<number | null>((resolve, reject) => {
          leaveLook = () => resolve(null)
          looking = look().then(resolve, reject)
        })
        if (pause === null) break
        if (failures > 0) log.info({ failures }, 'database answers again')
        failures = 0
        await bell.wait(pause)
      } catch (err) {
        monitor.lookFailed()
        if (!(err instanceof SmgError)) throw err
        failures += 1
        const pause = Math.min(longestPauseMillis, lookEveryMillis * 2 ** (failures - 1))
        log.warn({ err, retryMillis: pause }, 'cannot read schedules and jobs; trying again')
        await bell.wait(pause)
      }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    await settle(runner, options)
    await Promise.race([looking, delay(lookEndsMillis, undefined, { ref: false })])
    log.info({ daemonId }, 'daemon stopped')
  }
}

/** Lets the running job end within the grace, and hands it back after. */
async function settle(runner: JobRunner, { graceMillis = () => 0, timers, log }: DaemonOptions): Promise<void> {
  const running = runner.running()
  const grace = graceMillis()
  if (running !== null && grace > 0) {
    log.info({ jobId: running.jobId, graceMillis: grace }, 'stopping: the running job may end first')
    const bell = createBell(timers)
    await Promise.race([runner.settled(), bell.wait(grace)])
    bell.ring()
  }
  runner.abort()
  await runner.settled()
}

function handBack({ jobId, attempt }: ClaimableJob, options: DaemonOptions): Promise<void> {
  return recordOutcome({ jobId, daemonId: options.daemonId, attempt: BigInt(attempt) }, { status: 'PENDING' }, options)
}

/** One look does all that is due and takes a job if none runs; it gives the milliseconds until the next look. */
function createLook(options: DaemonOptions, runner: JobRunner): () => Promise<number> {
  const { database, now, signal, log, monitor = silentMonitor, keepDays = defaultKeepDays } = options
  const { lapseSeconds } = options.lease ?? defaultLease
  const waiting: WaitingContext = { ...options, onEnded: monitor.jobSettled }
  let deletedAt = Number.NEGATIVE_INFINITY
  return async () => {
    const untilFiring = await fireDue({ database, now, log, onFired: monitor.fired })
    await adoptJobs({ database, now, log, onRefused: (command) => monitor.jobSettled(command, 'FAILED') })
    await cancelWaiting(waiting)
    await takeOver(waiting, { lapseSeconds, heldJobId: runner.running()?.jobId ?? null })
    if (now().getTime() - deletedAt >= deleteEveryMillis) {
      await deleteOld(waiting, keepDays)
      deletedAt = now().getTime()
    }
    if (runner.running() === null && !signal.aborted) {
      const job = await claimJob(waiting)
      // Asked to stop meanwhile: the job is for another daemon.
      if (job !== null && signal.aborted) await handBack(job, options)
      else if (job !== null) runner.start(job)
    }
    const [counts] = await database.run(countJobs, {}, {})
    if (counts !== undefined) monitor.looked(now(), counts)
    return Math.min(lookEveryMillis, untilFiring)
  }
}
