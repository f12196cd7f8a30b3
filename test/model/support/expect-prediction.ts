import { expect } from 'vitest'
import type { Prediction } from '../../../src/model/predict.ts'
import { expectClose } from './expect-close.ts'

/** Every number of two predictions, to `tolerance` times max(1, |expected|). */
export function expectSamePrediction(
  actual: Prediction | undefined,
  expected: Prediction | undefined,
  tolerance: number,
): void {
  if (!actual || !expected) throw new Error('Cannot compare: expected two predictions, got none')
  expect(actual.key).toBe(expected.key)
  for (const [got, wanted] of [
    [numbersOf(actual.outcome), numbersOf(expected.outcome)],
    [actual.embedding, expected.embedding],
    [actual.masks, expected.masks],
    [actual.maskChannels ?? [], expected.maskChannels ?? []],
  ] as const)
    expectClose({ shape: [got.length], data: got }, { shape: [wanted.length], data: wanted }, tolerance)
}

/** Probabilities, or values. [C] */
export function numbersOf(outcome: Prediction['outcome']): readonly number[] {
  return 'values' in outcome ? outcome.values : outcome.probabilities
}
