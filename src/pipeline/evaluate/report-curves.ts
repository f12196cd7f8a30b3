/** The curves of an evaluation: under which names the catalog has their means, and what reports call them. */
import { meanCurve } from '../../model/mean-curve.ts'
import type { ReportCurves } from '../../viewer/evaluation-report.ts'
import type { FoldCurves } from './epoch-choice.ts'

interface CurveKind {
  readonly of: keyof FoldCurves
  /** LIST<FLOAT> of the evaluation's node: the mean over folds. */
  readonly property: string
  readonly title: (measure: string) => string
}

export const curveKinds: readonly CurveKind[] = [
  { of: 'test', property: 'historyTest', title: (measure) => `${measure}, test part` },
  { of: 'validation', property: 'historyValidation', title: (measure) => `${measure}, validation part` },
  { of: 'train', property: 'historyTrain', title: (measure) => `${measure}, training part` },
  { of: 'trainLoss', property: 'historyTrainLoss', title: () => 'loss while training' },
]

/** What the curves of held-out parts show. */
export function curveMeasure(isRegression: boolean): string {
  return isRegression ? 'negative loss' : 'accuracy'
}

/** Those that every fold has. */
export function reportCurves(folds: readonly FoldCurves[], isRegression: boolean): readonly ReportCurves[] {
  return curveKinds.flatMap(({ of, title }) => {
    const curves = folds.map(({ [of]: curve }) => curve ?? [])
    if (curves.some((curve) => curve.length === 0)) return []
    return [{ title: title(curveMeasure(isRegression)), folds: curves, mean: meanCurve(curves) }]
  })
}

/** Means over folds as properties; those that not every fold has are `null`. */
export function curveProperties(folds: readonly FoldCurves[]): Readonly<Record<string, readonly number[] | null>> {
  return Object.fromEntries(
    curveKinds.map(({ of, property }) => {
      const curves = folds.map(({ [of]: curve }) => curve ?? [])
      return [property, curves.some((curve) => curve.length === 0) ? null : meanCurve(curves)]
    }),
  )
}
