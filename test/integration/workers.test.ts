/** Scoring runs and evaluations that workers do: the same database and the same numbers as without them. */
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LocalRedis, startLocalRedis } from '../../scripts/local-redis.ts'
import type { WorkEngine } from '../../src/jobs/work-engine.ts'
import { openRedisEngine } from '../../src/pipeline/distributed.ts'
import { evaluate } from '../../src/pipeline/evaluate/evaluate.ts'
import { graphsToEvaluate } from '../../src/pipeline/evaluate/evaluate-projection.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { holdLock } from './support/held-lock.ts'
import { type RunningSmg, startSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallConfig, smallGraphs, syncOptions } from './support/small-projection.ts'
import { farthest, parted, snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const timing = { stalledMillis: 1_000, backoffMillis: 50, noticeMillis: 5_000 }
let redis: LocalRedis
let empty: string

beforeAll(async () => {
  redis = await startLocalRedis()
  empty = await mkdtemp(join(tmpdir(), 'smg-empty-'))
})
afterAll(async () => {
  await redis.stop()
  await rm(empty, { recursive: true, force: true })
})

const running: RunningSmg[] = []
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})

/** In an empty folder, with nothing but variables of the environment. */
async function startWorker(): Promise<RunningSmg> {
  const worker = startSmg(['worker', '--stalled-after', '1', '--grace', '0'], {
    cwd: empty,
    env: { SMG_REDIS_URL: redis.url },
  })
  running.push(worker)
  await worker.said(/worker started/)
  return worker
}

async function withEngine<T>(work: (engine: WorkEngine) => Promise<T>): Promise<T> {
  const engine = await openRedisEngine(place.database, redis.url, { timing })
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

/** Which run trained the model is not told by its files. */
const ofTheMoment = /Millis$|^(folder|config|trainedBy)$/
/** What is done again counts what was left to do. */
const ofAttempts = /Millis$|^(folder|config|trainedBy|scored|added|changed|unchanged|nodePropertiesWritten)$/
const writtenNow = async (ignored = ofTheMoment) => parted(await snapshotOf(place.database, ignored))

describe('a scoring run of workers', () => {
  it('writes what one process writes, from an empty disk with nothing but addresses and credentials', async () => {
    await createSmallGraphs(place.database)
    const config = smallConfig(place.folder, { writing: { graphsPerPart: 5 } })
    const alone = await sync(place.database, config, syncOptions('run-1'))
    const expected = await writtenNow()
    await place.database.execute('MATCH (n) DETACH DELETE n', {})

    await createSmallGraphs(place.database)
    const worker = await startWorker()
    const told: number[] = []
    const onProgress = (phase: string, done: number) => phase === 'score' && told.push(done)
    const result = await withEngine((engine) =>
      sync(place.database, config, syncOptions('run-1', { engine, onProgress })),
    )
    expect(result).toMatchObject({
      graphCount: alone.graphCount,
      scored: alone.scored,
      nodePropertiesWritten: alone.nodePropertiesWritten,
    })
    const found = await writtenNow()
    expect(found.texts).toEqual(expected.texts)
    expect(farthest(found.numbers, expected.numbers)).toBeLessThan(1e-6)
    expect(told.at(-1)).toBe(12)
    expect(await readdir(empty)).toEqual([])
    worker.child.kill('SIGTERM')
    const { code, stderr } = await worker.ended
    expect(code).toBe(0)
    expect(stderr.match(/part done/g)).toHaveLength(3)
  })

  it('goes on with another worker when one is killed while it writes', async () => {
    await createSmallGraphs(place.database)
    const config = smallConfig(place.folder, { writing: { graphsPerPart: 5 } })
    await sync(place.database, config, syncOptions('run-0'))
    const expected = await writtenNow(ofAttempts)
    await place.database.execute("MATCH (m:Molecule) SET m.smgFingerprint = 'other'", {})
    const held = await holdLock("MATCH (m:Molecule {moleculeId: 'm7'}) SET m.held = true")
    const first = await startWorker()
    const result = withEngine((engine) => sync(place.database, config, syncOptions('run-0', { engine })))
    const isWriting = async () => {
      const { rows } = await place.database.query(
        "SHOW TRANSACTIONS YIELD currentQuery, status WHERE status CONTAINS 'Blocked' RETURN count(*)",
        {},
      )
      return Number(rows[0]?.[0]) > 0
    }
    await expect.poll(isWriting, { timeout: 30_000 }).toBe(true)
    first.child.kill('SIGKILL')
    await once(first.child, 'close')
    await held.release()
    await startWorker()
    expect(await result).toMatchObject({ graphCount: 12, failed: 0 })
    const found = await writtenNow(ofAttempts)
    expect(found.texts).toEqual(expected.texts)
    expect(farthest(found.numbers, expected.numbers)).toBeLessThan(1e-6)
  })

  it('writes nothing more once another run has the lock', async () => {
    await createSmallGraphs(place.database)
    const config = smallConfig(place.folder, { writing: { graphsPerPart: 5 } })
    await sync(place.database, config, syncOptions('run-0'))
    await place.database.execute("MATCH (m:Molecule) SET m.smgFingerprint = 'other'", {})
    const before = await snapshotOf(place.database, /^(askedAt|flow|run|owner)$/)
    await startWorker()
    // Between the binding of the lock and the first part.
    const stolen = withEngine((engine) =>
      sync(place.database, config, {
        ...syncOptions('run-1'),
        engine: {
          ...engine,
          run: (flow, options) =>
            engine.run(
              {
                ...flow,
                onBegin: async (flowId) => {
                  await flow.onBegin?.(flowId)
                  await place.database.execute("MATCH (l:SmgLock) SET l.owner = 'run-2', l.flow = 'another'", {})
                },
              },
              options,
            ),
        },
      }),
    )
    await expect(stolen).rejects.toThrow(/its run has ended, or another has taken its lock over/)
    await place.database.execute('MATCH (l:SmgLock) DELETE l', {})
    expect(await snapshotOf(place.database, /^(askedAt|flow|run|owner)$/)).toEqual(before)
  })
})

describe('an evaluation of workers', () => {
  it('gives the numbers that one process gives, and keeps its records where the command was given', async () => {
    await createSmallGraphs(place.database, smallGraphs(20))
    const configOf = (folder: string) =>
      smallConfig(place.folder, { evaluation: { directory: join(place.folder, folder), validationFolds: 2 } })
    const evaluation = async (folder: string, engine?: WorkEngine) => {
      const labelled = await graphsToEvaluate(place.database, configOf(folder), {})
      return evaluate(labelled, { compare: ['gin'], search: false, engine })
    }
    const alone = await evaluation('alone')
    await startWorker()
    const shared = await withEngine((engine) => evaluation('shared', engine))
    const withoutTimes = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (key, own) => (/Seconds$/.test(key) ? 0 : own)))
    expect(withoutTimes(shared)).toEqual(withoutTimes(alone))
    expect(await readdir(join(place.folder, 'shared', 'molecules'))).toEqual(
      await readdir(join(place.folder, 'alone', 'molecules')),
    )
  })
})
