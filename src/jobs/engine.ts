/** The in-process engine: runs jobs one after another, in the order in which they were submitted. */
import pLimit from 'p-limit'
import { InterruptedError, throwIfInterrupted } from '../errors.ts'

/** What a job's command reports; the rest of a command's summary is of no concern here. */
export interface JobSummary {
  /** The scoring run that the job made, if it made one. */
  readonly runId?: string | null
}

export type JobOutcome =
  | { readonly status: 'FINISHED'; readonly summary: JobSummary }
  | { readonly status: 'FAILED' | 'CANCELED'; readonly error: unknown }

export interface Job {
  readonly jobId: string
  readonly command: string
  /** Takes the job when its turn has come; `false` if it is no longer wanted. */
  readonly claim: () => Promise<boolean>
  readonly run: (signal: AbortSignal) => Promise<JobSummary>
  readonly record: (outcome: JobOutcome) => Promise<void>
}

export interface Engine {
  /** Resolves when the job has been recorded or turned out to be unwanted; rejects where claim or record rejects. */
  readonly submit: (job: Job) => Promise<void>
  /** Whether the job waits here or runs. */
  readonly holds: (jobId: string) => boolean
  /** Resolves when no job is left. */
  readonly settled: () => Promise<void>
}

/** Once `signal` is aborted, the running job is canceled through it and those that wait are left as they are. */
export function createEngine(signal: AbortSignal): Engine {
  const inTurn = pLimit(1)
  const held = new Map<string, Promise<void>>()
  return {
    submit: (job) => {
      const work = inTurn(() => runJob(job, signal)).finally(() => held.delete(job.jobId))
      held.set(job.jobId, work)
      return work
    },
    holds: (jobId) => held.has(jobId),
    settled: async () => {
      await Promise.allSettled(held.values())
    },
  }
}

async function runJob(job: Job, signal: AbortSignal): Promise<void> {
  if (signal.aborted || !(await job.claim())) return
  await job.record(await outcomeOf(job, signal))
}

async function outcomeOf(job: Job, signal: AbortSignal): Promise<JobOutcome> {
  try {
    throwIfInterrupted(signal, 'starting')
    return { status: 'FINISHED', summary: await job.run(signal) }
  } catch (error) {
    return { status: signal.aborted || error instanceof InterruptedError ? 'CANCELED' : 'FAILED', error }
  }
}
