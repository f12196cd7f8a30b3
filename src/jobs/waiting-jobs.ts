/** Jobs that no daemon works on: taken, canceled while they wait, taken over from a daemon that fell silent, deleted when old. */
import {
  type ClaimableJob,
  cancelWaitingJobs,
  claimableJobs,
  deleteOldJobs,
  startJob,
  takeOverJobs,
} from '../neo4j/job-catalogue.ts'
import type { DaemonLog } from './daemon-log.ts'
import type { JobDatabase } from './schedules.ts'

export interface WaitingContext {
  readonly database: JobDatabase
  readonly daemonId: string
  readonly now: () => Date
  readonly log: DaemonLog
  /** Told of each job that has ended without having been run by this daemon. */
  readonly onEnded: (command: unknown, status: 'FAILED' | 'CANCELED') => void
}

export const mostAttempts = 3

/** Others may be faster with some of them. */
const candidates = 5n

/** Takes the job whose turn it is; `null` where there is none. */
export async function claimJob({ database, daemonId, now, log }: WaitingContext): Promise<ClaimableJob | null> {
  for (const job of await database.run(claimableJobs, {}, { limit: candidates })) {
    const { jobId, attempt } = job
    const claim = { jobId, daemonId, attempt: BigInt(attempt), startedAt: now().toISOString() }
    if ((await database.run(startJob, {}, claim)).length === 0) continue
    log.info({ jobId, command: job.command, attempt }, 'job started')
    return job
  }
  return null
}

export async function cancelWaiting({ database, now, log, onEnded }: WaitingContext): Promise<void> {
  const ending = { finishedAt: now().toISOString(), error: 'canceled before it ran' }
  for (const { jobId, command } of await database.run(cancelWaitingJobs, {}, ending)) {
    log.info({ jobId }, 'job canceled')
    onEnded(command, 'CANCELED')
  }
}

/** `heldJobId` is the job that this daemon works on itself: its own heartbeat tells whether it still has it. */
export async function takeOver(
  { database, daemonId, log, onEnded }: WaitingContext,
  { lapseSeconds, heldJobId }: { readonly lapseSeconds: number; readonly heldJobId: string | null },
): Promise<void> {
  const lapsed = await database.run(
    takeOverJobs,
    {},
    {
      lapseSeconds,
      heldJobId,
      daemonId,
      mostAttempts: BigInt(mostAttempts),
      error: `Cannot finish the job: expected a word from its daemon every few seconds, got none in each of ${mostAttempts} attempts; see the log of 'smg serve', and whether its machine has the memory for the job`,
      canceled: 'canceled: its daemon had fallen silent',
    },
  )
  for (const { jobId, command, status, attempt, daemonId: silent } of lapsed) {
    log.warn({ jobId, attempt, status, silentDaemonId: silent }, 'job taken over from a daemon that fell silent')
    if (status !== 'PENDING') onEnded(command, status)
  }
}

const dayMillis = 86_400_000

export async function deleteOld({ database, now, log }: WaitingContext, keepDays: number): Promise<void> {
  const before = new Date(now().getTime() - keepDays * dayMillis).toISOString()
  const [row] = await database.run(deleteOldJobs, {}, { before })
  if (row !== undefined && row.deleted > 0) log.info({ deleted: row.deleted, before }, 'old jobs deleted')
}
