/** The file that a finished evaluation leaves in bench/reproduce/results. */
import type { Config } from '../../src/config/schema.ts'
import type { LearnerKind } from '../../src/pipeline/evaluate/learner.ts'
import type { EvaluationSummary } from '../../src/pipeline/evaluate/summary.ts'
import type { Experiment } from './experiment.ts'

export interface Finished {
  readonly name: string
  readonly learner: LearnerKind
  readonly experiment: Experiment
  readonly config: Config
  readonly summary: EvaluationSummary
  readonly folds: number
  readonly seed: number
  readonly cores: number
}

export function resultOf({ name, learner, experiment, config, summary, folds, seed, cores }: Finished) {
  const { protocol } = summary
  const { mean = Number.NaN, std = Number.NaN } = summary.measures['accuracy'] ?? {}
  // Of protocol gin all folds have one; of nested this is the mean.
  const epoch = Math.round(summary.folds.reduce((sum, fold) => sum + fold.epoch, 0) / summary.folds.length)
  const variant = learner === 'smg' ? config.model.variant : learner
  return {
    row: { dataset: experiment.dataset, variant, protocol, folds, mean: percent(mean), std: percent(std), epoch, seed },
    name,
    published: learner === 'smg' ? experiment.published : null,
    config: { model: config.model, training: config.training, featureProperties: config.featureProperties },
    measures: summary.measures,
    confusion: summary.confusion,
    folds: summary.folds.map(({ curves, test, validation, ...fold }) => ({
      ...fold,
      test: withoutCalibration(test),
      validation: validation && withoutCalibration(validation),
      curve: rounded(curves.test),
      trainCurve: curves.train && rounded(curves.train),
    })),
    machine: { cores, node: process.version },
    trainSeconds: summary.folds.reduce((sum, fold) => sum + fold.trainSeconds, 0),
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
