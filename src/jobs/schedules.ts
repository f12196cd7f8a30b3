/** Schedules in the database: add, remove, and the constraints that keep their names and their jobs unique. */
import { ConfigError } from '../errors.ts'
import type { Database } from '../neo4j/database.ts'
import {
  addSchedule as addScheduleStatement,
  createJobConstraint,
  createJobStatusIndex,
  createScheduleConstraint,
  removeSchedule as removeScheduleStatement,
} from '../neo4j/job-catalogue.ts'
import { nextFirings } from './cron.ts'

/** What statements are run on. */
export type JobDatabase = Pick<Database, 'run' | 'name'>

export interface NewSchedule {
  readonly name: string
  readonly cron: string
  /** IANA name, such as Europe/Berlin. */
  readonly timezone: string
  readonly command: string
  readonly arguments: readonly string[]
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

/** Removes a schedule. @throws ConfigError where there is none of that name. */
export async function removeSchedule(database: JobDatabase, name: string, now: Date): Promise<void> {
  const params = { name, removedAt: now.toISOString(), error: 'its schedule was removed before it ran' }
  const removed = await database.run(removeScheduleStatement, {}, params)
  if (removed.length === 0)
    throw new ConfigError(
      `Cannot remove the schedule '${name}': there is none of that name; 'smg schedules list' shows them`,
    )
}
