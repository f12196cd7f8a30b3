import { describe, expect, it } from 'vitest'
import { mapAhead } from '../../src/pipeline/map-ahead.ts'

describe('mapAhead()', () => {
  it('gives what is made of each value, in the order of the values', async () => {
    const slowFirst = async (n: number) => {
      if (n === 1) await tick()
      return 10 * n
    }
    expect(await listOf(mapAhead([1, 2, 3], slowFirst, 2))).toEqual([10, 20, 30])
    expect(await listOf(mapAhead([], slowFirst, 2))).toEqual([])
  })

  it('works on as many further values as it may while the caller has one, and never on more', async () => {
    const begun: number[] = []
    const note = async (n: number) => {
      begun.push(n)
      return n
    }
    const source = mapAhead([1, 2, 3, 4, 5], note, 2)
    for (const [has, worksOn] of [
      [1, [1, 2, 3]],
      [2, [1, 2, 3, 4]],
      [3, [1, 2, 3, 4, 5]],
      [4, [1, 2, 3, 4, 5]],
    ]) {
      expect((await source.next()).value).toBe(has)
      expect(begun).toEqual(worksOn)
    }
    await source.return(undefined)
  })

  it('throws what the work on a value throws, after what was made of the values before it', async () => {
    const source = mapAhead([1, 2], async (n) => (n === 2 ? Promise.reject(new Error('no page 2')) : n), 1)
    expect((await source.next()).value).toBe(1)
    await expect(source.next()).rejects.toThrow('no page 2')
  })

  it('ends its source and what is under way when the caller stops early, even if that fails', async () => {
    let isEnded = false
    let isMade = false
    async function* numbers() {
      try {
        yield* [1, 2, 3]
      } finally {
        isEnded = true
      }
    }
    const work = async (n: number) => {
      if (n === 1) return n
      await tick()
      isMade = true
      throw new Error('nobody waits for this')
    }
    for await (const value of mapAhead(numbers(), work, 1)) {
      expect(value).toBe(1)
      break
    }
    expect([isEnded, isMade]).toEqual([true, true])
  })
})

const tick = () => new Promise((resolve) => setTimeout(resolve, 0))

async function listOf<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const value of source) list.push(value)
  return list
}
