/** Who watches a daemon: told what it does, for its health and its metrics. */
import type { JobCounts } from '../neo4j/job-catalogue.ts'
import type { JobEnd, RunningJob } from './job-runner.ts'

export interface DaemonMonitor {
  /** Told once, how to ask for the job that runs. */
  readonly started: (running: () => RunningJob | null) => void
  /** A look at the database has succeeded. */
  readonly looked: (at: Date, counts: JobCounts) => void
  readonly lookFailed: () => void
  readonly fired: (counts: { readonly made: number; readonly skipped: number }) => void
  /** A job that this daemon ran has ended. */
  readonly jobEnded: (end: JobEnd) => void
  /** A job has ended that this daemon did not run. */
  readonly jobSettled: (command: unknown, status: 'FAILED' | 'CANCELED') => void
}

/** Tells all of them. */
export function monitors(...all: readonly DaemonMonitor[]): DaemonMonitor {
  const tell = (how: (each: DaemonMonitor) => void) => {
    for (const each of all) how(each)
  }
  return {
    started: (running) => tell((each) => each.started(running)),
    looked: (at, counts) => tell((each) => each.looked(at, counts)),
    lookFailed: () => tell((each) => each.lookFailed()),
    fired: (counts) => tell((each) => each.fired(counts)),
    jobEnded: (end) => tell((each) => each.jobEnded(end)),
    jobSettled: (command, status) => tell((each) => each.jobSettled(command, status)),
  }
}

export const silentMonitor: DaemonMonitor = {
  started: () => undefined,
  looked: () => undefined,
  lookFailed: () => undefined,
  fired: () => undefined,
  jobEnded: () => undefined,
  jobSettled: () => undefined,
}
