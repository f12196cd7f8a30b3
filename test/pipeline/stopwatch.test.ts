import { describe, expect, it } from 'vitest'
import { createStopwatch, measureEach } from '../../src/pipeline/stopwatch.ts'

/** A clock that stands still until it is moved. */
function testClock() {
  let millis = 1000
  return {
    now: () => millis,
    pass: async (passed: number) => {
      millis += passed
    },
  }
}

describe('createStopwatch()', () => {
  it('adds up the time of each phase, and all time since it was made', async () => {
    const { now, pass } = testClock()
    const stopwatch = createStopwatch(now)
    await stopwatch.measure('read', () => pass(10.4))
    await stopwatch.measure('write', () => pass(5))
    await pass(100)
    await stopwatch.measure('read', () => pass(20.4))
    expect([stopwatch.millis('read'), stopwatch.millis('write'), stopwatch.millis('train')]).toEqual([31, 5, 0])
    expect(stopwatch.totalMillis()).toBe(136)
  })

  it('counts time with several works of one phase once', async () => {
    const { now, pass } = testClock()
    const stopwatch = createStopwatch(now)
    const ends: (() => void)[] = []
    const writes = [1, 2].map(() => stopwatch.measure('write', () => new Promise<void>((end) => ends.push(end))))
    await pass(10)
    ends[0]?.()
    await writes[0]
    await pass(5)
    ends[1]?.()
    await writes[1]
    await pass(100)
    expect(stopwatch.millis('write')).toBe(15)
  })

  it('gives the result of the work, and counts the time of work that fails', async () => {
    const { now, pass } = testClock()
    const stopwatch = createStopwatch(now)
    expect(await stopwatch.measure('read', async () => 'rows')).toBe('rows')
    const failing = stopwatch.measure('read', async () => {
      await pass(7)
      throw new Error('no rows')
    })
    await expect(failing).rejects.toThrow('no rows')
    expect(stopwatch.millis('read')).toBe(7)
  })
})

describe('measureEach()', () => {
  it('counts the time of waiting for values, not that of working on them', async () => {
    const { now, pass } = testClock()
    const stopwatch = createStopwatch(now)
    async function* source() {
      await pass(1)
      yield 'a'
      await pass(2)
      yield 'b'
      await pass(4)
    }
    const values: string[] = []
    for await (const value of measureEach(stopwatch, 'read', source())) {
      await pass(100)
      values.push(value)
    }
    expect(values).toEqual(['a', 'b'])
    expect(stopwatch.millis('read')).toBe(7)
  })

  it('ends the source when the caller stops early', async () => {
    let ended = false
    async function* source() {
      try {
        yield 1
        yield 2
      } finally {
        ended = true
      }
    }
    for await (const _ of measureEach(createStopwatch(), 'read', source())) break
    expect(ended).toBe(true)
  })
})
