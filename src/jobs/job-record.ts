/** The record of a job in the database: taken, in a phase, ended. */
import { messageOf, SmgError } from '../errors.ts'
import { finishJob, reportJobPhase, startJob } from '../neo4j/job-catalogue.ts'
import { type Bell, createBell, type Timers } from './bell.ts'
import type { DaemonLog } from './daemon-log.ts'
import type { JobOutcome } from './engine.ts'
import type { JobDatabase } from './schedules.ts'

export interface RecordContext {
  readonly database: JobDatabase
  readonly daemonId: string
  readonly now: () => Date
  readonly timers: Timers
  readonly signal: AbortSignal
  readonly log: DaemonLog
}

export interface JobRecord {
  /** Marks the job RUNNING; `false` if it no longer waits. */
  readonly claim: () => Promise<boolean>
  /** Notes a new phase, after those noted before; one that cannot be written is logged and left out. */
  readonly phase: (phase: string) => void
  /** Marks the job's end, and tries again while the database is away. */
  readonly finish: (outcome: JobOutcome) => Promise<void>
}

const retryMillis = 2_000

export function createJobRecord(jobId: string, context: RecordContext): JobRecord {
  const { database, daemonId, now, timers, signal, log } = context
  let phases = Promise.resolve()
  let lastPhase: string | undefined
  return {
    claim: async () => {
      const rows = await database.run(startJob, {}, { jobId, daemonId, startedAt: now().toISOString() })
      return rows.length > 0
    },
    phase: (phase) => {
      if (phase === lastPhase) return
      lastPhase = phase
      phases = phases.then(async () => {
        try {
          await database.run(reportJobPhase, {}, { jobId, daemonId, phase })
        } catch (err) {
          log.warn({ jobId, phase, err }, 'phase not recorded')
        }
      })
    },
    finish: async (outcome) => {
      await phases
      const ending = { jobId, daemonId, finishedAt: now().toISOString(), ...endingOf(outcome) }
      const bell = createBell(timers)
      const stop = () => bell.ring()
      signal.addEventListener('abort', stop, { once: true })
      try {
        const rows = await untilReached(() => database.run(finishJob, {}, ending), bell, context)
        if (rows.length === 0) log.warn({ jobId, status: ending.status }, 'job ended, but its node is gone or not ours')
        else if (outcome.status === 'FINISHED') log.info({ jobId, runId: ending.runId }, 'job finished')
        else if (outcome.status === 'CANCELED') log.info({ jobId }, 'job canceled')
        else log.error({ jobId, err: outcome.error }, 'job failed')
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
  }
}

function endingOf(outcome: JobOutcome) {
  const { status } = outcome
  if (status === 'FINISHED') return { status, runId: outcome.summary.runId ?? null, error: null }
  if (status === 'CANCELED') return { status, runId: null, error: `canceled: ${messageOf(outcome.error)}` }
  return { status, runId: null, error: messageOf(outcome.error) }
}

/** Runs `work` until the database answers, or once more after the daemon was asked to stop. */
async function untilReached<T>(work: () => Promise<T>, bell: Bell, { signal, log }: RecordContext): Promise<T> {
  for (;;) {
    const last = signal.aborted
    try {
      return await work()
    } catch (err) {
      if (last || !(err instanceof SmgError)) throw err
      log.warn({ err }, "job's end not recorded; trying again")
      await bell.wait(retryMillis)
    }
  }
}
