import { describe, expect, it } from 'vitest'
import { type FoldRecord, foldFormat } from '../../../src/model/fold-record.ts'
import { spreadOf } from '../../../src/pipeline/evaluate/spread.ts'
import { summarize } from '../../../src/pipeline/evaluate/summary.ts'
import { bestTrial } from '../../../src/pipeline/evaluate/trial-outcomes.ts'
import { someLearner } from './support/some-learner.ts'

const one = [{ parameters: {} }]
const gin = { protocol: 'gin', epochChoice: 'loss' } as const
const nested = { protocol: 'nested', epochChoice: 'loss' } as const

/** Of two test graphs of class 0, and a validation graph of class 0 by protocol nested: right where the logit is positive. */
function trained(fold: number, tests: readonly (readonly number[])[], validations?: readonly number[]) {
  const outputs = (e: number) => {
    const rows = [...(validations ? [validations[e] ?? 0] : []), ...(tests[e] ?? [])]
    return Float32Array.from(rows.flatMap((logit) => [logit, 0]))
  }
  const record: FoldRecord = {
    format: foldFormat,
    identity: '',
    epochs: tests.map((_, e) => ({ epoch: e + 1, learningRate: 0.1, trainLoss: 1, outputs: outputs(e) })),
    truth: { classCount: 2, classes: validations ? [0, 0, 0] : [0, 0] },
    validationCount: validations ? 1 : 0,
    testCount: 2,
    trainSeconds: 2,
    learner: someLearner,
  }
  const task = { repeat: 1, fold, randomSeed: fold, train: [], validation: [], test: ['a', 'b'] }
  return { task, trainings: [{ record, end: 'epochs' as const }] }
}

describe('summarize()', () => {
  it('takes one epoch for all folds by protocol gin, the best of their mean on test data', () => {
    // Accuracies 1, 0.5 and 0.5, 1: alone each fold would be right; together both epochs give 0.75, and the first counts.
    const { folds, measures, confusion } = summarize(
      gin,
      [
        trained(1, [
          [1, 1],
          [1, -1],
        ]),
        trained(2, [
          [1, -1],
          [1, 1],
        ]),
      ],
      one,
    )
    expect(folds.map(({ epoch, curves }) => ({ epoch, curve: curves.test }))).toEqual([
      { epoch: 1, curve: [1, 0.5] },
      { epoch: 1, curve: [0.5, 1] },
    ])
    expect(measures['accuracy']).toEqual({ mean: 0.75, std: 0.25 })
    expect(confusion).toEqual([
      [3, 1],
      [0, 0],
    ])
  })

  it('takes for each fold the epoch of its lowest validation loss by protocol nested, whatever its test data say', () => {
    const { folds, measures } = summarize(
      nested,
      [
        trained(
          1,
          [
            [1, 1],
            [-1, -1],
          ],
          [1, 2],
        ),
        trained(
          2,
          [
            [1, 1],
            [-1, -1],
          ],
          [2, 1],
        ),
      ],
      one,
    )
    expect(folds.map(({ epoch, test }) => [epoch, 'accuracy' in test && test.accuracy])).toEqual([
      [2, 0],
      [1, 1],
    ])
    expect(measures['accuracy']).toEqual({ mean: 0.5, std: 0.5 })
  })

  it('takes for each fold the settings with the lowest validation loss, and tells how all of them did', () => {
    const fold = (number: number, ...validations: number[]) => {
      const tried = validations.map((validation, i) => trained(number, [[i, i]], [validation]))
      return { ...trained(number, [[0, 0]]), trainings: tried.flatMap(({ trainings }) => trainings) }
    }
    const trials = [{ parameters: { hidden: 8 } }, { parameters: { hidden: 16 } }]
    const { folds, trials: outcomes } = summarize(nested, [fold(1, 3, 1), fold(2, 1, 2), fold(3, 2, 1)], trials)
    expect(folds.map(({ trial }) => trial)).toEqual([1, 2, 1])
    const loss = (logit: number) => Math.log(1 + Math.exp(-logit))
    const mean = (logits: readonly number[]) => logits.reduce((sum, logit) => sum + loss(logit), 0) / logits.length
    expect(
      outcomes?.map(({ validationLoss, validationAccuracy, ...rest }) => [
        rest,
        validationLoss.mean,
        validationAccuracy?.mean,
      ]),
    ).toEqual([
      [{ trial: 1, parameters: { hidden: 8 }, chosenIn: 2, endedEarlyIn: 0 }, expect.closeTo(mean([3, 1, 2]), 6), 1],
      [{ trial: 2, parameters: { hidden: 16 }, chosenIn: 1, endedEarlyIn: 0 }, expect.closeTo(mean([1, 2, 1]), 6), 1],
    ])
    expect(bestTrial(outcomes ?? [], 'loss')?.trial).toBe(1)
  })

  it('takes epochs and settings with the highest validation accuracy where that chooses', () => {
    // Two validation graphs, of classes 0 and 1: wrong by little, one right and the other wrong by much, or both right by little.
    const [unsure, half, right] = [[-0.1, 0.1], [9, 9], [0.1, -0.1]] // biome-ignore format: short
    const tried = (...validations: (readonly number[] | undefined)[]) => {
      const { task, trainings } = trained(1, [[1, 1], [1, 1]]) // biome-ignore format: short
      return { task, trainings: trainings.map(({ record, end }) => ({ end, record: withPairs(record, validations) })) }
    }
    const withPairs = (record: FoldRecord, validations: readonly (readonly number[] | undefined)[]): FoldRecord => ({
      ...record,
      ...{ truth: { classCount: 2, classes: [0, 1, 0, 0] }, validationCount: 2 },
      epochs: record.epochs.map((epoch, e) => {
        const [a = 0, b = 0] = validations[e] ?? []
        return { ...epoch, outputs: Float32Array.of(a, 0, b, 0, ...epoch.outputs) }
      }),
    })
    const { task, trainings } = tried(unsure, half)
    const trials = [{ parameters: { hidden: 8 } }, { parameters: { hidden: 16 } }]
    const chosenBy = (epochChoice: 'loss' | 'accuracy', second: readonly number[] | undefined) => {
      const fold = { task, trainings: [...trainings, ...tried(second, second).trainings] }
      const { folds, trials: outcomes } = summarize({ protocol: 'nested', epochChoice }, [fold], trials)
      return [folds[0]?.trial, folds[0]?.epoch, bestTrial(outcomes ?? [], epochChoice)?.trial]
    }
    expect(chosenBy('loss', half)).toEqual([1, 1, 1])
    expect(chosenBy('accuracy', unsure)).toEqual([1, 2, 1])
    expect(chosenBy('accuracy', right)).toEqual([2, 1, 2])
  })

  it('leaves out what no fold can say, such as the area under the ROC curve of one class', () => {
    const { measures } = summarize(gin, [trained(1, [[1, 1]])], one)
    expect(Object.keys(measures)).toEqual(['loss', 'accuracy', 'f1Macro', 'f1Weighted', 'calibrationError'])
  })
})

describe('spreadOf()', () => {
  it('is the mean and the population standard deviation', () => {
    expect(spreadOf([1, 3])).toEqual({ mean: 2, std: 1 })
  })
})
