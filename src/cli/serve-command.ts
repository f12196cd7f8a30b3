/** `smg serve`: the daemon, until SIGTERM or Ctrl-C. */
import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { InterruptedError } from '../errors.ts'
import { systemTimers } from '../jobs/bell.ts'
import { runDaemon } from '../jobs/daemon.ts'
import type { RunCommand } from '../jobs/job-request.ts'
import type { Database } from '../neo4j/database.ts'
import { createContext, withDatabase } from './context.ts'
import { createDaemonLogger } from './daemon-logger.ts'

/**
 * `signal` is aborted at SIGTERM and SIGINT; `commandsOn` gives what runs the jobs' commands on the daemon's database.
 * SIGTERM is how a service is asked to stop, and ends with 0; Ctrl-C interrupts, and ends with 130.
 */
export function addServeCommand(
  program: Command,
  signal: AbortSignal,
  commandsOn: (database: Database) => RunCommand,
): void {
  program
    .command('serve')
    .description('the daemon: fires the schedules of the database; one daemon a database')
    .action(async (_flags: unknown, self: Command) => {
      const context = createContext(self, signal)
      const { flags, output } = context
      const log = createDaemonLogger(flags.quiet ? 'error' : flags.logLevel, process.stderr.isTTY)
      const daemonId = randomUUID()
      const startedAt = new Date()
      let isTerminated = false
      const noteTermination = () => {
        isTerminated = true
      }
      process.on('SIGTERM', noteTermination)
      try {
        await withDatabase(context, (database) =>
          runDaemon({
            database,
            daemonId,
            runCommand: commandsOn(database),
            now: () => new Date(),
            timers: systemTimers,
            signal,
            log,
          }),
        )
      } finally {
        process.off('SIGTERM', noteTermination)
      }
      output.json({ daemonId, startedAt: startedAt.toISOString(), stoppedAt: new Date().toISOString() })
      if (!isTerminated) throw new InterruptedError('Interrupted: the daemon has stopped')
    })
}
