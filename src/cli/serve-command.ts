/** `smg serve`: the daemon, until SIGTERM or Ctrl-C. */
import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { systemTimers } from '../jobs/bell.ts'
import { runDaemon } from '../jobs/daemon.ts'
import { createHealthWatch } from '../jobs/daemon-health.ts'
import { startDaemonHttp } from '../jobs/daemon-http.ts'
import { createDaemonMetrics } from '../jobs/daemon-metrics.ts'
import { monitors } from '../jobs/daemon-monitor.ts'
import type { Database } from '../neo4j/database.ts'
import { jobCommands } from '../pipeline/job-commands.ts'
import { createContext, withDatabase } from './context.ts'
import { createDaemonLogger } from './daemon-logger.ts'
import { packageVersion } from './package-version.ts'
import { runService } from './service.ts'
import { portNumber, positiveCount, wholeNumber } from './whole-numbers.ts'
import { withEngine } from './with-engine.ts'

/** Looks and heartbeats go on beside the work of a job. */
const sessionsOfDaemon = 2

interface ServeFlags {
  readonly port: number
  readonly http: boolean
  /** Seconds. */
  readonly grace: number
  /** Days. */
  readonly keepJobs: number
}

/** `signal` is aborted at SIGTERM and SIGINT. */
export function addServeCommand(program: Command, signal: AbortSignal): void {
  program
    .command('serve')
    .description('the daemon: fires the schedules of the database and runs its jobs; several may serve one database')
    .option('--port <number>', 'where health and metrics are served, on loopback; 0 for any free one', portNumber, 9474)
    .option('--no-http', 'serve no health and metrics')
    .option(
      '--grace <seconds>',
      'how long the running job may go on after SIGTERM; then it is left to the next daemon',
      wholeNumber,
      10,
    )
    .option('--keep-jobs <days>', 'after which jobs that have ended are deleted', positiveCount, 90)
    .action(async ({ port, http, grace, keepJobs }: ServeFlags, self: Command) => {
      const context = createContext(self, signal)
      const { flags, output } = context
      const log = createDaemonLogger(flags.quiet ? 'error' : flags.logLevel, process.stderr.isTTY)
      const daemonId = randomUUID()
      const now = () => new Date()
      const service = { name: 'daemon', graceSeconds: grace, output, facts: { daemonId } }
      const serve = (startedAt: string, graceMillis: () => number) => async (database: Database) =>
        withEngine(database, async (engine) => {
          const about = { daemonId, version: packageVersion(), startedAt, databaseName: database.name }
          const watch = createHealthWatch({ ...about, now })
          const metrics = createDaemonMetrics()
          const server = http ? await startDaemonHttp({ port, health: watch.health, metrics }) : undefined
          if (server !== undefined) log.info({ url: server.url }, 'serving health and metrics')
          await runDaemon({
            database,
            daemonId,
            runCommand: jobCommands(database, engine),
            now,
            timers: systemTimers,
            signal,
            log,
            graceMillis,
            keepDays: keepJobs,
            monitor: monitors(watch.monitor, metrics.monitor),
          }).finally(() => server?.close())
        })
      await runService(service, (startedAt, graceMillis) =>
        withDatabase(context, serve(startedAt, graceMillis), sessionsOfDaemon),
      )
    })
}
