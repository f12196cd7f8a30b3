import { describe, expect, it } from 'vitest'
import { foldFormat } from '../../../src/model/fold-record.ts'
import { bestMeanEpoch, foldCurves, partsOf, validationCosts } from '../../../src/pipeline/evaluate/epoch-choice.ts'
import { someLearner } from './support/some-learner.ts'

/** Two graphs of classes 0 and 1; the first to validate, the second to test. */
const held = { truth: { classCount: 2, classes: [0, 1] }, validationCount: 1, testCount: 1 }
const epoch = (at: number, validation: number, test: number) => ({
  epoch: at,
  learningRate: 0.1,
  trainLoss: 1,
  outputs: Float32Array.of(validation, 0, 0, test),
})

describe('validationCosts()', () => {
  it('choose the epoch with the lowest validation loss, whatever the test part says', () => {
    const costsOf = validationCosts(held, 'loss')
    expect(costsOf([]).chosen).toBe(0)
    const epochs = [epoch(1, 1, -9), epoch(2, 3, -9), epoch(3, 2, 9)]
    expect(costsOf(epochs.slice(0, 1)).chosen).toBe(1)
    expect(costsOf(epochs).chosen).toBe(2)
    expect(costsOf([...epochs, epoch(4, 4, -9)]).chosen).toBe(4)
  })

  it('never rise', () => {
    const { lowest } = validationCosts(held, 'loss')([epoch(1, 0, 0), epoch(2, 1, 0), epoch(3, -1, 0)])
    const loss = Math.log(1 + Math.exp(-1))
    expect(lowest).toEqual([Math.log(2), expect.closeTo(loss, 6), expect.closeTo(loss, 6)])
  })
})

describe('validationCosts() by accuracy', () => {
  /** Two validation graphs, of classes 0 and 1, right where the logit is positive, or negative. */
  const pair = { truth: { classCount: 2, classes: [0, 1] }, validationCount: 2, testCount: 0 }
  const rows = (at: number, first: number, second: number) => ({
    ...epoch(at, 0, 0),
    outputs: Float32Array.of(first, 0, second, 0),
  })

  it('choose the epoch with the fewest wrong graphs, however wrong the others are', () => {
    // Both wrong by little, with loss 0.74; then one of them right and the other wrong by much, with loss 4.5.
    const epochs = [rows(1, -0.1, 0.1), rows(2, 9, 9)]
    expect(validationCosts(pair, 'accuracy')(epochs).chosen).toBe(2)
    expect(validationCosts(pair, 'loss')(epochs).chosen).toBe(1)
  })

  it('let the loss decide between equal accuracies', () => {
    const { chosen, lowest } = validationCosts(pair, 'accuracy')([rows(1, 1, -1), rows(2, 2, -2), rows(3, 1.5, -1.5)])
    expect(chosen).toBe(2)
    expect(lowest[2]).toBe(lowest[1])
    expect(lowest[1]).toBeLessThan(1e-7)
  })
})

describe('partsOf()', () => {
  it('gives the validation graphs, then the test graphs', () => {
    const { validation, test } = partsOf(held, Float32Array.of(1, 2, 3, 4))
    expect(validation).toEqual({ outputs: Float32Array.of(1, 2), truth: { classCount: 2, classes: [0] } })
    expect(test).toEqual({ outputs: Float32Array.of(3, 4), truth: { classCount: 2, classes: [1] } })
  })
})

const recordOf = (...epochs: ReturnType<typeof epoch>[]) =>
  ({ ...held, format: foldFormat, identity: '', epochs, trainSeconds: 1, learner: someLearner }) as const

describe('foldCurves()', () => {
  it('are the accuracies on each part that was held out, at every epoch', () => {
    expect(foldCurves(recordOf(epoch(1, 5, -1), epoch(2, 5, 1)))).toEqual({
      trainLoss: [1, 1],
      validation: [1, 1],
      test: [0, 1],
      train: null,
    })
  })

  it('have the graphs that are trained on, where their outputs were kept', () => {
    const outputs = (train: number) => Float32Array.of(0, 1, train, 0)
    const epochs = [
      { ...epoch(1, 0, 0), outputs: outputs(-1) },
      { ...epoch(2, 0, 0), outputs: outputs(1) },
    ]
    const record = { ...recordOf(...epochs), truth: { classCount: 2, classes: [1, 0] }, validationCount: 0 }
    expect(foldCurves(record)).toMatchObject({ validation: null, test: [1, 1], train: [0, 1] })
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
