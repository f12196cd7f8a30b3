/** A daemon in a test: its clock stands still until the test moves it, and what it logs can be awaited. */
import { EventEmitter, once } from 'node:events'
import { InterruptedError } from '../../../src/errors.ts'
import { systemTimers, type Timers } from '../../../src/jobs/bell.ts'
import { type DaemonOptions, runDaemon } from '../../../src/jobs/daemon.ts'
import type { DaemonLog } from '../../../src/jobs/daemon-log.ts'
import type { JobControl, JobRequest, JobSummary, RunCommand } from '../../../src/jobs/job-request.ts'

export interface Clock {
  readonly now: () => Date
  readonly timers: Timers
  /** Waits until somebody waits for the clock, then moves it to `iso`. */
  readonly moveTo: (iso: string) => Promise<void>
}

export function createClock(start: string): Clock {
  let now = new Date(start).getTime()
  const waiting = new Map<() => void, number>()
  const events = new EventEmitter()
  return {
    now: () => new Date(now),
    timers: {
      after: (millis, callback) => {
        waiting.set(callback, now + millis)
        events.emit('waiting')
        return () => waiting.delete(callback)
      },
    },
    moveTo: async (iso) => {
      if (waiting.size === 0) await once(events, 'waiting')
      now = new Date(iso).getTime()
      for (const [callback, at] of waiting)
        if (at <= now) {
          waiting.delete(callback)
          callback()
        }
    },
  }
}

/** Real time, but a daemon that goes by it looks every twentieth of a second. */
export const quickClock: Pick<Clock, 'now' | 'timers'> = {
  now: () => new Date(),
  timers: { after: (millis, callback) => systemTimers.after(Math.min(millis, 50), callback) },
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly fields: Readonly<Record<string, unknown>>
  readonly message: string
}

export interface RunningDaemon {
  readonly lines: readonly LogLine[]
  /** The next line of this message that no call has given yet. */
  readonly logged: (message: string) => Promise<LogLine>
  /** Asks it to stop and waits until it has. */
  readonly stop: () => Promise<void>
}

export interface StartOptions
  extends Pick<DaemonOptions, 'database' | 'runCommand' | 'graceMillis' | 'keepDays' | 'lease' | 'monitor'> {
  readonly clock: Pick<Clock, 'now' | 'timers'>
  readonly daemonId?: string
}

export function startDaemon({ clock, daemonId = 'daemon-1', ...options }: StartOptions): RunningDaemon {
  const lines: LogLine[] = []
  const events = new EventEmitter()
  const given = new Set<LogLine>()
  const write = (level: LogLine['level']) => (fields: LogLine['fields'], message: string) => {
    lines.push({ level, fields, message })
    events.emit('line')
  }
  const log: DaemonLog = { info: write('info'), warn: write('warn'), error: write('error') }
  const controller = new AbortController()
  const { signal } = controller
  const ended = runDaemon({ ...options, daemonId, now: clock.now, timers: clock.timers, signal, log })
  const died = ended.then(() => Promise.reject(new Error('the daemon has stopped')))
  died.catch(() => undefined)
  return {
    lines,
    logged: async (message) => {
      for (;;) {
        const line = lines.find((candidate) => candidate.message === message && !given.has(candidate))
        if (line !== undefined) {
          given.add(line)
          return line
        }
        await Promise.race([once(events, 'line'), died])
      }
    },
    stop: async () => {
      controller.abort()
      await ended
    },
  }
}

/** A command that runs until the test ends it or it is aborted. */
export function heldCommand() {
  let enter = (_: JobControl): void => {}
  let end = (_: JobSummary): void => {}
  const entered = new Promise<JobControl>((resolve) => {
    enter = resolve
  })
  const requests: JobRequest[] = []
  const runCommand: RunCommand = (request, control) =>
    new Promise((resolve, reject) => {
      requests.push(request)
      end = resolve
      control.signal.addEventListener('abort', () => reject(new InterruptedError('Interrupted while training')))
      enter(control)
    })
  return { runCommand, entered, requests, end: (summary: JobSummary = {}) => end(summary) }
}
