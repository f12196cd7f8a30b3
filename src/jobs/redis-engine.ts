/**
 * The engine of many machines: a run is a flow of BullMQ on Redis, its parts are done by the workers that serve the database. What
 * waits for the parts is the process that began the run; when it dies, the next attempt at the run goes on with the same flow.
 */
import { randomUUID } from 'node:crypto'
import { FlowProducer, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { throwIfInterrupted } from '../errors.ts'
import { cancelFlow, findFlow, followFlow, unfinishedFlows } from './follow-flow.ts'
import {
  attempts,
  keyPrefix,
  type PartTiming,
  partId,
  partQueueName,
  runQueueName,
  usualTiming,
} from './part-queues.ts'
import { partOfText, partText } from './part-text.ts'
import { sharedFiles } from './shared-files.ts'
import type { Flow, FlowOptions, PartKind, WorkEngine } from './work-engine.ts'

export interface RedisEngineOptions {
  /** Open; whoever opened it closes it after the engine. */
  readonly redis: Redis
  readonly databaseId: string
  readonly timing?: PartTiming | undefined
}

/** The lower, the sooner: somebody waits for scores, an evaluation may take the night. */
const priorities: Readonly<Record<PartKind, number>> = { score: 1, train: 10 }

export function redisEngine(engineOptions: RedisEngineOptions): WorkEngine {
  const { redis, databaseId, timing = usualTiming } = engineOptions
  const connection = { connection: redis, prefix: keyPrefix }
  const producer = new FlowProducer(connection)
  // Of a server that is away, which is waited for.
  producer.on('error', () => undefined)
  const files = sharedFiles(redis, databaseId)

  const begin = async <P, R>(flow: Flow<P, R>, flowId: string): Promise<void> => {
    const { folder = '', needed = [] } = flow.files ?? {}
    for (const name of needed) await files.share(folder, name)
    await producer.add({
      name: flow.kind,
      queueName: runQueueName(databaseId, flow.id),
      data: { identity: flow.identity, partCount: flow.parts.length },
      opts: { jobId: flowId },
      children: flow.parts.map((part, i) => ({
        name: flow.kind,
        queueName: partQueueName(databaseId),
        data: partText(part),
        opts: {
          jobId: partId(flowId, i),
          priority: priorities[flow.kind],
          attempts,
          backoff: { type: 'exponential', delay: timing.backoffMillis },
          continueParentOnFailure: true,
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    })
  }

  const resultsOf = async <P, R>(
    runQueue: Queue,
    flow: Flow<P, R>,
    options: FlowOptions,
  ): Promise<readonly string[]> => {
    for (;;) {
      throwIfInterrupted(options.signal, 'working')
      const found = await findFlow(runQueue, flow.identity)
      const flowId = found ?? randomUUID()
      await flow.onBegin?.(flowId)
      if (found === null) await begin(flow, flowId)
      const follow = { ...options, ...engineOptions, timing, flowId, sizes: flow.parts.map(flow.sizeOf) }
      const results = await followFlow(runQueue, follow).catch(async (thrown: unknown) => {
        await cancelFlow(runQueue, flowId)
        throw thrown
      })
      // Else Redis has lost the flow, and all is to do again.
      if (results !== null) return results
    }
  }

  const withRunQueue = async <T>(runId: string, work: (runQueue: Queue) => Promise<T>): Promise<T> => {
    const runQueue = new Queue(runQueueName(databaseId, runId), connection)
    runQueue.on('error', () => undefined)
    try {
      return await work(runQueue)
    } finally {
      await runQueue.close()
    }
  }

  return {
    isDistributed: true,
    run: <P, R>(flow: Flow<P, R>, options: FlowOptions) =>
      withRunQueue(flow.id, async (runQueue) => {
        const texts = await resultsOf(runQueue, flow, options)
        await runQueue.obliterate({ force: true })
        const { folder = '', made = [] } = flow.files ?? {}
        for (const name of made) await files.fetch(folder, name)
        return texts.map((text) => partOfText<R>(text))
      }),
    forget: (runId) =>
      withRunQueue(runId, async (runQueue) => {
        for (const flowId of await unfinishedFlows(runQueue)) await cancelFlow(runQueue, flowId)
      }),
    close: () => producer.close(),
  }
}
