/** The page about an evaluation that has just been done; the catalog's is in reports/. */
import type { Config } from '../../config/schema.ts'
import { sumOfBins } from '../../model/calibration.ts'
import { evaluationReport } from '../../viewer/evaluation-report.ts'
import type { EvaluatedModel, Evaluation } from './evaluate.ts'
import { evaluationFacts } from './evaluation-facts.ts'
import { measureWords } from './measure-words.ts'
import { reportCurves } from './report-curves.ts'
import { valueOfMeasure } from './summary.ts'

/** A whole HTML document. */
export function reportOf(evaluation: Evaluation, { model, training, featureProperties }: Config): string {
  const isRegression = evaluation.classes.length === 0
  return evaluationReport({
    title: `Evaluation of ${evaluation.name}`,
    facts: evaluationFacts({
      ...evaluation,
      settings: { model, training },
      features: featureProperties.map(({ property }) => property),
    }),
    classes: evaluation.classes,
    measureWords,
    models: evaluation.models.map(({ folds, ...rest }) => ({
      ...rest,
      reliability: reliabilityOf(folds),
      curves: reportCurves(
        folds.map(({ curves }) => curves),
        isRegression,
      ),
      folds: folds.map((fold) => ({
        ...fold,
        values: Object.fromEntries(Object.keys(rest.measures).map((key) => [key, valueOfMeasure(fold.test, key)])),
      })),
    })),
  })
}

/** Of the test parts of all folds together; `null` for a regression. */
export function reliabilityOf(folds: EvaluatedModel['folds']) {
  const calibrations = folds.flatMap(({ test }) => ('calibration' in test ? [test.calibration] : []))
  return calibrations.length === 0 ? null : sumOfBins(calibrations)
}
