/** What a daemon writes about a job that it has taken. All of it is fenced: once another daemon has taken the job over, it changes nothing. */
import { messageOf, SmgError } from '../errors.ts'
import { type Fence, finishJob, handBackJob } from '../neo4j/job-catalogue.ts'
import { type Bell, createBell, type Timers } from './bell.ts'
import type { DaemonLog } from './daemon-log.ts'
import type { JobSummary } from './job-request.ts'
import type { JobDatabase } from './schedules.ts'

export type JobOutcome =
  | { readonly status: 'FINISHED'; readonly summary: JobSummary }
  | { readonly status: 'FAILED' | 'CANCELED'; readonly error: unknown }
  /** The daemon was asked to stop, and leaves the job to the next. */
  | { readonly status: 'PENDING' }
  /** Another daemon has it now. */
  | { readonly status: 'LOST' }

export interface RecordContext {
  readonly database: JobDatabase
  readonly now: () => Date
  readonly timers: Timers
  /** Asks the daemon to stop. */
  readonly signal: AbortSignal
  readonly log: DaemonLog
}

const retryMillis = 2_000

/** Records how a job ended, and tries again while the database is away. */
export async function recordOutcome(fence: Fence, outcome: JobOutcome, context: RecordContext): Promise<void> {
  const { database, now, timers, signal, log } = context
  const { jobId } = fence
  const { status } = outcome
  if (status === 'LOST') {
    log.warn({ jobId }, 'job aborted: another daemon has taken it over, or its node is gone')
    return
  }
  const bell = createBell(timers)
  const stop = () => bell.ring()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const ending = { ...fence, finishedAt: now().toISOString() }
    const write = () =>
      status === 'PENDING'
        ? database.run(handBackJob, {}, fence)
        : database.run(finishJob, {}, { ...ending, ...endingOf(outcome) })
    const rows = await untilReached<readonly unknown[]>(write, bell, context)
    if (rows.length === 0) log.warn({ jobId, status }, 'job ended, but its node is gone or not ours')
    else if (outcome.status === 'FINISHED') log.info({ jobId, runId: outcome.summary.runId ?? null }, 'job finished')
    else if (outcome.status === 'CANCELED') log.info({ jobId }, 'job canceled')
    else if (outcome.status === 'PENDING') log.info({ jobId }, 'job handed back')
    else log.error({ jobId, err: outcome.error }, 'job failed')
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function endingOf(outcome: Exclude<JobOutcome, { readonly status: 'PENDING' | 'LOST' }>) {
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
