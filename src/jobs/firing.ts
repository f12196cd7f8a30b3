/** One firing of a schedule: which are due, and the job that each makes. */
import { messageOf } from '../errors.ts'
import { fireSchedule, type WatchedSchedule } from '../neo4j/job-catalogue.ts'
import { nextFirings } from './cron.ts'
import type { JobDatabase } from './schedules.ts'

/** The id of the job of one firing: the same for whoever fires it, and however often. */
export function firingJobId(schedule: string, firedAt: Date): string {
  return `${schedule}@${firedAt.toISOString()}`
}

/** Milliseconds until the schedule fires, 0 when it is due, `null` while its last job waits or runs, or for never. */
export function millisUntilDue(schedule: WatchedSchedule, now: Date): number | null {
  if (schedule.busy || schedule.nextRunAtMillis === null) return null
  return Math.max(0, schedule.nextRunAtMillis - now.getTime())
}

/** What came of a firing; `null` where the schedule was removed or fired meanwhile. */
export type Firing = {
  readonly jobId: string
  /** Why the schedule does not fire again, if it does not. */
  readonly stopped: string | null
} | null

/**
 * Makes the job of the firing that `schedule` waits for, once, and sets its next firing after `now`: all those between
 * were missed, and this one job makes up for them.
 */
export async function fire(database: JobDatabase, schedule: WatchedSchedule, now: Date): Promise<Firing> {
  const { name, nextRunAtMillis } = schedule
  if (nextRunAtMillis === null) return null
  const firedAt = new Date(nextRunAtMillis)
  const next = followingFiring(schedule, now)
  const rows = await database.run(
    fireSchedule,
    {},
    {
      name,
      firedAt: firedAt.toISOString(),
      jobId: firingJobId(name, firedAt),
      createdAt: now.toISOString(),
      nextRunAt: next.at,
    },
  )
  const jobId = rows[0]?.jobId
  return jobId === undefined ? null : { jobId, stopped: next.stopped }
}

function followingFiring(
  schedule: WatchedSchedule,
  now: Date,
): { readonly at: string | null; readonly stopped: string | null } {
  try {
    const [next] = nextFirings(schedule.cron ?? '', schedule.timezone ?? '', now, 1)
    if (next !== undefined) return { at: next.toISOString(), stopped: null }
    return { at: null, stopped: `the cron expression '${schedule.cron}' does not fire again` }
  } catch (thrown) {
    // The node was changed by hand since it was added.
    return { at: null, stopped: messageOf(thrown) }
  }
}
