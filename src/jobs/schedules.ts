/** Schedules in the database: added, shown, paused, run out of turn, removed; and the constraints that keep names and jobs unique. */
import { didYouMean } from '../config/nearest.ts'
import { ConfigError } from '../errors.ts'
import type { Database } from '../neo4j/database.ts'
import { createJobConstraint, createJobStatusIndex } from '../neo4j/job-catalogue.ts'
import {
  addSchedule as addScheduleStatement,
  createScheduleConstraint,
  listSchedules,
  pauseSchedule as pauseScheduleStatement,
  removeSchedule as removeScheduleStatement,
  resumeSchedule as resumeScheduleStatement,
  runSchedule as runScheduleStatement,
  showSchedule,
} from '../neo4j/schedule-catalogue.ts'
import { nextFirings } from './cron.ts'
import type { Missed, Overlap } from './firing-plan.ts'

/** What statements are run on. */
export type JobDatabase = Pick<Database, 'run' | 'name'>

export interface NewSchedule {
  readonly name: string
  readonly cron: string
  /** IANA name, such as Europe/Berlin. */
  readonly timezone: string
  readonly missed: Missed
  readonly overlap: Overlap
  readonly command: string
  readonly arguments: readonly string[]
  /** Name of the projection that `config` describes. */
  readonly projection: string
  /** Text made by `jobConfigText`. */
  readonly config: string
}

/** Creates the constraints and the index of jobs and schedules where they are missing. */
export async function prepareJobCatalog(database: JobDatabase): Promise<void> {
  await database.run(createScheduleConstraint, {}, {})
  await database.run(createJobConstraint, {}, {})
  await database.run(createJobStatusIndex, {}, {})
}

/**
 * Stores a schedule and gives the time of its first firing.
 * @throws ConfigError for a bad name, cron expression or time zone, an expression that never fires, and a taken name.
 */
export async function addSchedule(database: JobDatabase, schedule: NewSchedule, now: Date): Promise<Date> {
  const { name, cron, timezone } = schedule
  if (!/^[^\p{Cc}]{1,100}$/u.test(name) || name.trim() !== name)
    throw new ConfigError(
      `Cannot add the schedule ${JSON.stringify(name)}: expected a name of 1 to 100 characters, without control characters and spaces at its ends`,
    )
  const [nextRunAt] = nextFirings(cron, timezone, now, 1)
  if (nextRunAt === undefined)
    throw new ConfigError(
      `Cannot add the schedule '${name}': the cron expression '${cron}' never fires; no date has its day and month`,
    )
  await prepareJobCatalog(database)
  const [row] = await database.run(
    addScheduleStatement,
    {},
    { ...schedule, createdAt: now.toISOString(), nextRunAt: nextRunAt.toISOString() },
  )
  if (row?.added !== true)
    throw new ConfigError(
      `Cannot add the schedule '${name}': there is one of that name; choose another, or remove it first with 'smg schedules remove'`,
    )
  return nextRunAt
}

/** All properties of a schedule, as the driver gives them. @throws ConfigError where there is none of that name. */
export async function findSchedule(database: JobDatabase, name: string): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await database.run(showSchedule, {}, { name })
  return (row ?? (await throwUnknown(database, 'show', name))).properties
}

/** What comes due until it is resumed is not made up for. @throws ConfigError where there is none of that name. */
export async function pauseSchedule(database: JobDatabase, name: string): Promise<void> {
  const paused = await database.run(pauseScheduleStatement, {}, { name })
  if (paused.length === 0) await throwUnknown(database, 'pause', name)
}

/**
 * Lets a schedule that was paused fire again, and gives the time of its next firing; one that was not stays as it is.
 * @throws ConfigError where there is none of that name, and for a rule that was spoiled by hand.
 */
export async function resumeSchedule(database: JobDatabase, name: string, now: Date): Promise<string | null> {
  const rule = (await database.run(listSchedules, {}, {})).find((row) => row.name === name)
  if (rule === undefined) return throwUnknown(database, 'resume', name)
  if (!rule.paused) return rule.nextRunAt
  const [next] = nextFirings(rule.cron ?? '', rule.timezone ?? '', now, 1)
  const nextRunAt = next?.toISOString() ?? null
  await database.run(resumeScheduleStatement, {}, { name, nextRunAt })
  return nextRunAt
}

/** Makes a job of the schedule, whether it is paused or not. @throws ConfigError where there is none of that name. */
export async function runSchedule(
  database: JobDatabase,
  { name, jobId, now }: { readonly name: string; readonly jobId: string; readonly now: Date },
): Promise<void> {
  const made = await database.run(runScheduleStatement, {}, { name, jobId, createdAt: now.toISOString() })
  if (made.length === 0) await throwUnknown(database, 'run', name)
}

/** Removes a schedule. @throws ConfigError where there is none of that name. */
export async function removeSchedule(database: JobDatabase, name: string, now: Date): Promise<void> {
  const params = { name, removedAt: now.toISOString(), error: 'its schedule was removed before it ran' }
  const removed = await database.run(removeScheduleStatement, {}, params)
  if (removed.length === 0) await throwUnknown(database, 'remove', name)
}

async function throwUnknown(database: JobDatabase, verb: string, name: string): Promise<never> {
  const names = (await database.run(listSchedules, {}, {})).map((row) => row.name)
  throw new ConfigError(
    `Cannot ${verb} the schedule '${name}': there is none of that name; 'smg schedules list' shows them${didYouMean(name, names)}`,
  )
}
