import { describe, expect, it } from 'vitest'
import { SmgError } from '../../src/errors.ts'
import { inHalves } from '../../src/neo4j/in-halves.ts'

class TooMuch extends SmgError {}

/** Adds numbers up, at most `most` at a time, and never a 13. */
function adding(most: number) {
  const calls: number[] = []
  const work = async (numbers: readonly number[]) => {
    calls.push(numbers.length)
    if (numbers.length > most || numbers.includes(13)) throw new TooMuch('too much')
    return numbers.reduce((sum, number) => sum + number, 0)
  }
  return { calls, halved: { work, failure: TooMuch, alone: (number: number) => -number } }
}

describe('inHalves()', () => {
  it('does all at once where that works', async () => {
    const { calls, halved } = adding(5)
    expect(await inHalves([1, 2, 3, 4, 5], halved)).toEqual([15])
    expect(calls).toEqual([5])
  })

  it('does halves, the larger one first, where all is too much', async () => {
    const { calls, halved } = adding(2)
    expect(await inHalves([1, 2, 3, 4, 5], halved)).toEqual([3, 3, 9])
    expect(calls).toEqual([5, 3, 2, 1, 2])
  })

  it('finds the items with which it fails alone', async () => {
    expect(await inHalves([1, 13, 3, 13], adding(4).halved)).toEqual([1, -13, 3, -13])
  })

  it('throws other errors, and does nothing with no items but once', async () => {
    const work = async () => {
      throw new RangeError('another')
    }
    await expect(inHalves([1, 2], { ...adding(1).halved, work })).rejects.toThrow(new RangeError('another'))
    expect(await inHalves([], adding(1).halved)).toEqual([0])
  })
})
