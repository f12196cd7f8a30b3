/** Runs one job at a time that this daemon has taken, from its first heartbeat to its recorded end. */
import { InterruptedError } from '../errors.ts'
import { type ClaimableJob, type Fence, lastRunTimes } from '../neo4j/job-catalogue.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createProgressEstimate, expectedMillis, type JobProgress, ofEvaluation } from './job-progress.ts'
import { type JobOutcome, type RecordContext, recordOutcome } from './job-record.ts'
import { type JobRequest, type RunCommand, readRequest } from './job-request.ts'

export interface RunnerOptions extends RecordContext {
  /** Unique to this run of the daemon. */
  readonly daemonId: string
  readonly runCommand: RunCommand
  readonly heartbeatMillis: number
  /** Told of each end that was recorded or tried to be. */
  readonly onEnd: (end: JobEnd) => void
}

export interface JobEnd {
  readonly command: unknown
  readonly status: JobOutcome['status']
  readonly seconds: number
}

export interface RunningJob extends JobProgress {
  readonly jobId: string
  readonly command: unknown
  readonly projection: unknown
  readonly attempt: number
}

export interface JobRunner {
  /** The job that runs, `null` while there is none. */
  readonly running: () => RunningJob | null
  /** Runs a job that was taken; only while none runs. */
  readonly start: (job: ClaimableJob) => void
  /** Resolves when no job runs. */
  readonly settled: () => Promise<void>
  /** Aborts the job that runs, and hands it back. */
  readonly abort: () => void
}

type AbortReason = 'canceled' | 'lost' | 'stopped'

export function createJobRunner(options: RunnerOptions): JobRunner {
  let current: { readonly job: ClaimableJob; readonly work: RunOfJob } | undefined
  return {
    running: () => {
      if (current === undefined) return null
      const { jobId, command, projection, attempt } = current.job
      return { jobId, command, projection, attempt, ...current.work.progress() }
    },
    start: (job) => {
      const work = runJob(job, options)
      current = { job, work }
      const startedAt = performance.now()
      work.ended.then((status) => {
        current = undefined
        options.onEnd({ command: job.command, status, seconds: (performance.now() - startedAt) / 1000 })
      })
    },
    settled: async () => {
      await current?.work.ended
    },
    abort: () => current?.work.abort('stopped'),
  }
}

interface RunOfJob {
  readonly progress: () => JobProgress
  readonly abort: (reason: AbortReason) => void
  /** Never rejects. */
  readonly ended: Promise<JobOutcome['status']>
}

function runJob(job: ClaimableJob, options: RunnerOptions): RunOfJob {
  const { database, daemonId, heartbeatMillis, log } = options
  const fence: Fence = { jobId: job.jobId, daemonId, attempt: BigInt(job.attempt) }
  const startedAt = performance.now()
  let estimate = createProgressEstimate(expectedMillis(undefined), startedAt)
  const controller = new AbortController()
  let reason: AbortReason | undefined
  const abort = (why: AbortReason) => {
    reason ??= why
    controller.abort()
  }
  const progress = () => estimate.at(performance.now())
  const heartbeat = startHeartbeat({
    database,
    fence,
    everyMillis: heartbeatMillis,
    progress,
    onCancel: () => abort('canceled'),
    onLost: () => abort('lost'),
    log,
  })
  const work = async (request: JobRequest) => {
    const { command, config } = request
    const [times] = await database.run(lastRunTimes, {}, { projection: config.projection.name })
    estimate = createProgressEstimate(command === 'evaluate' ? ofEvaluation : expectedMillis(times), startedAt)
    let lastPhase: string | undefined
    return options.runCommand(request, {
      signal: controller.signal,
      onProgress: (phase, done, total) => {
        estimate.report(phase, done, total, performance.now())
        if (phase !== lastPhase) heartbeat.beat()
        lastPhase = phase
      },
      onNotice: (sentence) => log.info({ jobId: job.jobId }, sentence),
    })
  }
  const run = async (): Promise<JobOutcome['status']> => {
    const outcome = await outcomeOf(
      async () => work(readRequest(job)),
      () => reason,
    )
    await heartbeat.stop()
    await recordOutcome(fence, outcome, options).catch((err: unknown) =>
      log.error({ jobId: job.jobId, err }, 'job not recorded'),
    )
    return outcome.status
  }
  return { progress, abort, ended: run() }
}

async function outcomeOf(
  work: () => Promise<{ readonly runId?: string | null }>,
  reason: () => AbortReason | undefined,
): Promise<JobOutcome> {
  try {
    return { status: 'FINISHED', summary: await work() }
  } catch (error) {
    const why = reason()
    if (why === 'lost') return { status: 'LOST' }
    if (why === 'stopped') return { status: 'PENDING' }
    return { status: why === 'canceled' || error instanceof InterruptedError ? 'CANCELED' : 'FAILED', error }
  }
}
