/** What the folds of an evaluation say together. */
import type { Protocol } from '../../config/schema.ts'
import { sumOfConfusions } from '../../model/confusion.ts'
import type { FoldRecord } from '../../model/fold-record.ts'
import { type ClassMeasures, type HeldMeasures, heldMeasures } from '../../model/held-measures.ts'
import type { RegressionMetrics } from '../../model/metrics.ts'
import { bestMeanEpoch, type FoldCurves, foldCurves, partsOf, validationChoice } from './epoch-choice.ts'
import type { FoldTask } from './protocol.ts'

export interface Spread {
  readonly mean: number
  /** Population standard deviation. */
  readonly std: number
}

export interface FoldOutcome extends Pick<FoldTask, 'repeat' | 'fold' | 'randomSeed'> {
  /** From 1. */
  readonly epoch: number
  readonly epochs: number
  readonly trainSeconds: number
  /** Of the test part, at that epoch. */
  readonly test: HeldMeasures
  /** At the same epoch; `null` by protocol gin. */
  readonly validation: HeldMeasures | null
  readonly curves: FoldCurves
}

export interface EvaluationSummary {
  readonly protocol: Protocol
  readonly folds: readonly FoldOutcome[]
  /** Over the folds of all repeats; what a fold cannot say (`null`) is left out. */
  readonly measures: Readonly<Record<string, Spread>>
  /** Of all folds together; `null` for a regression. */
  readonly confusion: readonly (readonly number[])[] | null
}

export interface TrainedFold {
  readonly task: FoldTask
  readonly record: FoldRecord
}

/** @param trained all folds of all repeats; by protocol gin each repeat has its own epoch */
export function summarize(protocol: Protocol, trained: readonly TrainedFold[]): EvaluationSummary {
  const repeats = [...new Set(trained.map(({ task }) => task.repeat))]
  const folds = repeats.flatMap((repeat) =>
    outcomesOf(
      protocol,
      trained.filter(({ task }) => task.repeat === repeat),
    ),
  )
  const confusions = folds.flatMap(({ test }) => ('confusion' in test ? [test.confusion] : []))
  return {
    protocol,
    folds,
    measures: spreadsOf(folds.map(({ test }) => numbersOf(test))),
    confusion: confusions.length > 0 ? sumOfConfusions(confusions) : null,
  }
}

function outcomesOf(protocol: Protocol, trained: readonly TrainedFold[]): FoldOutcome[] {
  const withCurves = trained.map((fold) => ({ ...fold, curves: foldCurves(fold.record) }))
  const shared = protocol === 'gin' ? bestMeanEpoch(withCurves.map(({ curves }) => curves.test)) : null
  return withCurves.map(({ task, record, curves }) => {
    const epoch = shared ?? validationChoice(record)(record.epochs)
    const { validation, test } = partsOf(record, record.epochs[epoch - 1]?.outputs ?? new Float32Array())
    const { repeat, fold, randomSeed } = task
    return {
      repeat,
      fold,
      randomSeed,
      epoch,
      epochs: record.epochs.length,
      trainSeconds: record.trainSeconds,
      test: heldMeasures(test.outputs, test.truth),
      validation: shared === null ? heldMeasures(validation.outputs, validation.truth) : null,
      curves,
    }
  })
}

/** The measures that are one number. */
function numbersOf(measures: HeldMeasures): Record<string, number | null> {
  if (!('accuracy' in measures)) return regressionNumbers(measures)
  return classNumbers(measures)
}

function classNumbers({ loss, accuracy, f1Macro, f1Weighted, rocAuc, calibration }: ClassMeasures) {
  return { loss, accuracy, f1Macro, f1Weighted, rocAuc, calibrationError: calibration.expectedError }
}

function regressionNumbers({ loss, meanAbsoluteError, rootMeanSquaredError }: RegressionMetrics) {
  return { loss, meanAbsoluteError, rootMeanSquaredError }
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

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, std: Math.sqrt(variance) }
}
