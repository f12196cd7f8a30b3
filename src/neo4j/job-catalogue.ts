/** The typed catalogue of jobs: the statements that daemon and command line run on them. */
import { z } from 'zod'
import type { PropertyValue } from '../config/property-value.ts'
import { type Nothing, nothing } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema, propertyValueSchema } from './values.ts'

const text = z.string()
// People make and change these nodes by hand: a value of another type counts as missing, so that one node stops no daemon.
const optionalText = text.nullable().catch(null)
const optionalWords = z.array(text).nullable().catch(null)
const optionalNumber = z.number().nullable().catch(null)
const optionalCount = countSchema.nullable().catch(null)
const jobIds = z.object({ jobId: text })

export const createJobConstraint = statement<Nothing, Nothing, Nothing>('create-job-constraint', 'auto', nothing)
export const createJobStatusIndex = statement<Nothing, Nothing, Nothing>('create-job-status-index', 'auto', nothing)

/** `id` is the database's own, 64 hexadecimal digits. */
export const identifyDatabase = statement<Nothing, Nothing, { id: string }>(
  'identify-database',
  'read',
  z.object({ id: text }),
)

export type JobStatus = 'PENDING' | 'RUNNING' | 'FINISHED' | 'CANCELED' | 'FAILED'

const askedFor = {
  jobId: text,
  command: propertyValueSchema,
  arguments: propertyValueSchema,
  projection: propertyValueSchema,
  config: propertyValueSchema,
}
/** What a job asks for, as its node says it: by hand, it may say anything. */
export interface AskedFor {
  readonly jobId: string
  readonly command: PropertyValue
  readonly arguments: PropertyValue
  readonly projection: PropertyValue
  readonly config: PropertyValue
}
export const unreadJobs = statement<Nothing, { readonly limit: bigint }, AskedFor>(
  'unread-jobs',
  'write',
  z.object(askedFor),
)

export const acceptJob = statement<
  Nothing,
  {
    readonly jobId: string
    readonly arguments: readonly string[]
    readonly projection: string
    readonly config: string
  },
  Nothing
>('accept-job', 'write', nothing)

export const refuseJob = statement<
  Nothing,
  { readonly jobId: string; readonly finishedAt: string; readonly error: string },
  { jobId: string }
>('refuse-job', 'write', jobIds)

export const findProjection = statement<Nothing, { readonly name: string }, FoundProjection>(
  'find-projection',
  'read',
  z.object({ found: z.boolean(), config: optionalText, names: z.array(text) }),
)
export interface FoundProjection {
  readonly found: boolean
  readonly config: string | null
  /** Of all projections. */
  readonly names: readonly string[]
}

/** A waiting job that was read. */
export interface ClaimableJob extends AskedFor {
  readonly attempt: number
}
export const claimableJobs = statement<Nothing, { readonly limit: bigint }, ClaimableJob>(
  'claimable-jobs',
  'read',
  z.object({ ...askedFor, attempt: countSchema }),
)

/** Whose job it is: what a daemon writes about a job counts only as long as both are so. */
export type Fence = { readonly jobId: string; readonly daemonId: string; readonly attempt: bigint }

export const startJob = statement<Nothing, Fence & { readonly startedAt: string }, { jobId: string }>(
  'start-job',
  'write',
  jobIds,
)

export const reportJob = statement<
  Nothing,
  Fence & { readonly phase: string | null; readonly progress: number; readonly etaSeconds: bigint | null },
  { cancelRequested: boolean }
>('report-job', 'write', z.object({ cancelRequested: z.boolean() }))

export const finishJob = statement<
  Nothing,
  Fence & {
    readonly status: 'FINISHED' | 'FAILED' | 'CANCELED'
    readonly finishedAt: string
    readonly error: string | null
    readonly runId: string | null
  },
  { jobId: string }
>('finish-job', 'write', jobIds)

export const handBackJob = statement<Nothing, Fence, { jobId: string }>('hand-back-job', 'write', jobIds)

export const cancelWaitingJobs = statement<
  Nothing,
  { readonly finishedAt: string; readonly error: string },
  { jobId: string | null; command: string | null }
>('cancel-waiting-jobs', 'write', z.object({ jobId: optionalText, command: optionalText }))

export const takeOverJobs = statement<
  Nothing,
  {
    readonly lapseSeconds: number
    readonly heldJobId: string | null
    readonly daemonId: string
    readonly mostAttempts: bigint
    readonly error: string
    readonly canceled: string
  },
  LapsedJob
>(
  'take-over-jobs',
  'write',
  z.object({
    jobId: optionalText,
    command: optionalText,
    status: z.enum(['PENDING', 'FAILED', 'CANCELED']),
    attempt: countSchema,
    daemonId: optionalText,
  }),
)
/** A job whose daemon has fallen silent. */
export interface LapsedJob {
  readonly jobId: string | null
  readonly command: string | null
  /** What became of it. */
  readonly status: 'PENDING' | 'FAILED' | 'CANCELED'
  /** The attempt that is over. */
  readonly attempt: number
  readonly daemonId: string | null
}

export const countJobs = statement<Nothing, Nothing, JobCounts>(
  'count-jobs',
  'read',
  z.object({ waiting: countSchema, running: countSchema }),
)
export interface JobCounts {
  readonly waiting: number
  readonly running: number
}

export const deleteOldJobs = statement<Nothing, { readonly before: string }, { deleted: number }>(
  'delete-old-jobs',
  'auto',
  z.object({ deleted: countSchema }),
)

export const lastRunTimes = statement<Nothing, { readonly projection: string }, RunTimes>(
  'last-run-times',
  'read',
  z.object({
    readMillis: optionalCount,
    trainMillis: optionalCount,
    computeMillis: optionalCount,
    writeMillis: optionalCount,
    lastTrainMillis: optionalCount,
  }),
)
/** Of the last finished run of a projection; `null` where there is none. */
export interface RunTimes {
  readonly readMillis: number | null
  /** 0 where it did not train. */
  readonly trainMillis: number | null
  readonly computeMillis: number | null
  readonly writeMillis: number | null
  /** Of the last run that trained. */
  readonly lastTrainMillis: number | null
}

export const listJobs = statement<Nothing, { readonly status: string | null; readonly limit: bigint }, JobRow>(
  'list-jobs',
  'read',
  z.object({
    jobId: optionalText,
    schedule: optionalText,
    command: optionalText,
    arguments: optionalWords,
    projection: optionalText,
    status: optionalText,
    phase: optionalText,
    progress: optionalNumber,
    etaSeconds: optionalCount,
    attempt: optionalCount,
    firedAt: optionalText,
    createdAt: optionalText,
    startedAt: optionalText,
    finishedAt: optionalText,
    heartbeatAt: optionalText,
    daemonId: optionalText,
    runId: optionalText,
    error: optionalText,
    cancelRequested: z.boolean(),
  }),
)
/** A job as people read it. Times are ISO 8601; `firedAt` is the time the schedule meant. */
export interface JobRow {
  readonly jobId: string | null
  readonly schedule: string | null
  readonly command: string | null
  readonly arguments: readonly string[] | null
  readonly projection: string | null
  readonly status: string | null
  readonly phase: string | null
  readonly progress: number | null
  readonly etaSeconds: number | null
  readonly attempt: number | null
  readonly firedAt: string | null
  readonly createdAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly heartbeatAt: string | null
  readonly daemonId: string | null
  readonly runId: string | null
  readonly error: string | null
  readonly cancelRequested: boolean
}

export const showJob = statement<
  Nothing,
  { readonly jobId: string },
  { properties: Readonly<Record<string, unknown>>; schedule: string | null }
>('show-job', 'read', z.object({ properties: z.record(text, z.unknown()), schedule: optionalText }))

export const requestCancel = statement<Nothing, { readonly jobId: string }, { status: string | null }>(
  'request-cancel',
  'write',
  z.object({ status: optionalText }),
)
