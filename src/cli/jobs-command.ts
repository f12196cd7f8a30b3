/** `smg jobs`: what the schedules ran. */
import type { Command } from 'commander'
import { listJobs } from '../neo4j/job-catalogue.ts'
import { createContext, withDatabase } from './context.ts'
import { positiveCount } from './whole-numbers.ts'

const shownColumns = ['jobId', 'runs', 'status', 'phase', 'startedAt', 'finishedAt', 'error']

export function addJobsCommand(program: Command, signal: AbortSignal): void {
  const jobs = program.command('jobs').description('the jobs that schedules made')
  jobs
    .command('list')
    .description('the newest jobs, newest first')
    .option('--limit <count>', 'how many', positiveCount, 50)
    .action(async ({ limit }: { readonly limit: number }, self: Command) => {
      const context = createContext(self, signal)
      const rows = await withDatabase(context, (database) => database.run(listJobs, {}, { limit: BigInt(limit) }))
      if (rows.length === 0) context.output.line("No jobs yet; 'smg serve' runs those of the schedules.")
      context.output.table(
        rows.map(({ command, arguments: words, ...row }) => ({ ...row, runs: [command, ...(words ?? [])].join(' ') })),
        rows.length === 0 ? [] : shownColumns,
      )
      context.output.json(rows)
    })
}
