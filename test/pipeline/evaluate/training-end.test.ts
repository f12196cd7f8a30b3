import { describe, expect, it } from 'vitest'
import { foldFormat } from '../../../src/model/fold-record.ts'
import { type EndRule, endedTraining } from '../../../src/pipeline/evaluate/training-end.ts'
import { someLearner } from './support/some-learner.ts'

/** One validation graph and one test graph of class 0; the first logit of each epoch is that of the validation graph. */
function recordOf(logits: readonly number[]) {
  const epochs = logits.map((logit, e) => ({
    epoch: e + 1,
    learningRate: 0.1,
    trainLoss: 1,
    outputs: Float32Array.of(logit, 0, 0, 0),
  }))
  const truth = { classCount: 2, classes: [0, 0] }
  const counts = { validationCount: 1, testCount: 1 }
  return { format: foldFormat, identity: '', epochs, truth, ...counts, trainSeconds: 1, learner: someLearner } as const
}

const endOf = (logits: readonly number[], rule: Partial<EndRule>) => {
  const ended = endedTraining(recordOf(logits), { epochs: 99, patience: 99, epochChoice: 'loss', rivals: [], ...rule })
  return ended && [ended.end, ended.record.epochs.length]
}

/** Losses ln 2 = 0.69 all the time. */
const same = Array.from({ length: 20 }, () => 0)

describe('endedTraining()', () => {
  it('ends at the last epoch that is wanted, also of a record that goes on after it', () => {
    expect(endOf(same, { epochs: 20 })).toEqual(['epochs', 20])
    expect(endOf(same, { epochs: 2 })).toEqual(['epochs', 2])
  })

  it('ends once there was no lower validation loss for as many epochs as its patience', () => {
    expect(endOf([1, 3, 2, 2, 2], { patience: 1 })).toEqual(['patience', 3])
    expect(endOf([1, 3, 2, 2, 2], { patience: 2 })).toEqual(['patience', 4])
  })

  it('counts patience from the epoch that is chosen, by loss or by accuracy', () => {
    // Two validation graphs, of classes 0 and 1: both wrong by little, then one of them right and the other wrong by much.
    const outputs = [[-0.1, 0.1], [9, 9], [9, 9], [9, 9]].map(([a = 0, b = 0]) => Float32Array.of(a, 0, b, 0, 0, 0)) // biome-ignore format: short
    const { epochs, ...record } = recordOf([0, 0, 0, 0])
    const pairs = {
      ...record,
      ...{ truth: { classCount: 2, classes: [0, 1, 0] }, validationCount: 2 },
      epochs: epochs.map((epoch, e) => ({ ...epoch, outputs: outputs[e] ?? epoch.outputs })),
    }
    const countBy = (epochChoice: EndRule['epochChoice']) =>
      endedTraining(pairs, { epochs: 99, patience: 2, epochChoice, rivals: [] })?.record.epochs.length
    expect([countBy('loss'), countBy('accuracy')]).toEqual([3, 4])
  })

  it('is none that is not so far yet', () => {
    expect(endOf([1, 3, 2, 2, 2], { patience: 4 })).toBeNull()
  })

  it('ends after ten epochs when more than half of at least three rivals did better by then', () => {
    const rivals = (...losses: number[]) => losses.map((loss) => [0.9, loss])
    expect(endOf(same, { rivals: rivals(0.1, 0.2, 0.8) })).toEqual(['hopeless', 10])
    expect(endOf(same, { rivals: rivals(0.1, 0.8, 0.8) })).toBeNull()
    expect(endOf(same, { rivals: rivals(0.1, 0.2) })).toBeNull()
    expect(endOf(same, { rivals: rivals(0.1, 0.6, 0.8, 0.9) })).toBeNull()
  })

  it('holds each epoch against what the rivals had reached by the same one', () => {
    const late = [...Array.from({ length: 14 }, () => 0.9), 0.1]
    expect(endOf(same, { rivals: [late, late, late] })).toEqual(['hopeless', 15])
  })

  it('has nothing but its last epoch without a validation part', () => {
    const record = { ...recordOf(same), validationCount: 0, testCount: 2 }
    const rivals = Array.from({ length: 3 }, () => [0.1])
    expect(endedTraining(record, { epochs: 15, patience: 1, epochChoice: 'loss', rivals })?.end).toBe('epochs')
  })
})
