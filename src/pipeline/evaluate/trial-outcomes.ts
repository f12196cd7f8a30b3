/** How settings that a search tried did on the validation parts. */
import type { EpochChoice } from '../../config/schema.ts'
import type { FoldRecord } from '../../model/fold-record.ts'
import { type ValidationMeasures, validationCost } from '../../model/validation-cost.ts'
import { measuresOf, partsOf, validationCosts } from './epoch-choice.ts'
import type { Trial, TrialParameters } from './search-trials.ts'
import { type Spread, spreadOf } from './spread.ts'
import type { TrainedFold } from './trained-folds.ts'

export interface TrialOutcome {
  /** From 1. */
  readonly trial: number
  readonly parameters: TrialParameters
  /** Loss on the validation part, at the epoch that was chosen on it, over all folds. */
  readonly validationLoss: Spread
  /** Accuracy there; `null` for a regression. */
  readonly validationAccuracy: Spread | null
  /** Folds in which it did best of all. */
  readonly chosenIn: number
  /** Folds in which it was ended early, as others did better. */
  readonly endedEarlyIn: number
}

/** In the order in which they were tried; `chosen` tells for each fold which one it was. */
export function trialOutcomes(
  trials: readonly Pick<Trial, 'parameters'>[],
  trained: readonly TrainedFold[],
  chosen: readonly { readonly trial: number }[],
  epochChoice: EpochChoice,
): TrialOutcome[] {
  return trials.map(({ parameters }, i) => {
    const trainings = trained.flatMap(({ trainings: ofFold }) => ofFold[i] ?? [])
    const measures = trainings.map(({ record }) => chosenMeasures(record, epochChoice))
    const accuracies = measures.flatMap(({ accuracy }) => accuracy ?? [])
    return {
      trial: i + 1,
      parameters,
      validationLoss: spreadOf(measures.map(({ loss }) => loss)),
      validationAccuracy: accuracies.length > 0 ? spreadOf(accuracies) : null,
      chosenIn: chosen.filter(({ trial }) => trial === i + 1).length,
      endedEarlyIn: trainings.filter(({ end }) => end === 'hopeless').length,
    }
  })
}

function chosenMeasures(record: FoldRecord, epochChoice: EpochChoice): ValidationMeasures {
  const { chosen } = validationCosts(record, epochChoice)(record.epochs)
  const outputs = record.epochs[chosen - 1]?.outputs
  if (outputs === undefined) return { loss: Number.POSITIVE_INFINITY, accuracy: null }
  return measuresOf(partsOf(record, outputs).validation)
}

/** On the validation part, of all epochs; infinite where there is none. */
export function lowestCost(record: FoldRecord, epochChoice: EpochChoice): number {
  return validationCosts(record, epochChoice)(record.epochs).lowest.at(-1) ?? Number.POSITIVE_INFINITY
}

/** The settings that did best on the validation parts of all folds: those to train a model with. */
export function bestTrial(outcomes: readonly TrialOutcome[], epochChoice: EpochChoice): TrialOutcome | undefined {
  const costOf = ({ validationLoss, validationAccuracy }: TrialOutcome) =>
    validationCost(epochChoice, { loss: validationLoss.mean, accuracy: validationAccuracy?.mean ?? null })
  return outcomes.toSorted((a, b) => costOf(a) - costOf(b))[0]
}
