import { describe, expect, it } from 'vitest'
import { pairedDifference } from '../../../src/pipeline/evaluate/paired-difference.ts'

const folds = (...differences: number[]) =>
  differences.map((difference) => ({ difference, testCount: 10, trainCount: 40 }))

describe('pairedDifference()', () => {
  it('widens the interval for training parts that overlap', () => {
    // Variance 1, (1 / 3 + 1 / 4) of it; 4.3027 is the 97.5 % quantile of t with two degrees of freedom.
    const { mean, interval } = pairedDifference(folds(1, 2, 3))
    expect(mean).toBe(2)
    const width = 4.302653 * Math.sqrt(7 / 12)
    expect(interval?.[0]).toBeCloseTo(2 - width, 5)
    expect(interval?.[1]).toBeCloseTo(2 + width, 5)
  })

  it('is the opposite for the opposite', () => {
    const { mean, interval } = pairedDifference(folds(0.5, -0.1, 0.3))
    const opposite = pairedDifference(folds(-0.5, 0.1, -0.3))
    expect(opposite.mean).toBeCloseTo(-mean, 12)
    expect(opposite.interval?.[0]).toBeCloseTo(-(interval?.[1] ?? Number.NaN), 12)
  })

  it('knows nothing of how sure it is from one fold', () => {
    expect(pairedDifference(folds(0.5))).toEqual({ mean: 0.5, interval: null })
  })

  it('is sure of what is the same on every fold', () => {
    expect(pairedDifference(folds(0.5, 0.5))).toEqual({ mean: 0.5, interval: [0.5, 0.5] })
  })
})
