/** `smg jobs`: list, show, watch, cancel. */
import { type Command, Option } from 'commander'
import { cancelJob, findJob } from '../jobs/job-control.ts'
import { type JobStatus, listJobs } from '../neo4j/job-catalogue.ts'
import { type CommandContext, createContext, withDatabase } from './context.ts'
import { printProperties } from './properties-table.ts'
import { watchJob } from './watch-job.ts'
import { positiveCount } from './whole-numbers.ts'

const shownColumns = ['jobId', 'runs', 'projection', 'status', 'phase', 'progress', 'startedAt', 'finishedAt', 'error']
const statuses = ['PENDING', 'RUNNING', 'FINISHED', 'CANCELED', 'FAILED'] as const satisfies readonly JobStatus[]

interface ListFlags {
  readonly limit: number
  readonly status?: JobStatus
}

export function addJobsCommand(program: Command, signal: AbortSignal): void {
  const jobs = program
    .command('jobs')
    .description('jobs, made by schedules or asked for in Cypher, and run by smg serve')
  jobs
    .command('list')
    .description('the newest jobs, newest first')
    .addOption(new Option('--status <status>', 'only those of this status').choices(statuses))
    .option('--limit <count>', 'how many', positiveCount, 50)
    .action((flags: ListFlags, self: Command) => list(createContext(self, signal), flags))
  const one = (verb: string, description: string, action: (context: CommandContext, jobId: string) => Promise<void>) =>
    jobs
      .command(verb)
      .description(description)
      .argument('<jobId>', 'id of the job')
      .action((jobId: string, _flags: unknown, self: Command) => action(createContext(self, signal), jobId))
  one('show', 'all properties of a job', async (context, jobId) => {
    const properties = await withDatabase(context, (database) => findJob(database, jobId))
    printProperties(context.output, properties)
  })
  one('watch', 'show how a job goes until it has ended: exit code 0 finished, 1 failed, 130 canceled', watchJob)
  one('cancel', 'cancel a job that waits or runs; what it has written so far is complete', cancel)
}

async function list(context: CommandContext, { limit, status }: ListFlags): Promise<void> {
  const params = { status: status ?? null, limit: BigInt(limit) }
  const rows = await withDatabase(context, (database) => database.run(listJobs, {}, params))
  if (rows.length === 0)
    context.output.line(
      status === undefined
        ? "No jobs yet; 'smg serve' runs those of the schedules."
        : `No jobs with the status ${status}.`,
    )
  context.output.table(
    rows.map(({ command, arguments: words, progress, ...row }) => ({
      ...row,
      runs: [command, ...(words ?? [])].join(' '),
      progress: progress === null ? null : `${Math.floor(100 * progress)} %`,
    })),
    rows.length === 0 ? [] : shownColumns,
  )
  context.output.json(rows)
}

async function cancel(context: CommandContext, jobId: string): Promise<void> {
  const status = await withDatabase(context, (database) => cancelJob(database, jobId))
  context.output.line(
    `Asked for the job ${jobId}, now ${status}, to be canceled; 'smg serve' does so within some seconds.`,
  )
  context.output.json({ jobId, status, cancelRequested: true })
}
