import { describe, expect, it } from 'vitest'
import { calibrationOf } from '../../src/model/calibration.ts'

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
