/**
 * Says again and again that a job is worked on and how far it is, and hears whether it is to be canceled or another daemon has
 * it. It keeps to real time, as the server does by whose clock a silence is measured.
 */
import { type Fence, reportJob } from '../neo4j/job-catalogue.ts'
import { createBell, systemTimers } from './bell.ts'
import type { DaemonLog } from './daemon-log.ts'
import type { JobProgress } from './job-progress.ts'
import type { JobDatabase } from './schedules.ts'

export interface HeartbeatOptions {
  readonly database: JobDatabase
  readonly fence: Fence
  readonly everyMillis: number
  readonly progress: () => JobProgress
  /** Told once, at most. */
  readonly onCancel: () => void
  /** Told once, at most; no heartbeat follows. */
  readonly onLost: () => void
  readonly log: DaemonLog
}

export interface Heartbeat {
  /** Resolves when no heartbeat is under way any more. */
  readonly stop: () => Promise<void>
  /** Beats at once. */
  readonly beat: () => void
}

export function startHeartbeat({ database, fence, everyMillis, log, ...told }: HeartbeatOptions): Heartbeat {
  const bell = createBell(systemTimers)
  let isStopped = false
  let isCanceled = false
  const beat = async () => {
    const { phase, progress, etaSeconds } = told.progress()
    const eta = etaSeconds === null ? null : BigInt(etaSeconds)
    const [row] = await database.run(reportJob, {}, { ...fence, phase, progress, etaSeconds: eta })
    if (isStopped) return
    if (row === undefined) {
      isStopped = true
      told.onLost()
    } else if (row.cancelRequested && !isCanceled) {
      isCanceled = true
      told.onCancel()
    }
  }
  const ended = (async () => {
    for (;;) {
      await bell.wait(everyMillis)
      if (isStopped) return
      // The work itself will notice a server that is gone for long.
      await beat().catch((err: unknown) => log.warn({ jobId: fence.jobId, err }, 'heartbeat not recorded'))
    }
  })()
  return {
    beat: bell.ring,
    stop: () => {
      isStopped = true
      bell.ring()
      return ended
    },
  }
}
