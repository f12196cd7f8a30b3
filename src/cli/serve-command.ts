/** `smg serve`: the daemon, until SIGTERM or Ctrl-C. */
import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { systemTimers } from '../jobs/bell.ts'
import { runDaemon } from '../jobs/daemon.ts'
import { createHealthWatch } from '../jobs/daemon-health.ts'
import { createDaemonMetrics } from '../jobs/daemon-metrics.ts'
import { monitors } from '../jobs/daemon-monitor.ts'
import type { Database } from '../neo4j/database.ts'
import { daemonRoutes } from '../pipeline/daemon-routes.ts'
import { jobCommands } from '../pipeline/job-commands.ts'
import { projectionsOfCatalog } from '../pipeline/view/viewed-projections.ts'
import { viewerRoutes } from '../pipeline/view/viewer-routes.ts'
import { startHttpServer } from '../viewer/http-server.ts'
import { createContext, withDatabase } from './context.ts'
import { createDaemonLogger } from './daemon-logger.ts'
import { addHttpOptions, addressWithToken, type HttpFlags, httpToken } from './http-options.ts'
import { packageVersion } from './package-version.ts'
import { runService } from './service.ts'
import { positiveCount, wholeNumber } from './whole-numbers.ts'
import { withEngine } from './with-engine.ts'

/** Looks, heartbeats and what the viewer reads go on beside the work of a job. */
const sessionsOfDaemon = 4

interface ServeFlags extends HttpFlags {
  readonly http: boolean
  /** Seconds. */
  readonly grace: number
  /** Days. */
  readonly keepJobs: number
}

/** `signal` is aborted at SIGTERM and SIGINT. */
export function addServeCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('serve')
    .description(
      'the daemon: fires the schedules of the database, runs its jobs, shows its graphs; several may serve one database',
    )
  addHttpOptions(command, 9474)
    .option('--no-http', 'serve no viewer, no health and no metrics')
    .option(
      '--grace <seconds>',
      'how long the running job may go on after SIGTERM; then it is left to the next daemon',
      wholeNumber,
      10,
    )
    .option('--keep-jobs <days>', 'after which jobs that have ended are deleted', positiveCount, 90)
    .action(async ({ http, grace, keepJobs, ...flags }: ServeFlags, self: Command) => {
      const context = createContext(self, signal)
      const { output } = context
      const log = createDaemonLogger(context.flags.quiet ? 'error' : context.flags.logLevel, process.stderr.isTTY)
      const daemonId = randomUUID()
      const now = () => new Date()
      const service = { name: 'daemon', graceSeconds: grace, output, facts: { daemonId } }
      const serve = (startedAt: string, graceMillis: () => number) => async (database: Database) =>
        withEngine(database, async (engine) => {
          const about = { daemonId, version: packageVersion(), startedAt, databaseName: database.name }
          const watch = createHealthWatch({ ...about, now })
          const metrics = createDaemonMetrics()
          const token = httpToken(flags)
          const routes = [
            ...viewerRoutes({ database, projections: projectionsOfCatalog(database), version: about.version, signal }),
            ...daemonRoutes({ health: watch.health, metrics }),
          ]
          const server = http ? await startHttpServer({ ...flags, token, routes }) : undefined
          if (server !== undefined)
            log.info(
              { url: server.url, viewer: addressWithToken(server.url, token) },
              'serving viewer, health and metrics',
            )
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
