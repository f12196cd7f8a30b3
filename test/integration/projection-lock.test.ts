/** Two runs of one projection at once, and locks whose holders are gone. */
import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { throwIfInterrupted } from '../../src/errors.ts'
import { withProjectionLock } from '../../src/pipeline/projection-lock.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { refusalOf } from './support/refusal.ts'
import { createSmallGraphs, smallConfig, smallCounts, syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const config = () => smallConfig(join(place.folder, 'models'))
const change = (cypher: string) => place.database.execute(cypher, {})
const lockCount = async () => (await place.database.query('MATCH (l:SmgLock) RETURN count(l)', {})).rows[0]?.[0]

/** A lock as a run of this machine or another left it. */
const leaveLock = (host: string, pid: number, expires: string) =>
  change(
    `CREATE (:SmgLock {projection: 'molecules', owner: 'run-0', host: '${host}', pid: ${pid}, identity: 'gone',
     since: datetime('2026-01-02T03:04:05Z'), expiresAt: datetime() + duration('${expires}')})`,
  )

describe('a sync while another one of the same projection is at work', () => {
  it('refuses, says which run that is, and lets it finish', async () => {
    await createSmallGraphs(place.database)
    let second: Promise<unknown> = Promise.resolve('not started')
    const first = await sync(place.database, config(), {
      ...syncOptions('run-1'),
      onProgress: (phase, done) => {
        if (phase === 'train' && done === 1) second = refusalOf(sync(place.database, config(), syncOptions('run-2')))
      },
    })
    expect(await second).toEqual({
      exitCode: 1,
      message: expect.stringMatching(
        new RegExp(
          `^Cannot sync projection 'molecules': run run-1 \\(process ${process.pid} on ${hostname()}\\) is at work on it since 20.*; wait until it has ended`,
        ),
      ),
    })
    expect(first).toMatchObject({ scored: smallCounts.graphs, failed: 0 })
    expect(await lockCount()).toBe(0n)
    expect(await sync(place.database, config(), syncOptions('run-3'))).toMatchObject({ scored: 0 })
  })

  it('only looks, with dryRun', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, config(), syncOptions('run-1'))
    await leaveLock('elsewhere', 1, 'PT1M')
    expect(await sync(place.database, config(), syncOptions('run-2', { dryRun: true }))).toMatchObject({
      unchanged: 12,
    })
    expect(await lockCount()).toBe(1n)
  })
})

describe('a run that a dead process has left running', () => {
  it('is marked as failed by the next sync of its projection', async () => {
    await createSmallGraphs(place.database)
    await change(
      `UNWIND ['molecules', 'others'] AS projection
       CREATE (:SmgRun {runId: 'run-of-' + projection, projection: projection, status: 'RUNNING'})`,
    )
    await sync(place.database, config(), syncOptions('run-1'))
    const runs = await place.database.query(
      'MATCH (r:SmgRun) RETURN r.runId, r.status, toString(r.finishedAt), r.error ORDER BY r.runId',
      {},
    )
    expect(runs.rows).toEqual([
      ['run-1', 'FINISHED', '2026-01-02T03:04:05.678Z', null],
      ['run-of-molecules', 'FAILED', '2026-01-02T03:04:05.678Z', 'its process ended before it could say how'],
      ['run-of-others', 'RUNNING', null, null],
    ])
  })
})

describe('a lock', () => {
  it.each([
    ['of a process of this machine that has ended is taken over at once', hostname(), 'PT1M'],
    ['of another machine is taken over when it has expired', 'elsewhere', '-PT1S'],
  ])('%s', async (_what, host, expires) => {
    await createSmallGraphs(place.database)
    await leaveLock(host, spawnSync('true').pid, expires)
    expect(await sync(place.database, config(), syncOptions('run-1'))).toMatchObject({ scored: smallCounts.graphs })
    expect(await lockCount()).toBe(0n)
  })

  it('of another machine holds until it has expired', async () => {
    await createSmallGraphs(place.database)
    await leaveLock('elsewhere', spawnSync('true').pid, 'PT1M')
    const { message } = await refusalOf(sync(place.database, config(), syncOptions('run-1')))
    expect(message).toContain('on elsewhere) is at work on it since 2026-01-02T03:04:05Z')
  })

  it('is held by one of many that ask at once', async () => {
    let atWork = 0
    const askers = Array.from({ length: 8 }, (_, i) =>
      withProjectionLock(place.database, { projection: 'molecules', run: `run-${i}` }, async () => {
        atWork++
        await delay(500)
      }),
    )
    const outcomes = await Promise.allSettled(askers)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(atWork).toBe(1)
  })

  it('is waited for where that is asked for, until it has expired', async () => {
    await createSmallGraphs(place.database)
    await leaveLock('elsewhere', 1, 'PT1.5S')
    const phases: string[] = []
    const onProgress = (phase: string) => void phases.push(phase)
    const options = syncOptions('run-1', { lockWait: true, lockOwner: 'run-1/2', onProgress })
    expect(await sync(place.database, config(), options)).toMatchObject({ scored: smallCounts.graphs, runId: 'run-1' })
    expect([phases[0], phases.at(-1)]).toEqual(['wait', 'score'])
    expect(phases.filter((phase) => phase === 'wait')).toHaveLength(1)
  })

  it('is waited for no longer than the signal lets it', async () => {
    const asked = withProjectionLock(place.database, { projection: 'molecules', run: 'run-1' }, async () => {
      const waiting = new AbortController()
      const lock = {
        projection: 'molecules',
        run: 'run-1',
        owner: 'run-1/2',
        signal: waiting.signal,
        onWait: () => waiting.abort(),
      }
      return refusalOf(withProjectionLock(place.database, lock, async () => undefined))
    })
    expect(await asked).toMatchObject({ exitCode: 130, message: expect.stringContaining('waiting for projection') })
  })

  it('is renewed for as long as the work takes', async () => {
    const lock = { projection: 'molecules', run: 'run-1', leaseSeconds: 0.6 }
    await withProjectionLock(place.database, lock, async () => {
      await delay(1500)
      const others = withProjectionLock(place.database, { ...lock, run: 'run-2' }, async () => undefined)
      expect((await refusalOf(others)).message).toContain('run run-1')
    })
  })

  it('stops the work when it is lost', async () => {
    const lock = { projection: 'molecules', run: 'run-1', leaseSeconds: 0.6 }
    const work = withProjectionLock(place.database, lock, async (signal) => {
      await change("MATCH (l:SmgLock) SET l.owner = 'run-2'")
      for (;;) {
        throwIfInterrupted(signal, 'working')
        await delay(20)
      }
    })
    expect(await refusalOf(work)).toEqual({
      exitCode: 1,
      message:
        "Cannot go on with projection 'molecules': another run has taken its lock over; what was written so far is complete",
    })
    expect(await lockCount()).toBe(1n)
  })
})
