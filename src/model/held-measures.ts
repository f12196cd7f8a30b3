/** How good a network is on graphs that were held out, from what it said of them. */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { type Calibration, calibrationOf } from './calibration.ts'
import { type ConfusionMatrix, confusionMatrix } from './confusion.ts'
import { crossEntropy, softmax } from './losses.ts'
import {
  type ClassificationMetrics,
  classificationMetrics,
  type RegressionMetrics,
  regressionMetrics,
} from './metrics.ts'
import { inTargetUnits, standardized, type TargetScaling } from './targets.ts'

/** What is true of the graphs that are held out. */
export type HeldTruth = HeldClasses | HeldValues

export interface HeldClasses {
  readonly classCount: number
  /** [G] */
  readonly classes: readonly number[]
}

export interface HeldValues {
  readonly scaling: TargetScaling
  /** In their own units. [G][C] */
  readonly values: readonly (readonly number[])[]
}

export interface ClassMeasures extends ClassificationMetrics {
  readonly confusion: ConfusionMatrix
  readonly calibration: Calibration
}

export interface RegressionMeasures extends RegressionMetrics {
  /**
   * Coefficient of determination, R²: 1 of perfect predictions, 0 of the mean of the true values; the mean over targets where
   * there are several. `null` where the values of a target are all equal.
   */
  readonly rSquared: number | null
}

export type HeldMeasures = ClassMeasures | RegressionMeasures

/** @throws RangeError if a graph has no class, or no targets */
export function truthOf(
  graphs: readonly EncodedGraph[],
  { outputCount, scaling }: { readonly outputCount: number; readonly scaling: TargetScaling | null },
): HeldTruth {
  if (scaling !== null) return { scaling, values: graphs.map(({ targets }) => targets ?? noTruth('targets')) }
  return { classCount: outputCount, classes: graphs.map(({ y }) => y ?? noTruth('a class')) }
}

function noTruth(what: string): never {
  throw new RangeError(`Cannot evaluate: expected ${what} of every graph, got a graph without`)
}

/** Those of the graphs from `first` up to and without `end`. */
export function truthWithin(truth: HeldTruth, first: number, end: number): HeldTruth {
  return 'classes' in truth
    ? { ...truth, classes: truth.classes.slice(first, end) }
    : { ...truth, values: truth.values.slice(first, end) }
}

/** Mean loss alone: cross-entropy in nats, or squared error of standardised targets. @param outputs [G, C] */
export function heldLoss(outputs: Float32Array, truth: HeldTruth): number {
  const rows = rowsOf(outputs, heldCount(truth))
  if ('classes' in truth)
    return mean(truth.classes.map((y, g) => crossEntropy(rows[g] ?? new Float32Array(truth.classCount), y)))
  return mean(
    truth.values.flatMap((values, g) =>
      standardized(values, truth.scaling).map((value, c) => ((rows[g]?.[c] ?? Number.NaN) - value) ** 2),
    ),
  )
}

/** @param outputs logits, or standardised values. [G, C] */
export function heldMeasures(outputs: Float32Array, truth: HeldTruth): HeldMeasures {
  const rows = rowsOf(outputs, heldCount(truth))
  const loss = heldLoss(outputs, truth)
  if ('values' in truth) {
    const predicted = rows.map((row) => inTargetUnits(row, truth.scaling))
    return { loss, ...regressionMetrics(predicted, truth.values), rSquared: rSquared(predicted, truth.values) }
  }
  const { classCount, classes: expected } = truth
  const predicted = rows.map((row) => row.indexOf(Math.max(...row)))
  const probabilities = rows.map(softmax)
  return {
    loss,
    ...classificationMetrics({ classCount, expected, predicted, probabilities }),
    confusion: confusionMatrix(expected, predicted, classCount),
    calibration: calibrationOf(probabilities, expected),
  }
}

function rSquared(predicted: readonly (readonly number[])[], expected: readonly (readonly number[])[]): number | null {
  const shares = (expected[0] ?? []).map((_, c) => {
    const average = mean(expected.map((row) => row[c] ?? Number.NaN))
    const squares = (of: (row: readonly number[], g: number) => number) =>
      expected.reduce((sum, row, g) => sum + ((row[c] ?? Number.NaN) - of(row, g)) ** 2, 0)
    return 1 - squares((_row, g) => predicted[g]?.[c] ?? Number.NaN) / squares(() => average)
  })
  const share = mean(shares)
  return Number.isFinite(share) ? share : null
}

/** Share of graphs whose class is the one with the highest output, or `null` for a regression. @param outputs [G, C] */
export function heldAccuracy(outputs: Float32Array, truth: HeldTruth): number | null {
  if ('values' in truth) return null
  const rows = rowsOf(outputs, truth.classes.length)
  return mean(rows.map((row, g) => (row.indexOf(Math.max(...row)) === truth.classes[g] ? 1 : 0)))
}

/** Number of graphs, G. */
export function heldCount(truth: HeldTruth): number {
  return 'classes' in truth ? truth.classes.length : truth.values.length
}

/** [G, C] as G rows. */
function rowsOf(outputs: Float32Array, count: number): Float32Array[] {
  const width = outputs.length / count
  return Array.from({ length: count }, (_, g) => outputs.subarray(g * width, (g + 1) * width))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
