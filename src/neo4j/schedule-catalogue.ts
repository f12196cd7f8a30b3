/** The typed catalogue of schedules: the statements that daemon and command line run on them. */
import { z } from 'zod'
import { type Nothing, nothing } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema } from './values.ts'

const text = z.string()
// People may change these nodes by hand: a value of another type counts as missing, so that one node stops no daemon.
const optionalText = text.nullable().catch(null)
const optionalWords = z.array(text).nullable().catch(null)
const named = z.object({ name: text })

export const createScheduleConstraint = statement<Nothing, Nothing, Nothing>(
  'create-schedule-constraint',
  'auto',
  nothing,
)

export const addSchedule = statement<
  Nothing,
  {
    readonly name: string
    readonly cron: string
    readonly timezone: string
    readonly missed: string
    readonly overlap: string
    readonly command: string
    readonly arguments: readonly string[]
    readonly projection: string
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
    missed: optionalText,
    overlap: optionalText,
    paused: z.boolean(),
    command: optionalText,
    arguments: optionalWords,
    projection: optionalText,
    nextRunAt: optionalText,
    lastRunAt: optionalText,
    lastStatus: optionalText,
    skippedFirings: countSchema.nullable().catch(null),
    lastSkippedAt: optionalText,
  }),
)
/** A schedule as people read it; what a hand-made node lacks is `null`. Times are ISO 8601. */
export interface ScheduleRow {
  readonly name: string
  readonly cron: string | null
  readonly timezone: string | null
  readonly missed: string | null
  readonly overlap: string | null
  readonly paused: boolean
  readonly command: string | null
  readonly arguments: readonly string[] | null
  readonly projection: string | null
  readonly nextRunAt: string | null
  readonly lastRunAt: string | null
  /** Status of the job that ran last. */
  readonly lastStatus: string | null
  readonly skippedFirings: number | null
  /** The time of the firing that was skipped last. */
  readonly lastSkippedAt: string | null
}

export const showSchedule = statement<
  Nothing,
  { readonly name: string },
  { properties: Readonly<Record<string, unknown>> }
>('show-schedule', 'read', z.object({ properties: z.record(text, z.unknown()) }))

export const removeSchedule = statement<
  Nothing,
  { readonly name: string; readonly removedAt: string; readonly error: string },
  { name: string }
>('remove-schedule', 'write', named)

export const pauseSchedule = statement<Nothing, { readonly name: string }, { name: string }>(
  'pause-schedule',
  'write',
  named,
)

export const resumeSchedule = statement<
  Nothing,
  { readonly name: string; readonly nextRunAt: string | null },
  { name: string; resumed: boolean }
>('resume-schedule', 'write', z.object({ name: text, resumed: z.boolean() }))

export const runSchedule = statement<
  Nothing,
  { readonly name: string; readonly jobId: string; readonly createdAt: string },
  { jobId: string }
>('run-schedule', 'write', z.object({ jobId: text }))

export const watchSchedules = statement<Nothing, Nothing, WatchedSchedule>(
  'watch-schedules',
  'read',
  z.object({
    name: text,
    cron: optionalText,
    timezone: optionalText,
    missed: optionalText,
    overlap: optionalText,
    paused: z.boolean(),
    nextRunAtMillis: countSchema.nullable(),
    busy: z.boolean(),
  }),
)
/** A schedule as the daemon watches it. */
export interface WatchedSchedule {
  readonly name: string
  readonly cron: string | null
  readonly timezone: string | null
  readonly missed: string | null
  readonly overlap: string | null
  readonly paused: boolean
  /** Milliseconds since 1970; `null` where there is none. */
  readonly nextRunAtMillis: number | null
  /** Its last job still waits or runs. */
  readonly busy: boolean
}

export const fireSchedule = statement<
  Nothing,
  {
    readonly name: string
    readonly dueAt: bigint | null
    readonly paused: boolean
    readonly made: readonly { readonly jobId: string; readonly firedAt: string }[]
    readonly createdAt: string
    readonly skipped: bigint
    readonly lastSkippedAt: string | null
    readonly nextRunAt: string | null
  },
  { name: string }
>('fire-schedule', 'write', named)
