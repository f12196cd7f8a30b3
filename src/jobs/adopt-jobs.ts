/**
 * Jobs that no daemon has read yet, from schedules or asked for by anyone in Cypher: what cannot be run is refused at once,
 * however long the job before it takes, and the others get the configuration that they lack from their projection.
 */
import { didYouMean } from '../config/nearest.ts'
import { ConfigError, messageOf } from '../errors.ts'
import { type AskedFor, acceptJob, findProjection, refuseJob, unreadJobs } from '../neo4j/job-catalogue.ts'
import type { DaemonLog } from './daemon-log.ts'
import { readJobConfig } from './job-config.ts'
import { readConfigText, readProjectionName, readWords } from './job-request.ts'
import type { JobDatabase } from './schedules.ts'

export interface AdoptContext {
  readonly database: JobDatabase
  readonly now: () => Date
  readonly log: DaemonLog
  /** Told the command of each job that was refused. */
  readonly onRefused: (command: unknown) => void
}

/** The rest is for the next look. */
const mostAtOnce = 100n

export async function adoptJobs({ database, now, log, onRefused }: AdoptContext): Promise<void> {
  for (const job of await database.run(unreadJobs, {}, { limit: mostAtOnce })) {
    const { jobId } = job
    try {
      await database.run(acceptJob, {}, { jobId, ...(await readJob(database, job)) })
    } catch (err) {
      // Not what is wrong with the database.
      if (!(err instanceof ConfigError)) throw err
      await database.run(refuseJob, {}, { jobId, finishedAt: now().toISOString(), error: messageOf(err) })
      log.error({ jobId, err }, 'job refused')
      onRefused(job.command)
    }
  }
}

/** @throws ConfigError where the job cannot be run */
async function readJob(database: JobDatabase, job: AskedFor) {
  const { arguments: words } = readWords(job)
  const name = readProjectionName(job)
  const own = readConfigText(job)
  if (own === null && name === null)
    throw new ConfigError(
      `Cannot run the job: expected the name of a projection, got none; set its property projection to one that 'smg sync' has been run with`,
    )
  const text = own ?? (await configOfProjection(database, name ?? ''))
  const { projection } = readJobConfig(text, own === null ? ofProjection(name ?? '') : undefined)
  if (name !== null && name !== projection.name)
    throw new ConfigError(
      `Cannot run the job: expected projection '${projection.name}', of which its config is, got '${name}'; set one of the two alone`,
    )
  return { arguments: words, projection: projection.name, config: text }
}

async function configOfProjection(database: JobDatabase, name: string): Promise<string | null> {
  const [row] = await database.run(findProjection, {}, { name })
  if (row?.found === true) return row.config
  const names = row?.names ?? []
  throw new ConfigError(
    `Cannot run the job: expected a projection that 'smg sync' has been run with, got '${name}'; run 'smg sync' with its configuration once${didYouMean(name, names)}`,
  )
}

function ofProjection(name: string) {
  return {
    where: `of projection '${name}'`,
    remedy: "run 'smg sync' with its smg.config.yaml once",
  }
}
