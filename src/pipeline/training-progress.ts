/** One epoch in words, beside the progress of a training. */
import type { EpochRecord } from '../model/train.ts'
import { shownNumber } from './shown-number.ts'

export function trainingProgress(record: EpochRecord): string {
  const { trainLoss, validationLoss, validationAccuracy, validationMeanAbsoluteError } = record
  const measures = [`loss ${trainLoss.toFixed(3)}`, `validation loss ${validationLoss.toFixed(3)}`]
  if (validationAccuracy !== null) measures.push(`accuracy ${validationAccuracy.toFixed(3)}`)
  if (validationMeanAbsoluteError !== null)
    measures.push(`mean absolute error ${shownNumber(validationMeanAbsoluteError)}`)
  return measures.join(', ')
}
