/** What the folds of an evaluation say together. */
import type { EpochChoice, Protocol } from '../../config/schema.ts'
import { sumOfConfusions } from '../../model/confusion.ts'
import type { FoldRecord } from '../../model/fold-record.ts'
import {
  type ClassMeasures,
  type HeldMeasures,
  heldMeasures,
  type RegressionMeasures,
} from '../../model/held-measures.ts'
import { bestMeanEpoch, type FoldCurves, foldCurves, partsOf, validationCosts } from './epoch-choice.ts'
import type { FoldTask } from './protocol.ts'
import type { Trial } from './search-trials.ts'
import { type Spread, spreadOf } from './spread.ts'
import type { TrainedFold } from './trained-folds.ts'
import { lowestCost, type TrialOutcome, trialOutcomes } from './trial-outcomes.ts'

export interface FoldOutcome extends Pick<FoldTask, 'repeat' | 'fold' | 'randomSeed'> {
  /** Number of test graphs, and of those that were trained on. */
  readonly testCount: number
  readonly trainCount: number
  /** From 1. */
  readonly epoch: number
  readonly epochs: number
  /** Of all settings that were tried. */
  readonly trainSeconds: number
  /** Of the test part, at that epoch. */
  readonly test: HeldMeasures
  /** At the same epoch; `null` by protocol gin. */
  readonly validation: HeldMeasures | null
  readonly curves: FoldCurves
  /** Number, from 1, of the settings that were chosen on the validation part. */
  readonly trial: number
}

export interface EvaluationSummary {
  readonly protocol: Protocol
  readonly folds: readonly FoldOutcome[]
  /** Over the folds of all repeats; what a fold cannot say (`null`) is left out. */
  readonly measures: Readonly<Record<string, Spread>>
  /** Of all folds together; `null` for a regression. */
  readonly confusion: readonly (readonly number[])[] | null
  /** Of the settings that were tried; `null` where nothing was searched. */
  readonly trials: readonly TrialOutcome[] | null
}

/** Which epoch of a fold counts. */
export interface SummaryRule {
  readonly protocol: Protocol
  /** Of protocol nested. */
  readonly epochChoice: EpochChoice
}

/**
 * @param trained all folds of all repeats; by protocol gin each repeat has its own epoch
 * @param trials the settings that were tried on each fold
 */
export function summarize(
  { protocol, epochChoice }: SummaryRule,
  trained: readonly TrainedFold[],
  trials: readonly Pick<Trial, 'parameters'>[],
): EvaluationSummary {
  const chosen = trained.map((fold) => chosenOf(fold, epochChoice))
  const repeats = [...new Set(chosen.map(({ task }) => task.repeat))]
  const folds = repeats.flatMap((repeat) =>
    outcomesOf(
      { protocol, epochChoice },
      chosen.filter(({ task }) => task.repeat === repeat),
    ),
  )
  const confusions = folds.flatMap(({ test }) => ('confusion' in test ? [test.confusion] : []))
  return {
    protocol,
    folds,
    measures: spreadsOf(folds.map(({ test }) => numbersOf(test))),
    confusion: confusions.length > 0 ? sumOfConfusions(confusions) : null,
    trials: trials.length > 1 ? trialOutcomes(trials, trained, folds, epochChoice) : null,
  }
}

interface ChosenTraining {
  readonly task: FoldTask
  readonly record: FoldRecord
  readonly trial: number
  readonly trainSeconds: number
}

/** The training that does best on the validation part; the first where there is but one. */
function chosenOf({ task, trainings }: TrainedFold, epochChoice: EpochChoice): ChosenTraining {
  let best = { trial: 0, cost: Number.POSITIVE_INFINITY }
  if (trainings.length > 1)
    for (const [trial, { record }] of trainings.entries()) {
      const cost = lowestCost(record, epochChoice)
      if (cost < best.cost) best = { trial, cost }
    }
  const record = trainings[best.trial]?.record
  if (record === undefined) throw new RangeError(`Cannot sum up fold ${task.fold}: expected a training, got none`)
  const trainSeconds = trainings.reduce((sum, training) => sum + training.record.trainSeconds, 0)
  return { task, record, trial: best.trial + 1, trainSeconds }
}

function outcomesOf({ protocol, epochChoice }: SummaryRule, chosen: readonly ChosenTraining[]): FoldOutcome[] {
  const withCurves = chosen.map((fold) => ({ ...fold, curves: foldCurves(fold.record) }))
  const shared = protocol === 'gin' ? bestMeanEpoch(withCurves.map(({ curves }) => curves.test)) : null
  return withCurves.map(({ task, record, curves, trial, trainSeconds }) => {
    const epoch = shared ?? validationCosts(record, epochChoice)(record.epochs).chosen
    const { validation, test } = partsOf(record, record.epochs[epoch - 1]?.outputs ?? new Float32Array())
    const { repeat, fold, randomSeed } = task
    return {
      repeat,
      fold,
      randomSeed,
      testCount: task.test.length,
      trainCount: task.train.length,
      epoch,
      epochs: record.epochs.length,
      trainSeconds,
      test: heldMeasures(test.outputs, test.truth),
      validation: shared === null ? heldMeasures(validation.outputs, validation.truth) : null,
      curves,
      trial,
    }
  })
}

/** `null` where a fold cannot say it. */
export function valueOfMeasure(measures: HeldMeasures, name: string): number | null {
  return numbersOf(measures)[name] ?? null
}

/** The measures that are one number. */
function numbersOf(measures: HeldMeasures): Record<string, number | null> {
  if (!('accuracy' in measures)) return regressionNumbers(measures)
  return classNumbers(measures)
}

function classNumbers({ loss, accuracy, f1Macro, f1Weighted, rocAuc, calibration }: ClassMeasures) {
  return { loss, accuracy, f1Macro, f1Weighted, rocAuc, calibrationError: calibration.expectedError }
}

function regressionNumbers({ loss, meanAbsoluteError, rootMeanSquaredError, rSquared }: RegressionMeasures) {
  return { loss, meanAbsoluteError, rootMeanSquaredError, rSquared }
}

function spreadsOf(rows: readonly Readonly<Record<string, number | null>>[]): Record<string, Spread> {
  const names = Object.keys(rows[0] ?? {})
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = rows.flatMap((row) => row[name] ?? [])
      return values.length > 0 ? [[name, spreadOf(values)]] : []
    }),
  )
}
