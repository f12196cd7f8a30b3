/** The commands that jobs can run, on the daemon's database. */
import { SmgError } from '../errors.ts'
import type { RunCommand } from '../jobs/job-request.ts'
import type { WorkEngine } from '../jobs/work-engine.ts'
import type { Database } from '../neo4j/database.ts'
import { sync } from './sync.ts'

/** @param engine does the scoring. Default: this process */
export function jobCommands(database: Database, engine?: WorkEngine): RunCommand {
  return async ({ jobId, attempt, command, arguments: words, config }, { signal, onProgress, onNotice }) => {
    const { runId, failed, problems } = await sync(database, config, {
      train: command === 'sync',
      retrain: words.includes('--retrain'),
      now: () => new Date(),
      // One job makes at most one run, so they share their id, however many attempts it takes.
      runId: jobId,
      // A daemon that slept through its lapse must not take the lock of its successor for its own.
      lockOwner: `${jobId}/${attempt}`,
      lockWait: true,
      engine,
      signal,
      onProgress: (phase, done, total) => onProgress(phase, done, total),
      onNotice,
    })
    if (failed > 0)
      throw new SmgError(`${failed} graphs failed, the others are scored: ${problems[0]?.message ?? 'no reason given'}`)
    return { runId }
  }
}
