/** The typed catalogue of jobs: the statements that daemon and command line run on them. */
import { z } from 'zod'
import { type Nothing, nothing } from './catalogue.ts'
import { statement } from './statement.ts'

const text = z.string()
// People may change these nodes by hand: a value of another type counts as missing, so that one node stops no daemon.
const optionalText = z.string().nullable().catch(null)
const optionalWords = z.array(z.string()).nullable().catch(null)
const jobIds = z.object({ jobId: text })

export const createJobConstraint = statement<Nothing, Nothing, Nothing>('create-job-constraint', 'auto', nothing)
export const createJobStatusIndex = statement<Nothing, Nothing, Nothing>('create-job-status-index', 'auto', nothing)
export type JobStatus = 'PENDING' | 'RUNNING' | 'FINISHED' | 'CANCELED' | 'FAILED'

export const pendingJobs = statement<Nothing, Nothing, PendingJob>(
  'pending-jobs',
  'read',
  z.object({ jobId: text, command: optionalText, arguments: optionalWords, config: optionalText }),
)
/** A job that waits; what a hand-made node lacks is `null`. */
export interface PendingJob {
  readonly jobId: string
  readonly command: string | null
  readonly arguments: readonly string[] | null
  readonly config: string | null
}

export const startJob = statement<
  Nothing,
  { readonly jobId: string; readonly daemonId: string; readonly startedAt: string },
  { jobId: string }
>('start-job', 'write', jobIds)

export const reportJobPhase = statement<
  Nothing,
  { readonly jobId: string; readonly daemonId: string; readonly phase: string },
  Nothing
>('report-job-phase', 'write', nothing)

export const finishJob = statement<
  Nothing,
  {
    readonly jobId: string
    readonly daemonId: string
    readonly status: 'FINISHED' | 'FAILED' | 'CANCELED'
    readonly finishedAt: string
    readonly error: string | null
    readonly runId: string | null
  },
  { jobId: string }
>('finish-job', 'write', jobIds)

export const failAbandonedJobs = statement<
  Nothing,
  { readonly daemonId: string; readonly finishedAt: string; readonly error: string },
  { jobId: string }
>('fail-abandoned-jobs', 'write', jobIds)

export const listJobs = statement<Nothing, { readonly limit: bigint }, JobRow>(
  'list-jobs',
  'read',
  z.object({
    jobId: optionalText,
    schedule: optionalText,
    command: optionalText,
    arguments: optionalWords,
    status: optionalText,
    phase: optionalText,
    firedAt: optionalText,
    createdAt: optionalText,
    startedAt: optionalText,
    finishedAt: optionalText,
    runId: optionalText,
    error: optionalText,
  }),
)
/** A job as people read it. Times are ISO 8601; `firedAt` is the time the schedule meant. */
export interface JobRow {
  readonly jobId: string | null
  readonly schedule: string | null
  readonly command: string | null
  readonly arguments: readonly string[] | null
  readonly status: string | null
  readonly phase: string | null
  readonly firedAt: string | null
  readonly createdAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly runId: string | null
  readonly error: string | null
}
