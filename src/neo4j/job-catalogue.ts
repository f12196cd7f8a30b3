/** The typed catalogue of schedules and jobs: the statements that daemon and command line run on them. */
import { z } from 'zod'
import { type Nothing, nothing } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema } from './values.ts'

const text = z.string()
// People may change these nodes by hand: a value of another type counts as missing, so that one node stops no daemon.
const optionalText = z.string().nullable().catch(null)
const optionalWords = z.array(z.string()).nullable().catch(null)
const jobIds = z.object({ jobId: text })

export const createJobConstraint = statement<Nothing, Nothing, Nothing>('create-job-constraint', 'auto', nothing)
export const createJobStatusIndex = statement<Nothing, Nothing, Nothing>('create-job-status-index', 'auto', nothing)
export const createScheduleConstraint = statement<Nothing, Nothing, Nothing>(
  'create-schedule-constraint',
  'auto',
  nothing,
)

export type JobStatus = 'PENDING' | 'RUNNING' | 'FINISHED' | 'CANCELED' | 'FAILED'

export const addSchedule = statement<
  Nothing,
  {
    readonly name: string
    readonly cron: string
    readonly timezone: string
    readonly command: string
    readonly arguments: readonly string[]
    /** JSON of the configuration that its jobs run with. */
    readonly config: string
    readonly createdAt: string
    readonly nextRunAt: string
  },
  { added: boolean }
>('add-schedule', 'write', z.object({ added: z.boolean() }))

export const listSchedules = statement<Nothing, Nothing, ScheduleRow>(
  'list-schedules',
  'read',
  z.object({
    name: text,
    cron: optionalText,
    timezone: optionalText,
    command: optionalText,
    arguments: optionalWords,
    nextRunAt: optionalText,
    lastRunAt: optionalText,
    lastStatus: optionalText,
  }),
)
/** A schedule as people read it; what a hand-made node lacks is `null`. Times are ISO 8601. */
export interface ScheduleRow {
  readonly name: string
  readonly cron: string | null
  readonly timezone: string | null
  readonly command: string | null
  readonly arguments: readonly string[] | null
  readonly nextRunAt: string | null
  readonly lastRunAt: string | null
  /** Status of the job that ran last. */
  readonly lastStatus: string | null
}

export const removeSchedule = statement<
  Nothing,
  { readonly name: string; readonly removedAt: string; readonly error: string },
  { name: string }
>('remove-schedule', 'write', z.object({ name: text }))

export const watchSchedules = statement<Nothing, Nothing, WatchedSchedule>(
  'watch-schedules',
  'read',
  z.object({
    name: text,
    cron: optionalText,
    timezone: optionalText,
    nextRunAtMillis: countSchema.nullable(),
    busy: z.boolean(),
  }),
)
/** A schedule as the daemon watches it. */
export interface WatchedSchedule {
  readonly name: string
  readonly cron: string | null
  readonly timezone: string | null
  /** Milliseconds since 1970; `null` where it never fires again. */
  readonly nextRunAtMillis: number | null
  /** Its last job still waits or runs. */
  readonly busy: boolean
}

export const fireSchedule = statement<
  Nothing,
  {
    readonly name: string
    readonly firedAt: string
    readonly jobId: string
    readonly createdAt: string
    readonly nextRunAt: string | null
  },
  { jobId: string }
>('fire-schedule', 'write', jobIds)

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
