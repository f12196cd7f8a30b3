/** What a job asks for, and the function that does it: the daemon does not know the commands themselves. */
import type { Config } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import type { PendingJob } from '../neo4j/job-catalogue.ts'
import type { JobSummary } from './engine.ts'
import { readJobConfig } from './job-config.ts'

export interface JobRequest {
  readonly jobId: string
  readonly command: string
  /** The words after the command, such as `--retrain`. */
  readonly arguments: readonly string[]
  /** As stored with the schedule; `neo4j` holds defaults, the daemon's own connection counts. */
  readonly config: Config
}

export interface JobControl {
  /** Aborted when the job is to stop. */
  readonly signal: AbortSignal
  /** Says what the job is doing, such as "training". */
  readonly onPhase: (phase: string) => void
  /** Says in a sentence what else is worth a line in the log. */
  readonly onNotice: (sentence: string) => void
}

/** Runs the command of a job; rejects where it fails, and soon after `signal` is aborted. */
export type RunCommand = (request: JobRequest, control: JobControl) => Promise<JobSummary>

/** @throws ConfigError where the job's node lacks a command or a readable configuration. */
export function readRequest(job: PendingJob): JobRequest {
  if (job.command === null) throw new ConfigError(`Cannot run the job '${job.jobId}': it has no command`)
  return {
    jobId: job.jobId,
    command: job.command,
    arguments: job.arguments ?? [],
    config: readJobConfig(job.config),
  }
}
