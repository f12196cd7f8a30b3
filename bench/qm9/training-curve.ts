/** What is known of a training after it, of either side. */
import { z } from 'zod'

export const epochSchema = z.strictObject({
  /** From 1. */
  epoch: z.int(),
  /** Mean squared error of standardised targets, while the weights changed. */
  trainLoss: z.number(),
  /** Mean absolute errors, in the target's own unit. */
  validationError: z.number(),
  testError: z.number(),
})
export type TrainingEpoch = z.output<typeof epochSchema>

export interface TrainingCurve {
  readonly epochs: readonly TrainingEpoch[]
  readonly trainSeconds: number
}

/** The epoch with the lowest validation error; the first of equal ones. */
export function chosenEpoch({ epochs }: Pick<TrainingCurve, 'epochs'>): TrainingEpoch {
  const [first, ...others] = epochs
  if (first === undefined) throw new Error('Cannot choose an epoch: expected at least one, got none')
  return others.reduce((best, epoch) => (epoch.validationError < best.validationError ? epoch : best), first)
}
