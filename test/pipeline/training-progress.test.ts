import { describe, expect, it } from 'vitest'
import type { EpochRecord } from '../../src/model/train.ts'
import { expectedEpochs, trainingProgress } from '../../src/pipeline/training-progress.ts'

const classes: EpochRecord = {
  epoch: 3,
  learningRate: 0.001,
  trainLoss: 0.25,
  validationLoss: 0.5,
  validationAccuracy: 0.875,
  validationMeanAbsoluteError: null,
}

describe('trainingProgress()', () => {
  it('shows the accuracy of classes', () => {
    expect(trainingProgress(classes)).toBe('loss 0.250, validation loss 0.500, accuracy 0.875')
  })

  it.each([
    [1234.56, '1,235'],
    [0.000123456, '0.0001235'],
    [0, '0'],
  ])('shows the mean absolute error %d of numbers, in their units', (error, shown) => {
    const numbers = { ...classes, validationAccuracy: null, validationMeanAbsoluteError: error }
    expect(trainingProgress(numbers)).toBe(`loss 0.250, validation loss 0.500, mean absolute error ${shown}`)
  })
})

describe('expectedEpochs()', () => {
  const expectedAfter = (losses: readonly number[], options: { epochs: number; patience: number }) => {
    const expected = expectedEpochs({ ...options, epochChoice: 'loss' })
    return losses.map((validationLoss, i) => expected({ ...classes, epoch: i + 1, validationLoss }))
  }

  it('is the best epoch so far and the patience after it, where that is less than all epochs', () => {
    expect(expectedAfter([0.5, 0.4, 0.6, 0.4, 0.3], { epochs: 100, patience: 3 })).toEqual([4, 5, 5, 5, 8])
  })

  it('goes by accuracy where that chooses', () => {
    const expected = expectedEpochs({ epochs: 100, patience: 3, epochChoice: 'accuracy' })
    const told = (epoch: number, validationAccuracy: number, validationLoss: number) =>
      expected({ ...classes, epoch, validationAccuracy, validationLoss })
    expect([told(1, 0.5, 1), told(2, 0.75, 9), told(3, 0.5, 0.1), told(4, 0.75, 8)]).toEqual([4, 5, 5, 7])
  })

  it('is never more than all epochs', () => {
    expect(expectedAfter([0.5, 0.4, 0.3], { epochs: 5, patience: 3 })).toEqual([4, 5, 5])
  })
})
