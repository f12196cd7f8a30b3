import { describe, expect, it } from 'vitest'
import type { EpochRecord } from '../../src/model/train.ts'
import { trainingProgress } from '../../src/pipeline/training-progress.ts'

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
