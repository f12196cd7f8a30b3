/** How settings that a search tried did on the validation parts. */
import type { FoldRecord } from '../../model/fold-record.ts'
import { validationLosses } from './epoch-choice.ts'
import type { Trial, TrialParameters } from './search-trials.ts'
import { type Spread, spreadOf } from './spread.ts'
import type { TrainedFold } from './trained-folds.ts'

export interface TrialOutcome {
  /** From 1. */
  readonly trial: number
  readonly parameters: TrialParameters
  /** Lowest loss on the validation part, over all folds. */
  readonly validationLoss: Spread
  /** Folds in which it had the lowest of all. */
  readonly chosenIn: number
  /** Folds in which it was ended early, as others did better. */
  readonly endedEarlyIn: number
}

/** In the order in which they were tried; `chosen` tells for each fold which one it was. */
export function trialOutcomes(
  trials: readonly Pick<Trial, 'parameters'>[],
  trained: readonly TrainedFold[],
  chosen: readonly { readonly trial: number }[],
): TrialOutcome[] {
  return trials.map(({ parameters }, i) => {
    const trainings = trained.flatMap(({ trainings: ofFold }) => ofFold[i] ?? [])
    return {
      trial: i + 1,
      parameters,
      validationLoss: spreadOf(trainings.map(({ record }) => lowestLoss(record))),
      chosenIn: chosen.filter(({ trial }) => trial === i + 1).length,
      endedEarlyIn: trainings.filter(({ end }) => end === 'hopeless').length,
    }
  })
}

/** On the validation part, of all epochs; infinite where there is none. */
export function lowestLoss(record: FoldRecord): number {
  return validationLosses(record)(record.epochs).lowest.at(-1) ?? Number.POSITIVE_INFINITY
}

/** The settings with the lowest mean validation loss over all folds: those to train a model with. */
export function bestTrial(outcomes: readonly TrialOutcome[]): TrialOutcome | undefined {
  return outcomes.toSorted((a, b) => a.validationLoss.mean - b.validationLoss.mean)[0]
}
