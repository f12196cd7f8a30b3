/** Accuracy on the training part by epoch, of all that was measured. */
import { meanCurve } from '../../src/model/mean-curve.ts'
import type { StoredResult } from './stored-results.ts'
import type { TrainingCurve } from './training-figure.ts'

/** By data set; mean over folds. */
export function trainingCurves(results: readonly StoredResult[]): Map<string, TrainingCurve[]> {
  const figures = new Map<string, TrainingCurve[]>()
  for (const { row, folds } of results) {
    const curves = folds.flatMap(({ trainCurve }) => (trainCurve ? [trainCurve] : []))
    if (curves.length === 0) continue
    const ofDataset = figures.get(row.dataset) ?? []
    figures.set(row.dataset, [...ofDataset, { model: row.variant, accuracies: meanCurve(curves) }])
  }
  return figures
}
