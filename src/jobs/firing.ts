/** The firings of a schedule that are due, made into jobs. */
import { fireSchedule, type WatchedSchedule, watchSchedules } from '../neo4j/schedule-catalogue.ts'
import type { DaemonLog } from './daemon-log.ts'
import { type FiringPlan, type FiringRule, missedChoices, overlapChoices, planFirings } from './firing-plan.ts'
import type { JobDatabase } from './schedules.ts'

/** The id of the job of one firing: the same for whoever fires it, and however often. */
export function firingJobId(schedule: string, firedAt: Date): string {
  return `${schedule}@${firedAt.toISOString()}`
}

/** The rule of a schedule's node; where that was changed by hand into what is no rule, the defaults. */
export function firingRule(schedule: WatchedSchedule): FiringRule {
  return {
    ...schedule,
    missed: missedChoices.find((choice) => choice === schedule.missed) ?? 'once',
    overlap: overlapChoices.find((choice) => choice === schedule.overlap) ?? 'skip',
  }
}

/**
 * Does what the schedule needs at `now`, in one transaction, and gives what that was; `null` where that is nothing, or another
 * daemon has done it.
 */
export async function fire(database: JobDatabase, schedule: WatchedSchedule, now: Date): Promise<FiringPlan | null> {
  const plan = planFirings(firingRule(schedule), now)
  if (plan === null) return null
  const { name, paused, nextRunAtMillis } = schedule
  const lastSkipped = Math.max(...[plan.missed, plan.overlapping].map((skipped) => skipped.at(-1)?.getTime() ?? 0))
  const done = await database.run(
    fireSchedule,
    {},
    {
      name,
      dueAt: nextRunAtMillis === null ? null : BigInt(nextRunAtMillis),
      paused,
      made: plan.made.map((firing) => ({ jobId: firingJobId(name, firing), firedAt: firing.toISOString() })),
      createdAt: now.toISOString(),
      skipped: BigInt(plan.missed.length + plan.overlapping.length),
      lastSkippedAt: lastSkipped === 0 ? null : new Date(lastSkipped).toISOString(),
      nextRunAt: plan.next?.toISOString() ?? null,
    },
  )
  return done.length === 0 ? null : plan
}

export interface FiringContext {
  readonly database: JobDatabase
  readonly now: () => Date
  readonly log: DaemonLog
  /** Told of each schedule that has fired or skipped. */
  readonly onFired: (counts: { readonly made: number; readonly skipped: number }) => void
}

/** Fires what is due of all schedules; gives the milliseconds until the next firing, infinite where there is none. */
export async function fireDue({ database, now, log, onFired }: FiringContext): Promise<number> {
  let nextAt = Number.POSITIVE_INFINITY
  for (const schedule of await database.run(watchSchedules, {}, {})) {
    const plan = await fire(database, schedule, now())
    if (plan !== null) logFirings(schedule.name, plan, log)
    if (plan !== null) onFired({ made: plan.made.length, skipped: plan.missed.length + plan.overlapping.length })
    nextAt = Math.min(nextAt, plan?.next?.getTime() ?? schedule.nextRunAtMillis ?? nextAt)
  }
  return Math.max(0, nextAt - now().getTime())
}

function logFirings(schedule: string, { made, missed, overlapping, stopped }: FiringPlan, log: DaemonLog): void {
  for (const firing of made) log.info({ schedule, jobId: firingJobId(schedule, firing) }, 'schedule fired')
  if (missed.length > 0)
    log.warn({ schedule, skipped: missed.length, lastSkippedAt: missed.at(-1) }, 'firings skipped: they were missed')
  if (overlapping.length > 0)
    log.warn(
      { schedule, skipped: overlapping.length, lastSkippedAt: overlapping.at(-1) },
      'firings skipped: the last job waits or runs',
    )
  if (stopped !== null) log.error({ schedule, reason: stopped }, 'schedule stopped: it has no next firing')
}
