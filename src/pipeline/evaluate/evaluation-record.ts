/** An evaluation as the catalog shows it: a node for each model in it, with numbers that Cypher can compare and reports can draw. */
import type { Config } from '../../config/schema.ts'
import { settingsText } from '../../config/settings-text.ts'
import type { CatalogProperties } from '../../neo4j/run-catalogue.ts'
import type { EvaluationRecord } from '../../write-back/catalog.ts'
import type { EvaluatedModel, Evaluation } from './evaluate.ts'
import { reliabilityOf } from './evaluation-report.ts'
import { curveProperties } from './report-curves.ts'
import { valueOfMeasure } from './summary.ts'

const idDigits = 16

/** @param finishedAt ISO 8601 */
export function evaluationRecord(evaluation: Evaluation, config: Config, finishedAt: string): EvaluationRecord {
  const { name, protocol, targetProperty, models } = evaluation
  const common = {
    projection: name,
    targetProperty,
    protocol,
    validationFolds: BigInt(evaluation.validationFolds),
    repeats: BigInt(evaluation.repeats),
    randomSeed: BigInt(evaluation.randomSeed),
    graphCount: BigInt(evaluation.graphCount),
    classes: evaluation.classes,
    featureProperties: config.featureProperties.map(({ property }) => property),
    configuration: settingsText(config.model, config.training),
  }
  return {
    evaluationId: models[0]?.identity.slice(0, idDigits) ?? '',
    finishedAt,
    models: models.map((model, place) => ({
      learner: model.learner,
      properties: {
        ...common,
        model: model.name,
        place: BigInt(place),
        ...measuresOf(model),
        ...differenceOf(model),
        ...foldsOf(model),
        ...predictionsOf(model),
        ...curveProperties(model.folds.map(({ curves }) => curves)),
        trials: model.trials === null ? null : JSON.stringify(model.trials),
      },
    })),
  }
}

/** Of each measure the mean under its name, the deviation, and the values fold by fold: NaN where a fold cannot say it. */
function measuresOf({ measures, folds }: EvaluatedModel): Record<string, number | readonly number[]> {
  return Object.fromEntries(
    Object.entries(measures).flatMap(([name, { mean, std }]) => [
      [name, mean],
      [`${name}Std`, std],
      [`${name}Folds`, folds.map(({ test }) => valueOfMeasure(test, name) ?? Number.NaN)],
    ]),
  )
}

function differenceOf({ difference }: EvaluatedModel) {
  const [low, high] = difference?.interval ?? [null, null]
  return { difference: difference?.mean ?? null, differenceLow: low, differenceHigh: high }
}

/** Which folds there are, in the order of the values of measures. */
function foldsOf({ folds }: EvaluatedModel): CatalogProperties {
  const each = (of: (fold: EvaluatedModel['folds'][number]) => number) => folds.map((fold) => BigInt(of(fold)))
  return {
    repeatOfFolds: each(({ repeat }) => repeat),
    numberOfFolds: each(({ fold }) => fold),
    testCountOfFolds: each(({ testCount }) => testCount),
    epochOfFolds: each(({ epoch }) => epoch),
    epochsOfFolds: each(({ epochs }) => epochs),
    trialOfFolds: each(({ trial }) => trial),
  }
}

/** Of the test parts of all folds together; row by row, interval by interval. */
function predictionsOf({ confusion, folds }: EvaluatedModel): CatalogProperties {
  const bins = reliabilityOf(folds)
  return {
    confusion: confusion?.flat().map(BigInt) ?? null,
    calibrationCounts: bins?.map(({ count }) => BigInt(count)) ?? null,
    calibrationConfidences: bins?.map(({ confidence }) => confidence ?? Number.NaN) ?? null,
    calibrationAccuracies: bins?.map(({ accuracy }) => accuracy ?? Number.NaN) ?? null,
  }
}
