/** `smg worker`: does parts of runs that others have begun, until SIGTERM or Ctrl-C. */
import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { runWorker } from '../pipeline/distributed.ts'
import { createContext, withDatabase } from './context.ts'
import { createDaemonLogger } from './daemon-logger.ts'
import { runService } from './service.ts'
import { positiveCount, wholeNumber } from './whole-numbers.ts'
import { redisUrl } from './with-engine.ts'

interface WorkerFlags {
  readonly concurrency: number
  readonly partsPerSecond?: number
  /** Seconds. */
  readonly grace: number
  /** Seconds. */
  readonly stalledAfter: number
}

/** Reading and writing of one scoring go on side by side. */
const sessionsPerPart = 3

export function addWorkerCommand(program: Command, signal: AbortSignal): void {
  program
    .command('worker')
    .description(
      'does parts of scoring runs and evaluations of one database, which reach it through Redis (SMG_REDIS_URL)',
    )
    .option('--concurrency <n>', 'parts at a time', positiveCount, 1)
    .option(
      '--parts-per-second <n>',
      'begun by all workers of the database together (default: no limit)',
      positiveCount,
    )
    .option(
      '--grace <seconds>',
      'how long running parts may go on after SIGTERM; then they are left to other workers',
      wholeNumber,
      10,
    )
    .option(
      '--stalled-after <seconds>',
      'of silence, after which a part of another worker is done again',
      positiveCount,
      15,
    )
    .action(async ({ concurrency, partsPerSecond, grace, stalledAfter }: WorkerFlags, self: Command) => {
      const context = createContext(self, signal)
      const { flags, output } = context
      const url = redisUrl()
      if (url === undefined)
        throw new ConfigError(
          'Cannot start a worker: expected SMG_REDIS_URL, got none; set it to the Redis of the daemon, such as redis://HOST:6379',
        )
      const log = createDaemonLogger(flags.quiet ? 'error' : flags.logLevel, process.stderr.isTTY)
      await runService({ name: 'worker', graceSeconds: grace, output }, (_startedAt, graceMillis) =>
        withDatabase(
          context,
          (database) =>
            runWorker(database, url, {
              concurrency,
              partsPerSecond,
              signal,
              graceMillis,
              log,
              stalledMillis: 1000 * stalledAfter,
            }),
          sessionsPerPart * concurrency,
        ),
      )
    })
}
