/** Whether a daemon is well: it is as long as its looks at the database succeed, and do not take long. */
import type { DaemonMonitor } from './daemon-monitor.ts'
import type { RunningJob } from './job-runner.ts'

export interface DaemonHealth {
  readonly daemonId: string
  readonly version: string
  /** ISO 8601, as the next. */
  readonly startedAt: string
  readonly database: { readonly name: string; readonly reachable: boolean }
  readonly runningJob: RunningJob | null
  /** The last look that succeeded; `null` before the first. */
  readonly lastLookAt: string | null
}

export interface HealthOptions extends Pick<DaemonHealth, 'daemonId' | 'version' | 'startedAt'> {
  readonly databaseName: string
  readonly now: () => Date
}

export interface HealthWatch {
  readonly monitor: DaemonMonitor
  readonly health: () => DaemonHealth
}

/** A statement is tried again for a minute while the database is away; a look that takes that long is no good sign. */
const longestLookMillis = 30_000

export function createHealthWatch({ now, databaseName, ...about }: HealthOptions): HealthWatch {
  let running = (): RunningJob | null => null
  // The database was opened, or there would be no daemon.
  let lastLook: Date | null = null
  let lastFailed = false
  const ignore = () => undefined
  return {
    health: () => {
      const silentMillis = now().getTime() - (lastLook ?? new Date(about.startedAt)).getTime()
      return {
        ...about,
        database: { name: databaseName, reachable: !lastFailed && silentMillis < longestLookMillis },
        runningJob: running(),
        lastLookAt: lastLook?.toISOString() ?? null,
      }
    },
    monitor: {
      started: (ask) => {
        running = ask
      },
      looked: (at) => {
        lastLook = at
        lastFailed = false
      },
      lookFailed: () => {
        lastFailed = true
      },
      fired: ignore,
      jobEnded: ignore,
      jobSettled: ignore,
    },
  }
}
