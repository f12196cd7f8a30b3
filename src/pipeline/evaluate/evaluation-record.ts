/** An evaluation as the catalog shows it: a node for each model in it, with numbers that Cypher can compare. */
import type { Config } from '../../config/schema.ts'
import { settingsText } from '../../config/settings-text.ts'
import type { EvaluationRecord } from '../../write-back/catalog.ts'
import type { EvaluatedModel, Evaluation } from './evaluate.ts'
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
    configuration: settingsText(config.model, config.training),
  }
  return {
    evaluationId: models[0]?.identity.slice(0, idDigits) ?? '',
    finishedAt,
    models: models.map((model, place) => ({
      learner: model.learner,
      properties: { ...common, model: model.name, place: BigInt(place), ...measuresOf(model), ...differenceOf(model) },
    })),
  }
}

/** Of each measure the mean under its name, the deviation, and the values fold by fold. */
function measuresOf({ measures, folds }: EvaluatedModel): Record<string, number | readonly number[]> {
  return Object.fromEntries(
    Object.entries(measures).flatMap(([name, { mean, std }]) => [
      [name, mean],
      [`${name}Std`, std],
      [`${name}Folds`, folds.flatMap(({ test }) => valueOfMeasure(test, name) ?? [])],
    ]),
  )
}

function differenceOf({ difference }: EvaluatedModel) {
  const [low, high] = difference?.interval ?? [null, null]
  return { difference: difference?.mean ?? null, differenceLow: low, differenceHigh: high }
}
