/** What a job asks for, read from its node, which anybody may have written; and the function that does it. */
import type { PropertyValue } from '../config/property-value.ts'
import type { Config } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import type { AskedFor } from '../neo4j/job-catalogue.ts'
import { readJobConfig } from './job-config.ts'
import { type JobWords, jobCommandsInWords, readJobWords } from './job-words.ts'

export interface JobRequest extends JobWords {
  readonly jobId: string
  /** From 1. */
  readonly attempt: number
  /** As stored with the job; `neo4j` holds defaults, the daemon's own connection counts. */
  readonly config: Config
}

export interface JobControl {
  /** Aborted when the job is to stop. */
  readonly signal: AbortSignal
  /** Says what the job is doing, such as "train", and how much of that is done. */
  readonly onProgress: (phase: string, done: number, total: number) => void
  /** Says in a sentence what else is worth a line in the log. */
  readonly onNotice: (sentence: string) => void
}

/** What a job's command reports; the rest of a command's summary is of no concern here. */
export interface JobSummary {
  /** The scoring run that the job made, if it made one. */
  readonly runId?: string | null
}

/** Runs the command of a job; rejects where it fails, and soon after `signal` is aborted. */
export type RunCommand = (request: JobRequest, control: JobControl) => Promise<JobSummary>

const cannot = 'Cannot run the job'

/** @throws ConfigError where command or arguments are none that jobs have. */
export function readWords({ command, arguments: words }: AskedFor): JobWords {
  if (command === null)
    throw new ConfigError(`${cannot}: expected the command ${jobCommandsInWords}, got none; set its property command`)
  if (typeof command !== 'string')
    throw new ConfigError(
      `${cannot}: expected command as STRING, got ${valueInWords(command)}; set ${jobCommandsInWords}`,
    )
  const given = words ?? []
  if (!isTexts(given))
    throw new ConfigError(
      `${cannot}: expected arguments as LIST<STRING>, got ${valueInWords(given)}; leave them out, or set such as ['--retrain']`,
    )
  return readJobWords([command, ...given], cannot)
}

/** The name of the projection that the node gives, `null` where it gives none. @throws ConfigError for what is no name */
export function readProjectionName({ projection }: AskedFor): string | null {
  if (projection === null || typeof projection === 'string') return projection
  throw new ConfigError(
    `${cannot}: expected projection as STRING, got ${valueInWords(projection)}; set the name of a projection`,
  )
}

/** The text of the configuration that the node carries, `null` where it carries none. @throws ConfigError for what is no text */
export function readConfigText({ config }: AskedFor): string | null {
  if (config === null || typeof config === 'string') return config
  throw new ConfigError(
    `${cannot}: expected config as STRING, got ${valueInWords(config)}; leave it out and name a projection, or remove the schedule and add it again`,
  )
}

/** @throws ConfigError where the node of a job that was accepted has been changed into what cannot be run. */
export function readRequest(job: AskedFor & { readonly attempt: number }): JobRequest {
  return {
    jobId: job.jobId,
    attempt: job.attempt,
    ...readWords(job),
    config: readJobConfig(readConfigText(job)),
  }
}

function isTexts(value: PropertyValue): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** "INTEGER 42", "a LIST" */
function valueInWords(value: PropertyValue): string {
  switch (typeof value) {
    case 'string':
      return `'${value}'`
    case 'bigint':
      return `INTEGER ${value}`
    case 'number':
      return `FLOAT ${value}`
    case 'boolean':
      return `BOOLEAN ${value}`
    default:
      if (value === null) return 'none'
      return 'type' in value ? `a ${value.type}` : 'a LIST of something else'
  }
}
