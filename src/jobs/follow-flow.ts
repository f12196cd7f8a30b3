/** Waits for the parts of a flow, as their parent: BullMQ hands it over when they are done, or one has failed for good. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Job, Queue, QueueEvents, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { InterruptedError, SmgError } from '../errors.ts'
import { type FlowProgress, sumOfProgress } from './flow-progress.ts'
import { partError } from './part-error.ts'
import { flowOfPart, indexOfPart, keyPrefix, type PartTiming, partQueueName } from './part-queues.ts'
import type { FlowOptions } from './work-engine.ts'

export interface FollowOptions extends FlowOptions {
  readonly redis: Redis
  readonly databaseId: string
  readonly flowId: string
  /** Units of each part. */
  readonly sizes: readonly number[]
  readonly timing: PartTiming
}

interface FlowData {
  readonly identity: string
  readonly partCount: number
}

const lookEveryMillis = 1_000
/** A stop does not wait longer for a server that is away. */
const longestCancelMillis = 2_000
const unfinished = ['waiting-children', 'waiting', 'prioritized', 'delayed', 'active'] as const

/** The flow of an earlier attempt at the run, `null` where there is none; flows of anything else are canceled. */
export async function findFlow(runQueue: Queue<FlowData>, identity: string): Promise<string | null> {
  let found: string | null = null
  for (const { id, data } of await runQueue.getJobs([...unfinished])) {
    if (id === undefined) continue
    if (data.identity === identity && found === null) found = id
    else await cancelFlow(runQueue, id)
  }
  return found
}

/** Ids of the flows that somebody has begun. */
export async function unfinishedFlows(runQueue: Queue): Promise<string[]> {
  return (await runQueue.getJobs([...unfinished])).flatMap(({ id }) => id ?? [])
}

/** Workers end what they do of it, as nobody waits for it any more. */
export async function cancelFlow(runQueue: Queue, flowId: string): Promise<void> {
  const cancel = async () => {
    const job = await runQueue.getJob(flowId)
    await job?.removeUnprocessedChildren()
    // Refused where it is just handed over; it goes with its queue then.
    await job?.remove({ removeChildren: false }).catch(() => undefined)
    await runQueue.obliterate({ force: true })
  }
  await Promise.race([cancel().catch(() => undefined), delay(longestCancelMillis, undefined, { ref: false })])
}

/**
 * The results of the parts, in their order; `null` where Redis has lost the flow.
 * @throws the error of a part that failed for good; InterruptedError once the signal is aborted
 */
export async function followFlow(runQueue: Queue<FlowData>, options: FollowOptions): Promise<readonly string[] | null> {
  const { redis, timing, signal } = options
  const ended = new AbortController()
  const waits = new Promise<readonly string[]>((resolve, reject) => {
    const parent = new Worker<FlowData>(
      runQueue.name,
      async (job) => {
        await outcomeOf(job).then(resolve, reject)
      },
      {
        connection: redis,
        prefix: keyPrefix,
        lockDuration: timing.stalledMillis,
        stalledInterval: timing.stalledMillis,
        maxStalledCount: Number.MAX_SAFE_INTEGER,
      },
    )
    parent.on('error', () => undefined)
    ended.signal.addEventListener('abort', () => parent.close().catch(() => undefined))
    const interrupt = () => reject(new InterruptedError('Interrupted; parts that are done stay done'))
    signal?.addEventListener('abort', interrupt, { once: true })
    if (signal?.aborted) interrupt()
  })
  const progress = sumOfProgress(options.sizes, options.onProgress)
  const stopTelling = tellProgress(progress, options)
  try {
    const results = await Promise.race([waits, goneFlow(runQueue, options, ended.signal)])
    // Whatever was not heard of.
    for (const part of results?.keys() ?? []) progress.end(part)
    return results
  } finally {
    ended.abort()
    await stopTelling()
  }
}

async function outcomeOf(parent: Job<FlowData>): Promise<readonly string[]> {
  const [failure] = Object.values(await parent.getFailedChildrenValues())
  if (failure !== undefined) throw partError(failure)
  const values = await parent.getChildrenValues<string>()
  const results = new Map(Object.entries(values).map(([key, text]) => [indexOfPart(key), text]))
  return Array.from({ length: parent.data.partCount }, (_, i) => {
    const text = results.get(i)
    if (text === undefined)
      throw new SmgError(
        `Cannot end the run: expected the results of ${parent.data.partCount} parts, got none of part ${i + 1}`,
      )
    return text
  })
}

/** Resolves when Redis does not know the flow any more, or another process has had its results and is gone with them. */
async function goneFlow(runQueue: Queue, { flowId }: FollowOptions, ended: AbortSignal): Promise<null> {
  for (;;) {
    await delay(lookEveryMillis, undefined, { signal: ended }).catch(() => undefined)
    if (ended.aborted) return new Promise(() => undefined)
    const state = await (await runQueue.getJob(flowId))?.getState()
    if (state === undefined || state === 'unknown' || state === 'completed' || state === 'failed') return null
  }
}

/** Until the function that it gives is called. */
function tellProgress(progress: FlowProgress, options: FollowOptions): () => Promise<void> {
  const { redis, databaseId, flowId, timing, onNotice } = options
  const connection = { connection: redis, prefix: keyPrefix }
  const queue = new Queue(partQueueName(databaseId), connection)
  const events = new QueueEvents(partQueueName(databaseId), connection)
  queue.on('error', () => undefined)
  events.on('error', () => undefined)
  events.on('progress', ({ jobId, data }) => {
    if (flowOfPart(jobId) === flowId && typeof data === 'number') progress.tell(indexOfPart(jobId), data)
  })
  events.on('completed', ({ jobId }) => {
    if (flowOfPart(jobId) === flowId) progress.end(indexOfPart(jobId))
  })
  const timer = setTimeout(async () => {
    const workers = await queue.getWorkersCount().catch(() => 1)
    if (workers === 0)
      onNotice?.("No worker serves this database yet, and the run waits for one; start it with 'smg worker'")
  }, timing.noticeMillis)
  return async () => {
    clearTimeout(timer)
    await Promise.all([queue.close(), events.close()]).catch(() => undefined)
  }
}
