/** Which epoch of a training counts. */
import type { EpochChoice } from '../../config/schema.ts'
import type { FoldRecord } from '../../model/fold-record.ts'
import type { FoldEpoch } from '../../model/fold-training.ts'
import { type HeldTruth, heldAccuracy, heldCount, heldLoss, truthWithin } from '../../model/held-measures.ts'
import { meanCurve } from '../../model/mean-curve.ts'
import { type ValidationMeasures, validationCost } from '../../model/validation-cost.ts'

/** What a record says of its outputs. */
export type Held = Pick<FoldRecord, 'truth' | 'validationCount' | 'testCount'>

export interface ValidationCosts {
  /** The lowest cost on the validation part up to each epoch. */
  readonly lowest: readonly number[]
  /** The epoch, from 1, with the lowest of all; the first of equal ones. 0 before the first. */
  readonly chosen: number
}

/** Tells the costs on the validation part. To be asked with ever more epochs: each is looked at once. */
export function validationCosts(
  held: Held,
  epochChoice: EpochChoice,
): (epochs: readonly FoldEpoch[]) => ValidationCosts {
  const lowest: number[] = []
  let chosen = 0
  return (epochs) => {
    for (const { epoch, outputs } of epochs.slice(lowest.length)) {
      const cost = validationCost(epochChoice, measuresOf(partsOf(held, outputs).validation))
      const before = lowest.at(-1) ?? Number.POSITIVE_INFINITY
      if (cost < before) chosen = epoch
      lowest.push(Math.min(cost, before))
    }
    return { lowest, chosen }
  }
}

export interface HeldPart {
  /** [G, C] */
  readonly outputs: Float32Array
  readonly truth: HeldTruth
}

/** What an epoch is chosen by, of the validation part. */
export function measuresOf({ outputs, truth }: HeldPart): ValidationMeasures {
  return { loss: heldLoss(outputs, truth), accuracy: heldAccuracy(outputs, truth) }
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
 * The epoch, from 1, at which the mean over folds is highest, as far as all of them went: the choice of protocol gin, which looks
 * at test data. The first of equal ones.
 */
export function bestMeanEpoch(curves: readonly (readonly number[])[]): number {
  let best = { epoch: 0, mean: Number.NEGATIVE_INFINITY }
  for (const [at, mean] of meanCurve(curves).entries()) if (mean > best.mean) best = { epoch: at + 1, mean }
  return best.epoch
}
