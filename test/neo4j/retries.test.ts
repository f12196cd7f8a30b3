import { describe, expect, it } from 'vitest'
import { withRetries } from '../../src/neo4j/retries.ts'

/** Fails so many times with `thrown`, then gives the number of the try. */
function failing(times: number, thrown: unknown = new Error('away')) {
  let tries = 0
  return {
    tries: () => tries,
    work: async () => {
      tries++
      if (tries <= times) throw thrown
      return tries
    },
  }
}

const passes = () => true

describe('withRetries()', () => {
  it('gives the result of the first try that does not fail', async () => {
    const { work } = failing(2)
    expect(await withRetries(work, { budgetMillis: 10_000, passes })).toBe(3)
  })

  it('throws what the last try threw when the next one would be past the budget', async () => {
    const away = new Error('away')
    const { work, tries } = failing(9, away)
    const startedAt = performance.now()
    // Pauses of 0.25 s and 0.5 s, a fifth more or less, would be too long together, whatever their luck.
    await expect(withRetries(work, { budgetMillis: 550, passes })).rejects.toBe(away)
    expect(tries()).toBe(2)
    expect(performance.now() - startedAt).toBeGreaterThan(150)
  })

  it('tries once with a budget of 0, and once what does not pass', async () => {
    const [hurried, hopeless] = [failing(9), failing(9)]
    await expect(withRetries(hurried.work, { budgetMillis: 0, passes })).rejects.toThrow('away')
    await expect(withRetries(hopeless.work, { budgetMillis: 60_000, passes: () => false })).rejects.toThrow('away')
    expect([hurried.tries(), hopeless.tries()]).toEqual([1, 1])
  })

  it('leaves a pause when the signal comes, and tries no more than once again', async () => {
    const { work, tries } = failing(9)
    const startedAt = performance.now()
    const done = withRetries(work, { budgetMillis: 60_000, passes, signal: AbortSignal.timeout(50) })
    await expect(done).rejects.toThrow('away')
    expect(tries()).toBe(2)
    expect(performance.now() - startedAt).toBeLessThan(200)
  })
})
