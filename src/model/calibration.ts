/** How far the probabilities of predictions can be believed. */

/** Predictions whose probability lies in one of equally wide intervals. */
export interface CalibrationBin {
  readonly count: number
  /** Mean probability of the predicted class; `null` without predictions. */
  readonly confidence: number | null
  /** Share of predictions that are right; `null` without predictions. */
  readonly accuracy: number | null
}

export interface Calibration {
  /** Of the intervals of [0, 1], from the lowest. */
  readonly bins: readonly CalibrationBin[]
  /** Mean distance of confidence and accuracy over predictions: the expected calibration error (Guo et al. 2017, equation 3). */
  readonly expectedError: number
}

export const calibrationBins = 10

/**
 * @param probabilities of G graphs for C classes, [G][C]
 * @param expected class of each, [G]
 */
export function calibrationOf(probabilities: readonly ArrayLike<number>[], expected: ArrayLike<number>): Calibration {
  const sums = Array.from({ length: calibrationBins }, () => ({ count: 0, confidence: 0, right: 0 }))
  probabilities.forEach((row, g) => {
    const values = Array.from(row)
    const confidence = Math.max(...values)
    const bin = sums[Math.min(Math.floor(confidence * calibrationBins), calibrationBins - 1)]
    if (bin === undefined) return
    bin.count++
    bin.confidence += confidence
    if (values.indexOf(confidence) === expected[g]) bin.right++
  })
  const bins = sums.map(({ count, confidence, right }) => ({
    count,
    confidence: count === 0 ? null : confidence / count,
    accuracy: count === 0 ? null : right / count,
  }))
  const distance = sums.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0)
  return { bins, expectedError: distance / probabilities.length }
}

/** Of all graphs together, such as those of the test parts of folds. */
export function sumOfBins(calibrations: readonly Calibration[]): readonly CalibrationBin[] {
  return Array.from({ length: calibrationBins }, (_, i) => {
    const bins = calibrations.flatMap(({ bins: { [i]: bin } }) => bin ?? [])
    const count = bins.reduce((sum, bin) => sum + bin.count, 0)
    const mean = (of: (bin: CalibrationBin) => number | null) =>
      count === 0 ? null : bins.reduce((sum, bin) => sum + bin.count * (of(bin) ?? 0), 0) / count
    return { count, confidence: mean(({ confidence }) => confidence), accuracy: mean(({ accuracy }) => accuracy) }
  })
}
