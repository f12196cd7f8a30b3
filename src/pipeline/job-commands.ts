/** The commands that jobs can run, on the daemon's database. */
import { ConfigError, SmgError } from '../errors.ts'
import type { RunCommand } from '../jobs/job-request.ts'
import type { Database } from '../neo4j/database.ts'
import { sync } from './sync.ts'

export function jobCommands(database: Database): RunCommand {
  return async (request, { signal, onPhase, onNotice }) => {
    if (request.command !== 'sync')
      throw new ConfigError(
        `Cannot run the job '${request.jobId}': expected the command sync, got '${request.command}'`,
      )
    const { runId, failed, problems } = await sync(database, request.config, {
      retrain: request.arguments.includes('--retrain'),
      now: () => new Date(),
      // One job makes at most one run, so they share their id.
      runId: request.jobId,
      signal,
      onProgress: (phase) => onPhase(phase),
      onNotice,
    })
    if (failed > 0)
      throw new SmgError(`${failed} graphs failed, the others are scored: ${problems[0]?.message ?? 'no reason given'}`)
    return { runId }
  }
}
