import { describe, expect, it } from 'vitest'
import { foldFormat } from '../../../src/model/fold-record.ts'
import { bestMeanEpoch, partsOf, testCurve, validationChoice } from '../../../src/pipeline/evaluate/epoch-choice.ts'

/** Two graphs of classes 0 and 1; the first to validate, the second to test. */
const held = { truth: { classCount: 2, classes: [0, 1] }, validationCount: 1 }
const epoch = (at: number, validation: number, test: number) => ({
  epoch: at,
  learningRate: 0.1,
  trainLoss: 1,
  outputs: Float32Array.of(validation, 0, 0, test),
})

describe('validationChoice()', () => {
  it('takes the epoch with the lowest validation loss, whatever the test part says', () => {
    const choose = validationChoice(held)
    expect(choose([])).toBe(0)
    const epochs = [epoch(1, 1, -9), epoch(2, 3, -9), epoch(3, 2, 9)]
    expect(choose(epochs.slice(0, 1))).toBe(1)
    expect(choose(epochs)).toBe(2)
    expect(choose([...epochs, epoch(4, 4, -9)])).toBe(4)
  })
})

describe('partsOf()', () => {
  it('gives the validation graphs, then the test graphs', () => {
    const { validation, test } = partsOf(held, Float32Array.of(1, 2, 3, 4))
    expect(validation).toEqual({ outputs: Float32Array.of(1, 2), truth: { classCount: 2, classes: [0] } })
    expect(test).toEqual({ outputs: Float32Array.of(3, 4), truth: { classCount: 2, classes: [1] } })
  })
})

describe('testCurve()', () => {
  it('is the accuracy on the test part at every epoch', () => {
    const epochs = [epoch(1, 5, -1), epoch(2, 5, 1)]
    const record = { ...held, format: foldFormat, identity: '', epochs, trainSeconds: 1, learner: null } as const
    expect(testCurve(record)).toEqual([0, 1])
  })
})

describe('bestMeanEpoch()', () => {
  it('takes the first epoch with the highest mean over folds, as far as all of them went', () => {
    expect(
      bestMeanEpoch([
        [0.5, 0.7, 0.9, 0.1, 1],
        [0.9, 0.7, 0.5, 0.1],
      ]),
    ).toBe(1)
    expect(
      bestMeanEpoch([
        [0.5, 0.9, 0.6],
        [0.5, 0.5, 0.9],
      ]),
    ).toBe(3)
  })
})
