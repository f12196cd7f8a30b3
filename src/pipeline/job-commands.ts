/** The commands that jobs can run, on the daemon's database. */
import { ConfigError, SmgError } from '../errors.ts'
import type { JobControl, JobRequest, JobSummary, RunCommand } from '../jobs/job-request.ts'
import { wordAfter } from '../jobs/job-words.ts'
import type { WorkEngine } from '../jobs/work-engine.ts'
import type { Database } from '../neo4j/database.ts'
import { evaluate } from './evaluate/evaluate.ts'
import { graphsToEvaluate, keepEvaluation } from './evaluate/evaluate-projection.ts'
import { baselineNames } from './evaluate/learner.ts'
import { sync } from './sync.ts'

interface Job {
  readonly database: Database
  readonly engine: WorkEngine | undefined
  readonly request: JobRequest
  readonly control: JobControl
}

/** @param engine does scorings and trainings. Default: this process */
export function jobCommands(database: Database, engine?: WorkEngine): RunCommand {
  return (request, control) => {
    const job = { database, engine, request, control }
    return request.command === 'evaluate' ? runEvaluation(job) : runScoring(job)
  }
}

async function runScoring({ database, engine, request, control }: Job): Promise<JobSummary> {
  const { jobId, attempt, command, arguments: words, config } = request
  const { signal, onProgress, onNotice } = control
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

/** The outcome is in the catalog. */
async function runEvaluation({ database, engine, request, control }: Job): Promise<JobSummary> {
  const { arguments: words, config } = request
  const { signal, onProgress, onNotice } = control
  const names = wordAfter(words, '--compare')
  const { compare, unknown } = names === null ? { compare: [], unknown: null } : baselineNames(names)
  if (unknown !== null) throw new ConfigError(`Cannot run the job: ${unknown}`)
  const labelled = await graphsToEvaluate(database, config, {
    signal,
    onRead: (done, total) => onProgress('read', done, total),
  })
  const evaluation = await evaluate(labelled, {
    compare,
    search: words.includes('--search'),
    engine,
    signal,
    onNotice,
    onEpoch: (done, of) => onProgress('train', done, of),
  })
  await keepEvaluation(database, config, { evaluation, finishedAt: new Date().toISOString() })
  return {}
}
