/** A job seen from outside: found, and asked to be canceled. */
import { ConfigError } from '../errors.ts'
import { requestCancel, showJob } from '../neo4j/job-catalogue.ts'
import type { JobDatabase } from './schedules.ts'

/** All properties of a job, as the driver gives them. @throws ConfigError where there is none of that id. */
export async function findJob(database: JobDatabase, jobId: string): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await database.run(showJob, {}, { jobId })
  if (row === undefined) throw unknownJob('show', jobId)
  return { ...row.properties, schedule: row.schedule }
}

/** Asks whoever runs the job to cancel it; gives its status at that time. @throws ConfigError where it has ended, or there is none. */
export async function cancelJob(database: JobDatabase, jobId: string): Promise<string> {
  const [row] = await database.run(requestCancel, {}, { jobId })
  if (row === undefined) throw unknownJob('cancel', jobId)
  const { status } = row
  if (status === 'PENDING' || status === 'RUNNING') return status
  throw new ConfigError(
    `Cannot cancel the job '${jobId}': expected one that waits or runs, got ${status ?? 'no status'}`,
  )
}

function unknownJob(verb: string, jobId: string): ConfigError {
  return new ConfigError(`Cannot ${verb} the job '${jobId}': there is none of that id; 'smg jobs list' shows them`)
}
