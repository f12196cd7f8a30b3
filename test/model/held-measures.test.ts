import { describe, expect, it } from 'vitest'
import { heldAccuracy, heldLoss, heldMeasures, truthWithin } from '../../src/model/held-measures.ts'

/** Logits of four graphs for two classes: right, wrong, right, undecided. */
const logits = Float32Array.of(2, 0, 3, 1, 0, 1, 0, 0)
const classes = { classCount: 2, classes: [0, 1, 1, 0] }

describe('heldMeasures()', () => {
  it('says of classes what the metrics say, which are taken for which, and how certain', () => {
    const measures = heldMeasures(logits, classes)
    const [right, wrong] = [Math.log(1 + Math.exp(-2)), Math.log(1 + Math.exp(2))]
    expect(measures.loss).toBeCloseTo((right + wrong + Math.log(1 + Math.exp(-1)) + Math.log(2)) / 4, 6)
    // The undecided one counts as of the first class.
    expect(measures).toMatchObject({
      accuracy: 0.75,
      confusion: [
        [2, 0],
        [1, 1],
      ],
    })
  })

  it('says of numbers how far off they are, in their own units', () => {
    const truth = { scaling: { mean: [10], std: [2] }, values: [[12], [8]] }
    // Predicted 12 and 10, where the targets are 12 and 8: standardised 1 and 0, where they are 1 and -1.
    const measures = heldMeasures(Float32Array.of(1, 0), truth)
    // Squared errors 0 and 4, where the mean of 10 has 4 and 4.
    expect(measures).toEqual({ loss: 0.5, meanAbsoluteError: 1, rootMeanSquaredError: Math.SQRT2, rSquared: 0.5 })
    expect(heldAccuracy(Float32Array.of(1, 0), truth)).toBeNull()
  })

  it('says nothing of how much is explained where all values are equal', () => {
    const truth = { scaling: { mean: [10], std: [1] }, values: [[12], [12]] }
    expect(heldMeasures(Float32Array.of(1, 0), truth)).toMatchObject({ meanAbsoluteError: 1.5, rSquared: null })
  })

  it('agrees with the loss and the accuracy alone, part by part', () => {
    expect(heldMeasures(logits, classes)).toMatchObject({ loss: heldLoss(logits, classes), accuracy: 0.75 })
    expect(heldAccuracy(logits, classes)).toBe(0.75)
    expect(heldAccuracy(logits.subarray(0, 4), truthWithin(classes, 0, 2))).toBe(0.5)
    expect(heldAccuracy(logits.subarray(4), truthWithin(classes, 2, 4))).toBe(1)
  })
})
