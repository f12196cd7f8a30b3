import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { inProcessEngine } from '../../src/jobs/in-process-engine.ts'
import type { Flow, PartControl } from '../../src/jobs/work-engine.ts'

function flowOf(inProcess: (part: number, control: PartControl) => Promise<number>): Flow<number, number> {
  return { id: 'run', identity: 'run', kind: 'train', parts: [1, 2, 3, 4], sizeOf: (part) => 10 * part, inProcess }
}

describe('the engine of one machine', () => {
  it('gives results in the order of the parts, so many at a time', async () => {
    let running = 0
    let most = 0
    const results = await inProcessEngine(2).run(
      flowOf(async (part) => {
        most = Math.max(most, ++running)
        await delay(5 * (5 - part))
        running--
        return part * part
      }),
      {},
    )
    expect(results).toEqual([1, 4, 9, 16])
    expect(most).toBe(2)
  })

  it('tells how far all parts are together; one that ends early counts as whole', async () => {
    const told: number[] = []
    await inProcessEngine(1).run(
      flowOf(async (part, { onProgress }) => {
        onProgress(5 * part)
        return part
      }),
      { onProgress: (done, of) => told.push(done / of) },
    )
    expect(told).toEqual([5, 10, 20, 30, 45, 60, 80, 100].map((done) => done / 100))
  })

  it('begins no part after one has failed, ends those that run, and throws the first failure', async () => {
    const begun: number[] = []
    const failed = inProcessEngine(2).run(
      flowOf(async (part, { signal }) => {
        begun.push(part)
        if (part === 2) throw new RangeError('part 2')
        await delay(60_000, undefined, { signal })
        return part
      }),
      {},
    )
    await expect(failed).rejects.toThrow(new RangeError('part 2'))
    expect(begun).toEqual([1, 2])
  })

  it('ends all parts once the signal is aborted', async () => {
    const stop = new AbortController()
    const interrupted = inProcessEngine(1).run(
      flowOf(async (_part, { signal }) => {
        stop.abort()
        expect(signal.aborted).toBe(true)
        throw new InterruptedError('Interrupted')
      }),
      { signal: stop.signal },
    )
    await expect(interrupted).rejects.toThrow(InterruptedError)
  })
})
