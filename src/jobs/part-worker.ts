/** Does the parts of runs that other processes have begun, until it is asked to stop. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { InterruptedError } from '../errors.ts'
import type { DaemonLog } from './daemon-log.ts'
import { isFinal, partErrorText } from './part-error.ts'
import { flowOfPart, keyPrefix, mostDeaths, partQueueName, usualTiming } from './part-queues.ts'
import { type SharedFiles, sharedFiles } from './shared-files.ts'
import type { PartControl, PartKind } from './work-engine.ts'

export interface WorkerPartControl extends PartControl {
  readonly flowId: string
  readonly files: SharedFiles
}

/** Does a part that is told as text; the result as text. */
export type PartHandler = (text: string, control: WorkerPartControl) => Promise<string>

export interface PartWorkerOptions {
  /** Open; whoever opened it closes it. */
  readonly redis: Redis
  readonly databaseId: string
  readonly handlers: Readonly<Record<PartKind, PartHandler>>
  /** Parts at a time. */
  readonly concurrency: number
  /** Of all workers of the database together, parts begun in a second. Default: no limit */
  readonly partsPerSecond?: number | undefined
  /** Asks the worker to stop. */
  readonly signal: AbortSignal
  /** Asked when it stops: how long the parts that it does may go on. */
  readonly graceMillis: () => number
  readonly log: DaemonLog
  /** Default: 15 s */
  readonly stalledMillis?: number | undefined
}

const tellEveryMillis = 1_000

/** Resolves when it has stopped after `signal`; what it had not done by then is for other workers. */
export async function runPartWorker(options: PartWorkerOptions): Promise<void> {
  const {
    redis,
    databaseId,
    concurrency,
    partsPerSecond,
    signal,
    graceMillis,
    log,
    stalledMillis = usualTiming.stalledMillis,
  } = options
  const running = new Map<string, AbortController>()
  const stopped = new AbortController()
  const files = sharedFiles(redis, databaseId)
  const worker = new Worker<string, string>(
    partQueueName(databaseId),
    async (job, token) => {
      const id = job.id ?? ''
      const unwanted = new AbortController()
      running.set(id, unwanted)
      try {
        return await doPart(job, { ...options, files, unwanted, stopped: stopped.signal })
      } catch (thrown) {
        if (stopped.signal.aborted && thrown instanceof InterruptedError) {
          await job.moveToWait(token)
          throw new WaitingError()
        }
        log.warn({ part: id, attempt: job.attemptsMade + 1, err: thrown }, 'part failed')
        const text = partErrorText(thrown)
        throw unwanted.signal.aborted || isFinal(thrown) ? new UnrecoverableError(text) : new Error(text)
      } finally {
        running.delete(id)
      }
    },
    {
      connection: redis,
      prefix: keyPrefix,
      concurrency,
      lockDuration: stalledMillis,
      stalledInterval: stalledMillis,
      maxStalledCount: mostDeaths,
      ...(partsPerSecond !== undefined && { limiter: { max: partsPerSecond, duration: 1000 } }),
    },
  )
  worker.on('error', (err) => log.warn({ err }, 'Redis'))
  worker.on('stalled', (part) =>
    log.warn({ part }, 'a worker died, or was silent for too long: its part is done again'),
  )
  // Another worker has them.
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) running.get(id)?.abort()
  })
  await worker.waitUntilReady()
  log.info({ databaseId, concurrency }, 'worker started')
  await aborted(signal)
  await worker.pause(true)
  const isIdle = async () => {
    while (running.size > 0) await delay(50)
  }
  await Promise.race([isIdle(), delay(graceMillis(), undefined, { ref: false })])
  stopped.abort()
  await worker.close()
  log.info({}, 'worker stopped')
}

interface DoPartOptions extends PartWorkerOptions {
  readonly files: SharedFiles
  /** Aborted when nobody waits for the part any more, or another worker has it. */
  readonly unwanted: AbortController
  readonly stopped: AbortSignal
}

async function doPart(job: Job<string, string>, options: DoPartOptions): Promise<string> {
  const { redis, handlers, files, unwanted, stopped, log } = options
  const { id = '', name, data, parentKey } = job
  if (!isKind(name, handlers)) throw new UnrecoverableError(`Cannot do a part '${name}'`)
  const startedAt = performance.now()
  let told = 0
  let done = 0
  const isWanted = async () => parentKey === undefined || (await redis.exists(parentKey)) > 0
  const tell = async () => {
    if (!(await isWanted())) unwanted.abort()
    else if (told !== done) {
      told = done
      await job.updateProgress(done)
    }
  }
  const timer = setInterval(() => tell().catch(() => undefined), tellEveryMillis)
  try {
    const text = await handlers[name](data, {
      signal: AbortSignal.any([unwanted.signal, stopped]),
      flowId: flowOfPart(id),
      files,
      onProgress: (now) => {
        done = now
      },
    })
    log.info({ part: id, kind: name, seconds: (performance.now() - startedAt) / 1000 }, 'part done')
    return text
  } finally {
    clearInterval(timer)
  }
}

function isKind(name: string, handlers: Readonly<Record<PartKind, PartHandler>>): name is PartKind {
  return Object.hasOwn(handlers, name)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
