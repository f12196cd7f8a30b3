/** Parts of a run through a real Redis: what the engine of many machines promises, with parts that are told what to do. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LocalRedis, startLocalRedis } from '../../scripts/local-redis.ts'
import { InterruptedError, SmgError, SourceDataError } from '../../src/errors.ts'
import { partOfText, partText } from '../../src/jobs/part-text.ts'
import { type PartWorkerOptions, runPartWorker, type WorkerPartControl } from '../../src/jobs/part-worker.ts'
import { openRedis } from '../../src/jobs/redis-connection.ts'
import { redisEngine } from '../../src/jobs/redis-engine.ts'
import type { Flow, FlowOptions, WorkEngine } from '../../src/jobs/work-engine.ts'

const timing = { stalledMillis: 500, backoffMillis: 10, noticeMillis: 200 }
const databaseId = 'molecules'

let server: LocalRedis
beforeAll(async () => {
  server = await startLocalRedis({ keepsData: false })
})
afterAll(() => server.stop())

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  const redis = await openRedis(server.url)
  await redis.flushall()
  redis.disconnect()
})

async function engine(): Promise<WorkEngine> {
  const redis = await openRedis(server.url)
  const own = redisEngine({ redis, databaseId, timing })
  closing.push(async () => {
    await own.close()
    redis.disconnect()
  })
  return own
}

type Work = (part: number, control: WorkerPartControl) => Promise<bigint>
const square: Work = async (part) => BigInt(part) ** 2n

/** Stops it without grace, as the end of a test does. */
async function worker(
  work: Work = square,
  options: Pick<PartWorkerOptions, 'partsPerSecond'> = {},
): Promise<() => Promise<void>> {
  const redis = await openRedis(server.url)
  const stop = new AbortController()
  const handle = async (text: string, control: WorkerPartControl) =>
    partText(await work(partOfText<number>(text), control))
  const ended = runPartWorker({
    ...options,
    redis,
    databaseId,
    handlers: { score: handle, train: handle },
    concurrency: 1,
    signal: stop.signal,
    graceMillis: () => 0,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    stalledMillis: timing.stalledMillis,
  })
  const end = async () => {
    stop.abort()
    await ended
    redis.disconnect()
  }
  closing.push(end)
  return end
}

function flowOf(parts: readonly number[], changes: Partial<Flow<number, bigint>> = {}): Flow<number, bigint> {
  return {
    id: 'run-1',
    identity: 'model 1',
    kind: 'score',
    parts,
    sizeOf: (part) => part,
    inProcess: async () => {
      throw new Error('expected a worker to do it')
    },
    ...changes,
  }
}

const run = async (parts: readonly number[], options: FlowOptions = {}, changes: Partial<Flow<number, bigint>> = {}) =>
  (await engine()).run(flowOf(parts, changes), options)

/** The first part goes on until its signal is aborted, which `entered` resolves with. */
function heldPart() {
  let enter = (_: AbortSignal): void => {}
  const entered = new Promise<AbortSignal>((resolve) => {
    enter = resolve
  })
  let isFirst = true
  const work: Work = async (part, control) => {
    if (!isFirst) return square(part, control)
    isFirst = false
    enter(control.signal)
    return new Promise((_, reject) => {
      control.signal.addEventListener('abort', () => reject(new InterruptedError('Interrupted')))
    })
  }
  return { entered, work }
}

describe('the engine of many machines', () => {
  it('gives the results of all parts in their order, whoever did them', async () => {
    await worker()
    await worker()
    expect(await run([1, 2, 3, 4, 5])).toEqual([1n, 4n, 9n, 16n, 25n])
  })

  it('leaves nothing of a run in Redis', async () => {
    await worker()
    await run([1, 2, 3])
    const redis = await openRedis(server.url)
    const keys = await redis.keys('smg:*')
    redis.disconnect()
    expect(keys.filter((key) => key.includes('run-'))).toEqual([])
    expect(keys.filter((key) => /parts.*-\d+$/.test(key.split(':').at(-1) ?? ''))).toEqual([])
  })

  it('tells how far all parts are together', async () => {
    await worker()
    const told: [number, number][] = []
    await run([1, 2, 3], { onProgress: (done, of) => told.push([done, of]) })
    expect(told.at(-1)).toEqual([6, 6])
  })

  it('says when no worker is there, and waits for one', async () => {
    const notices: string[] = []
    const result = run([3], { onNotice: (sentence) => notices.push(sentence) })
    await expect
      .poll(() => notices, { timeout: 10_000 })
      .toEqual([expect.stringContaining("start it with 'smg worker'")])
    await worker()
    expect(await result).toEqual([9n])
  })

  it('tries a part again that failed, as often as it may help', async () => {
    let attempts = 0
    await worker(async (part) => {
      if (++attempts < 3) throw new SmgError('the database is away')
      return BigInt(part)
    })
    expect(await run([7])).toEqual([7n])
    expect(attempts).toBe(3)
  })

  it('fails with the error of a part that no attempt will mend, and drops the others', async () => {
    const done: number[] = []
    await worker(async (part) => {
      done.push(part)
      if (part === 1) throw new SourceDataError("Cannot read graph 'm1': expected a number, got a text")
      await delay(50)
      return 0n
    })
    const failed = run([1, 2, 3, 4, 5, 6, 7, 8, 9])
    await expect(failed).rejects.toThrow(SourceDataError)
    await expect(failed).rejects.toThrow("Cannot read graph 'm1': expected a number, got a text")
    expect(done.length).toBeLessThan(9)
  })

  it('lets the next attempt at a run go on with the parts of the one that died', async () => {
    const dead = await openRedis(server.url)
    const begun: string[] = []
    const onBegin = async (flowId: string) => void begun.push(flowId)
    const first = redisEngine({ redis: dead, databaseId, timing }).run(flowOf([1, 2, 3], { onBegin }), {})
    first.catch(() => undefined)
    const redis = await openRedis(server.url)
    closing.push(async () => redis.disconnect())
    while ((await redis.keys('smg:parts-*-2')).length === 0);
    dead.disconnect()
    const second = run([1, 2, 3], {}, { onBegin })
    await worker()
    expect(await second).toEqual([1n, 4n, 9n])
    expect(begun).toEqual([begun[0], begun[0]])
  })

  it('begins anew where the next attempt is at something else', async () => {
    const stop = new AbortController()
    const begun: string[] = []
    const onBegin = async (flowId: string) => {
      begun.push(flowId)
      if (begun.length === 1) stop.abort()
    }
    await expect(run([1, 2], { signal: stop.signal }, { onBegin })).rejects.toThrow(InterruptedError)
    await worker()
    expect(await run([5], {}, { onBegin, identity: 'model 2' })).toEqual([25n])
    expect(begun[1]).not.toBe(begun[0])
  })

  it('drops what is left of a run whose process died, where nobody will go on with it', async () => {
    const dead = await openRedis(server.url)
    const first = redisEngine({ redis: dead, databaseId, timing }).run(flowOf([1, 2, 3]), {})
    first.catch(() => undefined)
    const redis = await openRedis(server.url)
    closing.push(async () => redis.disconnect())
    while ((await redis.keys('smg:parts-*-2')).length === 0);
    dead.disconnect()
    await (await engine()).forget('run-1')
    expect((await redis.keys('smg:*')).filter((key) => /run-|-[0-2]$/.test(key))).toEqual([])
  })

  it('begins no more parts in a second than are allowed, over all workers', async () => {
    const begun: number[] = []
    const work: Work = async (part) => {
      begun.push(performance.now())
      return BigInt(part)
    }
    await worker(work, { partsPerSecond: 2 })
    await worker(work, { partsPerSecond: 2 })
    await run([1, 2, 3, 4, 5, 6])
    // The third after those before it, in the worst case those of the second before.
    const inTurn = begun.map((at, i) => at - (begun[i - 3] ?? Number.NEGATIVE_INFINITY))
    expect(Math.min(...inTurn.slice(3))).toBeGreaterThan(900)
  })

  it('ends what workers do of a run that is canceled', async () => {
    const { entered, work } = heldPart()
    await worker(work)
    const stop = new AbortController()
    const canceled = run([1, 2, 3], { signal: stop.signal })
    canceled.catch(() => undefined)
    const signal = await entered
    stop.abort()
    await expect(canceled).rejects.toThrow(InterruptedError)
    await expect.poll(() => signal.aborted, { timeout: 5000 }).toBe(true)
  })

  it('gives the part of a worker that is asked to stop to another', async () => {
    const { entered, work } = heldPart()
    const stopFirst = await worker(work)
    const result = run([6])
    await entered
    await stopFirst()
    await worker()
    expect(await result).toEqual([36n])
  })

  it('begins anew when Redis has forgotten everything', async () => {
    const { entered, work } = heldPart()
    await worker(work)
    const result = run([2, 3])
    const signal = await entered
    await server.kill()
    await server.start()
    await expect.poll(() => signal.aborted, { timeout: 10_000 }).toBe(true)
    expect(await result).toEqual([4n, 9n])
  }, 60_000)
})

describe('openRedis()', () => {
  it('says where there is none, without the password', async () => {
    await expect(openRedis('redis://ada:secret@127.0.0.1:1')).rejects.toThrow(
      /^Cannot reach Redis at redis:\/\/ada@127\.0\.0\.1:1: .*ECONNREFUSED.*leave SMG_REDIS_URL unset/,
    )
  })

  it('refuses what is no address', async () => {
    await expect(openRedis('localhost:6379')).rejects.toThrow('expected SMG_REDIS_URL as redis://HOST:6379')
  })
})
