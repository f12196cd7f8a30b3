/** Measures of quality on graphs whose class or target is known, as scikit-learn defines them. */
import { midRanks } from './ranks.ts'

export type Metrics = ClassificationMetrics | RegressionMetrics

export interface ClassificationMetrics {
  /** Mean cross-entropy, in nats. */
  readonly loss: number
  /** Share of graphs whose most probable class is theirs. */
  readonly accuracy: number
  /** Mean of the F1 scores of the classes. */
  readonly f1Macro: number
  /** The same, weighted by the number of graphs of each class. */
  readonly f1Weighted: number
  /** Area under the ROC curve of the second of two classes; of more classes the mean of each against the rest; `null` where a class is missing. */
  readonly rocAuc: number | null
}

export interface RegressionMetrics {
  /** Mean squared error of the standardised targets. */
  readonly loss: number
  /** Mean absolute error in the targets' own units; the mean over targets where there are several. */
  readonly meanAbsoluteError: number
  /** Root of the mean squared error in the targets' own units; the mean over targets where there are several. */
  readonly rootMeanSquaredError: number
}

/** Errors of predicted values against expected ones, both [G][C]. */
export function regressionMetrics(
  predicted: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): Omit<RegressionMetrics, 'loss'> {
  const targetCount = expected[0]?.length ?? 0
  let [absolute, rootSquare] = [0, 0]
  for (let c = 0; c < targetCount; c++) {
    const errors = expected.map((row, g) => (predicted[g]?.[c] ?? Number.NaN) - (row[c] ?? Number.NaN))
    absolute += errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length
    rootSquare += Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
  }
  return { meanAbsoluteError: absolute / targetCount, rootMeanSquaredError: rootSquare / targetCount }
}

/** Predictions of G graphs for C classes. */
export interface ClassificationResult {
  readonly classCount: number
  /** [G] */
  readonly expected: ArrayLike<number>
  /** Most probable class. [G] */
  readonly predicted: ArrayLike<number>
  /** [G][C] */
  readonly probabilities: readonly ArrayLike<number>[]
}

/** All metrics but the loss; `NaN` of no graphs. */
export function classificationMetrics(result: ClassificationResult): Omit<ClassificationMetrics, 'loss'> {
  const { expected, predicted } = result
  let right = 0
  for (let g = 0; g < expected.length; g++) if (expected[g] === predicted[g]) right++
  return { accuracy: right / expected.length, ...f1Scores(result), rocAuc: meanRocAuc(result) }
}

/** A class that is neither there nor predicted counts in neither mean; F1 is 0 where nothing of a class is right. */
function f1Scores({ classCount, expected, predicted }: ClassificationResult): { f1Macro: number; f1Weighted: number } {
  let macro = 0
  let weighted = 0
  let present = 0
  for (let c = 0; c < classCount; c++) {
    let [truePositives, actual, claimed] = [0, 0, 0]
    for (let g = 0; g < expected.length; g++) {
      if (expected[g] === c) actual++
      if (predicted[g] === c) claimed++
      if (expected[g] === c && predicted[g] === c) truePositives++
    }
    if (actual + claimed === 0) continue
    const f1 = (2 * truePositives) / (actual + claimed)
    present++
    macro += f1
    weighted += f1 * actual
  }
  return { f1Macro: macro / present, f1Weighted: weighted / expected.length }
}

function meanRocAuc({ classCount, expected, probabilities }: ClassificationResult): number | null {
  const classes = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, c) => c)
  let sum = 0
  for (const c of classes) {
    const area = rocAuc(
      probabilities.map((row) => row[c] ?? 0),
      Array.from(expected, (y) => y === c),
    )
    if (area === null) return null
    sum += area / classes.length
  }
  return sum
}

/**
 * Area under the ROC curve: how often a positive has the higher score of a random pair of a positive and a negative; equal
 * scores count half (mid-ranks, Mann-Whitney U). `null` without positives or without negatives.
 */
export function rocAuc(scores: ArrayLike<number>, positive: ArrayLike<boolean>): number | null {
  let positives = 0
  let rankSum = 0
  midRanks(scores).forEach((rank, i) => {
    if (positive[i] !== true) return
    positives++
    rankSum += rank
  })
  const negatives = scores.length - positives
  if (positives === 0 || negatives === 0) return null
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}
