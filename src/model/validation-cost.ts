/** What decides between epochs, and between settings: how badly a network does on the validation part. */
import type { EpochChoice } from '../config/schema.ts'

export interface ValidationMeasures {
  readonly loss: number
  /** `null` for a regression. */
  readonly accuracy: number | null
}

/** Less than one graph in a million counts. */
const tieShare = 1e-7

/**
 * The lower, the better. By accuracy it is the share of wrong graphs, and between equal shares the loss decides: a validation part
 * can be tiny (19 graphs of MUTAG), and its accuracy the same for many epochs.
 *
 * @throws RangeError for the accuracy of a regression
 */
export function validationCost(epochChoice: EpochChoice, { loss, accuracy }: ValidationMeasures): number {
  if (epochChoice === 'loss') return loss
  if (accuracy === null) throw new RangeError('Cannot choose by accuracy: expected classes, got a regression')
  return 1 - accuracy + tieShare * (loss / (1 + loss))
}
