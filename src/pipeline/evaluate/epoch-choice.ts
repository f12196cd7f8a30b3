/** Which epoch of a training counts. */

import type { FoldRecord } from '../../model/fold-record.ts'
import type { FoldEpoch } from '../../model/fold-training.ts'
import { type HeldTruth, heldAccuracy, heldCount, heldLoss, truthWithin } from '../../model/held-measures.ts'

type Held = Pick<FoldRecord, 'truth' | 'validationCount'>

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
  { truth, validationCount }: Held,
  outputs: Float32Array,
): { readonly validation: HeldPart; readonly test: HeldPart } {
  const count = heldCount(truth)
  const cut = validationCount * (outputs.length / count)
  return {
    validation: { outputs: outputs.subarray(0, cut), truth: truthWithin(truth, 0, validationCount) },
    test: { outputs: outputs.subarray(cut), truth: truthWithin(truth, validationCount, count) },
  }
}

/** Measures of the test part at every epoch: its accuracy, or the negative loss of a regression. */
export function testCurve(record: FoldRecord): number[] {
  return record.epochs.map(({ outputs }) => {
    const { test } = partsOf(record, outputs)
    return heldAccuracy(test.outputs, test.truth) ?? -heldLoss(test.outputs, test.truth)
  })
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
