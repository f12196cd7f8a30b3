/** When a training on a fold is over. */
import type { TrainingOptions } from '../../config/schema.ts'
import type { FoldRecord } from '../../model/fold-record.ts'
import type { FoldEpoch } from '../../model/fold-training.ts'
import { type Held, validationCosts } from './epoch-choice.ts'

/**
 * epochs: it had as many as were wanted. patience: so many epochs were no better on the validation part. hopeless: other settings did
 * better on the same validation part.
 */
export type TrainingEnd = 'epochs' | 'patience' | 'hopeless'

export interface EndRule extends Pick<TrainingOptions, 'epochs' | 'patience' | 'epochChoice'> {
  /** Trainings of other settings on the same fold: their lowest validation cost up to each epoch. */
  readonly rivals: readonly (readonly number[])[]
}

/** Fewer say little of what is usual. */
const fewestRivals = 3
/** Before that many epochs even good settings can be behind. */
const graceEpochs = 10

/**
 * Tells whether a training is over, asked with ever more of its epochs. Without a validation part nothing but the number of
 * epochs ends it. Hopeless is what the median stopping rule stops (Golovin et al., Google Vizier, KDD 2017, section 3.2.1): a
 * training whose lowest validation cost up to an epoch is above the median of those of its rivals up to the same epoch.
 */
export function trainingEnd(
  held: Held,
  { epochs: wanted, patience, epochChoice, rivals }: EndRule,
): (epochs: readonly FoldEpoch[]) => TrainingEnd | null {
  const costsOf = validationCosts(held, epochChoice)
  return (epochs) => {
    const count = epochs.length
    if (held.validationCount > 0 && count > 0) {
      const { lowest, chosen } = costsOf(epochs)
      if (count - chosen >= patience) return 'patience'
      if (rivals.length >= fewestRivals && count >= graceEpochs && count < wanted) {
        const theirs = rivals.map((costs) => costs[Math.min(count, costs.length) - 1] ?? Number.POSITIVE_INFINITY)
        if ((lowest.at(-1) ?? Number.POSITIVE_INFINITY) > median(theirs)) return 'hopeless'
      }
    }
    return count >= wanted ? 'epochs' : null
  }
}

export interface EndedTraining {
  /** Up to the epoch at which training is over. */
  readonly record: FoldRecord
  readonly end: TrainingEnd
}

/** `null` for a record that is not so far yet. */
export function endedTraining(record: FoldRecord, rule: EndRule): EndedTraining | null {
  const endOf = trainingEnd(record, rule)
  for (let count = 1; count <= record.epochs.length; count++) {
    const epochs = record.epochs.slice(0, count)
    const end = endOf(epochs)
    if (end !== null) return { record: { ...record, epochs }, end }
  }
  return null
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
