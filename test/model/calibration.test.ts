import { describe, expect, it } from 'vitest'
import { calibrationOf, sumOfBins } from '../../src/model/calibration.ts'

describe('calibrationOf()', () => {
  it('sets the confidence of predictions beside how often they are right', () => {
    // Two at 0.75, one of them right; two at 0.95, both right.
    const probabilities = [
      [0.75, 0.25],
      [0.25, 0.75],
      [0.95, 0.05],
      [0.05, 0.95],
    ]
    const { bins, expectedError } = calibrationOf(probabilities, [0, 0, 0, 1])
    expect(bins[7]).toEqual({ count: 2, confidence: 0.75, accuracy: 0.5 })
    expect(bins[9]).toEqual({ count: 2, confidence: 0.95, accuracy: 1 })
    expect(bins[8]).toEqual({ count: 0, confidence: null, accuracy: null })
    // (2 |0.75 - 0.5| + 2 |0.95 - 1|) / 4
    expect(expectedError).toBeCloseTo(0.15, 12)
  })

  it('counts certainty in the last interval', () => {
    expect(calibrationOf([[0, 1]], [1]).bins.at(-1)).toEqual({ count: 1, confidence: 1, accuracy: 1 })
  })
})

describe('sumOfBins()', () => {
  it('is what all predictions together say', () => {
    const [first, second] = [
      {
        probabilities: [
          [0.6, 0.4],
          [0.35, 0.65],
        ],
        expected: [0, 0],
      },
      {
        probabilities: [
          [0.95, 0.05],
          [0.64, 0.36],
        ],
        expected: [0, 0],
      },
    ] as const
    const together = calibrationOf(
      [...first.probabilities, ...second.probabilities],
      [...first.expected, ...second.expected],
    )
    const sum = sumOfBins([first, second].map(({ probabilities, expected }) => calibrationOf(probabilities, expected)))
    expect(sum.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 3, 0, 0, 1])
    for (const [i, { confidence, accuracy }] of sum.entries()) {
      expect(confidence ?? -1).toBeCloseTo(together.bins[i]?.confidence ?? -1, 12)
      expect(accuracy ?? -1).toBeCloseTo(together.bins[i]?.accuracy ?? -1, 12)
    }
  })
})
