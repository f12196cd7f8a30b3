/** What a daemon does, as Prometheus counts it (https://prometheus.io/docs/practices/naming). */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { DaemonMonitor } from './daemon-monitor.ts'
import { jobCommandNames } from './job-words.ts'

export interface DaemonMetrics {
  readonly monitor: DaemonMonitor
  readonly contentType: string
  /** All metrics as text. */
  readonly text: () => Promise<string>
}

/** From jobs that find nothing changed to a training of hours. */
const durationBuckets = [1, 5, 15, 60, 300, 900, 3_600, 14_400]
const ended = ['FINISHED', 'FAILED', 'CANCELED']

export function createDaemonMetrics(): DaemonMetrics {
  const registry = new Registry()
  const registers = [registry]
  const jobs = new Counter({
    name: 'smg_jobs_total',
    help: 'Jobs that this daemon has ended, by command and status',
    labelNames: ['command', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'smg_job_duration_seconds',
    help: 'How long the jobs took that this daemon has run to their end',
    labelNames: ['command'],
    buckets: durationBuckets,
    registers,
  })
  const waiting = new Gauge({
    name: 'smg_jobs_waiting',
    help: 'Jobs of the database that wait, at the last look',
    registers,
  })
  const running = new Gauge({
    name: 'smg_jobs_running',
    help: 'Jobs of the database that run, by whichever daemon, at the last look',
    registers,
  })
  const made = new Counter({
    name: 'smg_firings_made_total',
    help: 'Firings that this daemon made into jobs',
    registers,
  })
  const skipped = new Counter({
    name: 'smg_firings_skipped_total',
    help: 'Firings that this daemon skipped, as they were missed or would overlap',
    registers,
  })
  const looked = new Gauge({
    name: 'smg_last_look_timestamp_seconds',
    help: 'When this daemon last looked at the database with success, in seconds since 1970',
    registers,
  })
  const failures = new Counter({ name: 'smg_looks_failed_total', help: 'Looks at the database that failed', registers })
  // A series that is there from the start makes an alert on its increase work the first time, too.
  for (const command of jobCommandNames) for (const status of ended) jobs.inc({ command, status }, 0)
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    monitor: {
      started: () => undefined,
      looked: (at, counts) => {
        looked.set(at.getTime() / 1000)
        waiting.set(counts.waiting)
        running.set(counts.running)
      },
      lookFailed: () => failures.inc(),
      fired: (counts) => {
        made.inc(counts.made)
        skipped.inc(counts.skipped)
      },
      jobEnded: ({ command, status, seconds }) => {
        if (!ended.includes(status)) return
        jobs.inc({ command: commandLabel(command), status })
        duration.observe({ command: commandLabel(command) }, seconds)
      },
      jobSettled: (command, status) => jobs.inc({ command: commandLabel(command), status }),
    },
  }
}

/** Anybody may ask for any command: each would be a series of its own. */
function commandLabel(command: unknown): string {
  return jobCommandNames.find((name) => name === command) ?? 'unknown'
}
