import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { midRanks, rankCorrelation } from '../../src/model/ranks.ts'

/** Few different values, so that some are equal. */
const numbers = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 12 })

describe('midRanks()', () => {
  it('count from the smallest, equal values sharing the mean of their ranks', () => {
    expect([...midRanks([10, 30, 10, 20])]).toEqual([1.5, 4, 1.5, 3])
    expect([...midRanks([7, 7, 7])]).toEqual([2, 2, 2])
    expect([...midRanks([])]).toEqual([])
  })

  it('always have the same sum, and depend on the order alone', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const ranks = midRanks(values)
        expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe((values.length * (values.length + 1)) / 2)
        expect(midRanks(values.map((value) => value ** 3 + 100))).toEqual(ranks)
      }),
    )
  })
})

describe('rankCorrelation()', () => {
  it('is 1 - 6 sum of squared differences of ranks / (N (N² - 1)) where no values are equal', () => {
    // Ranks differ by 0, 1, 1 and 0: 1 - 6 * 2 / (4 * 15)
    expect(rankCorrelation([1, 2, 3, 4], [10, 30, 20, 40])).toBeCloseTo(0.8, 12)
  })

  it('is between -1 and 1, the same both ways, 1 with itself, and turns its sign with an order that is turned round', () => {
    fc.assert(
      fc.property(numbers, fc.infiniteStream(fc.integer({ min: -3, max: 3 })), (a, stream) => {
        const b = a.map(() => stream.next().value)
        const correlation = rankCorrelation(a, b)
        fc.pre(correlation !== null && rankCorrelation(a, a) !== null)
        expect(Math.abs(correlation)).toBeLessThanOrEqual(1 + 1e-12)
        expect(rankCorrelation(b, a)).toBeCloseTo(correlation, 12)
        expect(
          rankCorrelation(
            a,
            b.map((value) => -value),
          ),
        ).toBeCloseTo(-correlation, 12)
        expect(rankCorrelation(a, a)).toBeCloseTo(1, 12)
      }),
    )
  })

  it('does not exist where all values of one side are equal', () => {
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNull()
    expect(rankCorrelation([1], [2])).toBeNull()
  })
})
