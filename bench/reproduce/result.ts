/** The file that a finished evaluation leaves in bench/reproduce/results. */
import type { LabelledGraphs } from '../../src/pipeline/evaluate/dataset-graphs.ts'
import type { LearnerKind } from '../../src/pipeline/evaluate/learner.ts'
import type { EvaluationSummary } from '../../src/pipeline/evaluate/summary.ts'
import type { Experiment } from './experiment.ts'

export interface Finished {
  readonly name: string
  readonly learner: LearnerKind
  readonly search: boolean
  /** Whether folds came from files instead of a seed. */
  readonly isGiven: boolean
  /** Where there is a number to compare with. */
  readonly published: Experiment['published'] | null
  readonly labelled: LabelledGraphs
  readonly summary: EvaluationSummary
  readonly seed: number
  readonly machine: { readonly cores: number; readonly node: string }
}

export function resultOf(finished: Finished) {
  const { name, learner, search, isGiven, published, labelled, summary, seed, machine } = finished
  const { config } = labelled
  const { protocol, folds } = summary
  const { mean = Number.NaN, std = Number.NaN } = summary.measures['accuracy'] ?? {}
  // Of protocol gin all folds have one; of nested this is the mean.
  const epoch = Math.round(folds.reduce((sum, fold) => sum + fold.epoch, 0) / folds.length)
  const variant = search ? 'searched' : learner === 'smg' ? config.model.variant : learner
  return {
    row: { dataset: name, variant, protocol, folds: folds.length, mean: percent(mean), std: percent(std), epoch, seed },
    isGiven,
    published,
    config: { model: config.model, training: config.training, featureProperties: config.featureProperties },
    measures: summary.measures,
    confusion: summary.confusion,
    trials: summary.trials,
    folds: folds.map(({ curves, test, validation, ...fold }) => ({
      ...fold,
      test: withoutCalibration(test),
      validation: validation && withoutCalibration(validation),
      curve: rounded(curves.test),
      trainCurve: curves.train && rounded(curves.train),
    })),
    machine,
    trainSeconds: folds.reduce((sum, fold) => sum + fold.trainSeconds, 0),
  }
}

function rounded(values: readonly number[]): number[] {
  return values.map((value) => Number(value.toFixed(4)))
}

function percent(share: number): number {
  return Number((100 * share).toFixed(2))
}

function withoutCalibration(measures: object): object {
  return Object.fromEntries(Object.entries(measures).filter(([name]) => name !== 'calibration'))
}
