/**
 * What a look at a schedule makes of it: pure, time is an argument.
 *
 * Of the firings that are due,
 * - one that came due while the schedule's last job waits or runs is made with `overlap: queue`, and skipped otherwise;
 * - those noticed more than a minute late were missed: none is made with `missed: skip`, each with `all` (of more than 1000 the
 *   latest), and with `once` the latest, unless one that is on time makes up for them;
 * - with `overlap: skip`, one made at this look waits already when the next of the same look comes due.
 * Whatever is not made counts as skipped. A paused schedule makes and skips nothing.
 */
import { messageOf } from '../errors.ts'
import { firingsUntil } from './cron.ts'

export const missedChoices = ['skip', 'once', 'all'] as const
export type Missed = (typeof missedChoices)[number]
export const overlapChoices = ['skip', 'queue'] as const
export type Overlap = (typeof overlapChoices)[number]

/** What a plan depends on. */
export interface FiringRule {
  readonly cron: string | null
  readonly timezone: string | null
  readonly missed: Missed
  readonly overlap: Overlap
  readonly paused: boolean
  /** Its last job waits or runs. */
  readonly busy: boolean
  /** Milliseconds since 1970; `null` where no firing has been settled yet, or none ever will. */
  readonly nextRunAtMillis: number | null
}

export interface FiringPlan {
  /** In order. */
  readonly made: readonly Date[]
  /** Not made, as they were missed. In order, as the next. */
  readonly missed: readonly Date[]
  /** Not made, as the last job waits or runs. */
  readonly overlapping: readonly Date[]
  /** The firing to wait for; `null` for never. */
  readonly next: Date | null
  /** Why there is no next firing, where there ought to be one. */
  readonly stopped: string | null
}

export const onTimeMillis = 60_000
/** Of `missed: all`; a year of minutes would bury the database. */
export const mostMissedMade = 1_000
/** Firings looked at in one plan, so that it takes a moment only; the next plan goes on where it ended. */
export const mostPlanned = 5_000

/** `null` where there is nothing to do until the next firing. */
export function planFirings(rule: FiringRule, now: Date): FiringPlan | null {
  const { nextRunAtMillis, paused } = rule
  if (paused) return nextRunAtMillis === null ? null : { ...nothing, next: null }
  if (nextRunAtMillis === null) {
    const [next] = firingsAfter(rule, now, now).firings
    return next === undefined ? null : { ...nothing, next }
  }
  if (nextRunAtMillis > now.getTime()) return null
  const first = new Date(nextRunAtMillis)
  const { firings, stopped } = firingsAfter(rule, first, now)
  const due = [first, ...firings.filter((firing) => firing <= now)]
  if (due.length > mostPlanned) {
    // All of these are missed, and not among the latest that may be made.
    const old = due.slice(0, mostPlanned - mostMissedMade)
    const skipped = rule.busy && rule.overlap === 'skip' ? { overlapping: old } : { missed: old }
    return { ...nothing, ...skipped, next: due[old.length] ?? null }
  }
  const next = firings.find((firing) => firing > now) ?? null
  return { ...sorted(due, rule, now), next, stopped: next === null ? stopped : null }
}

const nothing = { made: [], missed: [], overlapping: [], stopped: null }

function sorted(
  due: readonly Date[],
  { missed, overlap, busy }: FiringRule,
  now: Date,
): Omit<FiringPlan, 'next' | 'stopped'> {
  if (busy && overlap === 'skip') return { made: [], missed: [], overlapping: due }
  const isLate = (firing: Date) => now.getTime() - firing.getTime() > onTimeMillis
  const late = due.filter(isLate)
  const onTime = due.slice(late.length)
  const lateMade = missed === 'all' ? mostMissedMade : missed === 'once' && onTime.length === 0 ? 1 : 0
  const firstMade = Math.max(0, late.length - lateMade)
  const made = late.slice(firstMade)
  const room = overlap === 'queue' ? onTime.length : made.length > 0 ? 0 : 1
  return {
    made: [...made, ...onTime.slice(0, room)],
    missed: late.slice(0, firstMade),
    overlapping: onTime.slice(room),
  }
}

/** The firings of the rule after `after`, up to the first after `now`; why there is none, where there is none. */
function firingsAfter(
  { cron, timezone }: FiringRule,
  after: Date,
  now: Date,
): { readonly firings: readonly Date[]; readonly stopped: string } {
  try {
    const firings = firingsUntil(cron ?? '', timezone ?? '', { after, until: now, most: mostPlanned })
    return { firings, stopped: `the cron expression '${cron}' does not fire again` }
  } catch (thrown) {
    // The node was changed by hand since it was added.
    return { firings: [], stopped: messageOf(thrown) }
  }
}
