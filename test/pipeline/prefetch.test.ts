import { describe, expect, it } from 'vitest'
import { prefetch } from '../../src/pipeline/prefetch.ts'

describe('prefetch()', () => {
  it('gives the same values in the same order', async () => {
    expect(await listOf(prefetch(numbers(3)))).toEqual([1, 2, 3])
    expect(await listOf(prefetch(numbers(0)))).toEqual([])
  })

  it('asks for one value more than the caller works on, and never for two', async () => {
    const asked: number[] = []
    const source = prefetch(numbers(4, asked))
    for (const [worksOn, askedFor] of [
      [1, [1, 2]],
      [2, [1, 2, 3]],
      [3, [1, 2, 3, 4]],
    ]) {
      expect((await source.next()).value).toBe(worksOn)
      expect(asked).toEqual(askedFor)
    }
    await source.return(undefined)
  })

  it('throws what the source throws, after the values before it', async () => {
    async function* failing() {
      yield 1
      throw new Error('the second page is gone')
    }
    const source = prefetch(failing())
    expect((await source.next()).value).toBe(1)
    await expect(source.next()).rejects.toThrow('the second page is gone')
  })

  it('ends the source when the caller stops early, even if what was read ahead fails', async () => {
    let ended = false
    async function* failing() {
      try {
        yield 1
        throw new Error('nobody waits for this')
      } finally {
        ended = true
      }
    }
    for await (const value of prefetch(failing())) {
      expect(value).toBe(1)
      break
    }
    expect(ended).toBe(true)
  })
})

/** 1 to `count`; notes what it was asked for. */
async function* numbers(count: number, asked: number[] = []): AsyncGenerator<number> {
  for (let n = 1; n <= count; n++) {
    asked.push(n)
    yield n
  }
}

async function listOf<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const value of source) list.push(value)
  return list
}
