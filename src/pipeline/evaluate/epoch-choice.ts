/** Which epoch of a training counts. */

import type { TrainingOptions } from '../../config/schema.ts'
import type { FoldRecord } from '../../model/fold-record.ts'
import type { FoldEpoch } from '../../model/fold-training.ts'
import { type HeldTruth, heldAccuracy, heldCount, heldLoss, truthWithin } from '../../model/held-measures.ts'

type Held = Pick<FoldRecord, 'truth' | 'validationCount' | 'testCount'>

/**
 * Tells the epoch, from 1, with the lowest loss on the validation part; 0 before the first. To be asked with ever more epochs:
 * each is looked at once.
 */
export function validationChoice(held: Held): (epochs: readonly FoldEpoch[]) => number {
  let best = { epoch: 0, loss: Number.POSITIVE_INFINITY }
  let seen = 0
  return (epochs) => {
    for (const { epoch, outputs } of epochs.slice(seen)) {
      const { validation } = partsOf(held, outputs)
      const loss = heldLoss(validation.outputs, validation.truth)
      if (loss < best.loss) best = { epoch, loss }
    }
    seen = epochs.length
    return best.epoch
  }
}

export interface HeldPart {
  /** [G, C] */
  readonly outputs: Float32Array
  readonly truth: HeldTruth
}

/** The outputs of an epoch for each part that was held out. */
export function partsOf(
  { truth, validationCount, testCount }: Held,
  outputs: Float32Array,
): { readonly validation: HeldPart; readonly test: HeldPart; readonly train: HeldPart } {
  const count = heldCount(truth)
  const width = outputs.length / count
  const part = (first: number, end: number): HeldPart => ({
    outputs: outputs.subarray(first * width, end * width),
    truth: truthWithin(truth, first, end),
  })
  const trainFrom = validationCount + testCount
  return {
    validation: part(0, validationCount),
    test: part(validationCount, trainFrom),
    train: part(trainFrom, count),
  }
}

/** Of every epoch. A part's measure is its accuracy, or the negative loss of a regression. */
export interface FoldCurves {
  readonly trainLoss: readonly number[]
  readonly test: readonly number[]
  /** `null` by protocol gin. */
  readonly validation: readonly number[] | null
  /** `null` where the outputs for graphs that are trained on were not kept. */
  readonly train: readonly number[] | null
}

export function foldCurves(record: FoldRecord): FoldCurves {
  const { epochs, validationCount, testCount, truth } = record
  const curve = (part: 'validation' | 'test' | 'train') =>
    epochs.map(({ outputs }) => {
      const held = partsOf(record, outputs)[part]
      return heldAccuracy(held.outputs, held.truth) ?? -heldLoss(held.outputs, held.truth)
    })
  return {
    trainLoss: epochs.map(({ trainLoss }) => trainLoss),
    test: curve('test'),
    validation: validationCount > 0 ? curve('validation') : null,
    train: heldCount(truth) > validationCount + testCount ? curve('train') : null,
  }
}

/**
 * A record up to the epoch at which training is over: the last one that is wanted, or, with a validation part, the first after
 * `patience` epochs without a lower loss on it. `null` for one that is not so far yet.
 */
export function wholeTraining(
  record: FoldRecord,
  { epochs, patience }: Pick<TrainingOptions, 'epochs' | 'patience'>,
): FoldRecord | null {
  const isOver = patienceWith(record, patience)
  const end = record.epochs.findIndex((_, i) => i + 1 >= epochs || isOver(record.epochs.slice(0, i + 1))) + 1
  return end === 0 ? null : { ...record, epochs: record.epochs.slice(0, end) }
}

/** Tells, asked with ever more epochs, whether so many brought no lower validation loss; never without a validation part. */
export function patienceWith(held: Held, patience: number): (epochs: readonly FoldEpoch[]) => boolean {
  if (held.validationCount === 0) return () => false
  const choose = validationChoice(held)
  return (epochs) => epochs.length - choose(epochs) >= patience
}

/**
 * The epoch, from 1, at which the mean over folds is highest, as far as all of them went: the choice of protocol gin, which looks
 * at test data. The first of equal ones.
 */
export function bestMeanEpoch(curves: readonly (readonly number[])[]): number {
  const length = Math.min(...curves.map((curve) => curve.length))
  let best = { epoch: 0, mean: Number.NEGATIVE_INFINITY }
  for (let at = 0; at < length; at++) {
    const mean = curves.reduce((sum, curve) => sum + (curve[at] ?? Number.NaN), 0) / curves.length
    if (mean > best.mean) best = { epoch: at + 1, mean }
  }
  return best.epoch
}
