/** How much better one model is than another on the same folds, and how sure that is. */
import jstat from 'jstat'

/** A fold as both were tested on it. */
export interface PairedFold {
  /** Measure of the one less that of the other. */
  readonly difference: number
  readonly testCount: number
  readonly trainCount: number
}

export interface PairedDifference {
  readonly mean: number
  /** Bounds of the 95 % confidence interval; `null` of fewer than two folds. */
  readonly interval: readonly [number, number] | null
}

const confidence = 0.95

/**
 * Mean difference over folds with the confidence interval of the corrected resampled t-test: training parts of folds overlap, so
 * that the variance of the mean is (1 / n + tested / trained) times that of the differences, not 1 / n (Nadeau and Bengio,
 * Inference for the Generalization Error, Machine Learning 52, 2003).
 */
export function pairedDifference(folds: readonly PairedFold[]): PairedDifference {
  const count = folds.length
  const mean = folds.reduce((sum, { difference }) => sum + difference, 0) / count
  if (count < 2) return { mean, interval: null }
  const variance = folds.reduce((sum, { difference }) => sum + (difference - mean) ** 2, 0) / (count - 1)
  const tested = folds.reduce((sum, { testCount, trainCount }) => sum + testCount / trainCount, 0) / count
  const width = jstat.jStat.studentt.inv((1 + confidence) / 2, count - 1) * Math.sqrt((1 / count + tested) * variance)
  return { mean, interval: [mean - width, mean + width] }
}
