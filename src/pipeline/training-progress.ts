/** How far a training is: its last epoch in words, and the epoch at which it will end. */
import type { TrainingOptions } from '../config/schema.ts'
import { type EpochRecord, epochCost } from '../model/train.ts'
import { shownNumber } from './shown-number.ts'

export function trainingProgress(record: EpochRecord): string {
  const { trainLoss, validationLoss, validationAccuracy, validationMeanAbsoluteError } = record
  const measures = [`loss ${trainLoss.toFixed(3)}`, `validation loss ${validationLoss.toFixed(3)}`]
  if (validationAccuracy !== null) measures.push(`accuracy ${validationAccuracy.toFixed(3)}`)
  if (validationMeanAbsoluteError !== null)
    measures.push(`mean absolute error ${shownNumber(validationMeanAbsoluteError)}`)
  return measures.join(', ')
}

/** The epoch after which a training ends if none is better than the best of those told so far: early, once its patience is over. */
export function expectedEpochs({
  epochs,
  patience,
  epochChoice,
}: Pick<TrainingOptions, 'epochs' | 'patience' | 'epochChoice'>): (record: EpochRecord) => number {
  let best = { epoch: 0, cost: Number.POSITIVE_INFINITY }
  return (record) => {
    const cost = epochCost(epochChoice, record)
    if (cost < best.cost) best = { epoch: record.epoch, cost }
    return Math.min(epochs, best.epoch + patience)
  }
}
