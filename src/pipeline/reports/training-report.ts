/** The page about the training of a model, from what the catalog knows of it. */

import { settingsOf } from '../../config/settings-text.ts'
import type { Database } from '../../neo4j/database.ts'
import { trainingReport as trainingPage } from '../../viewer/training-report.ts'
import { epochFact, settingFacts } from '../evaluate/evaluation-facts.ts'
import { measureWords } from '../evaluate/measure-words.ts'
import { describeModel } from '../stored-models.ts'
import { factsOf, numberOf, numbersOf, type Properties, textOf } from './catalog-values.ts'

const words = [
  ['task', 'task'],
  ['targetProperty', 'target'],
  ['classes', 'classes'],
  ['featureProperties', 'features'],
  ['trainedAt', 'trained'],
  ['trainedBy', 'by run'],
  ['epochs', 'epochs'],
  ['bestEpoch', 'best epoch'],
  ['trainGraphCount', 'graphs of the training part'],
  ['validationGraphCount', 'of the validation part'],
  ['testGraphCount', 'of the test part'],
] as const

/**
 * A whole HTML document.
 * @param version `null`: the current one, else the newest
 * @throws ConfigError where the catalog has no such model
 */
export async function trainingReport(database: Database, name: string, version: string | null): Promise<string> {
  const { model, evaluations } = await describeModel(database, version === null ? name : `${name}:${version}`)
  const settings = settingsOf(model['configuration'])
  const isRegression = model['task'] === 'regression'
  return trainingPage({
    model: `${textOf(model['name'])}:${textOf(model['version'])}`,
    facts: [
      ...factsOf(model, words),
      ...(settings === null ? [] : [...settingFacts(settings.model, settings.training), epochFact(settings.training)]),
    ],
    bestEpoch: numberOf(model['bestEpoch']) ?? 0,
    measures: Object.entries(measureWords).flatMap(([property, inWords]) => {
      const value = numberOf(model[property])
      return value === null ? [] : [[inWords, value] as const]
    }),
    trainLoss: numbersOf(model['historyTrainLoss']),
    validationLoss: numbersOf(model['historyValidationLoss']),
    validationMeasure: isRegression
      ? { name: 'mean absolute error', values: numbersOf(model['historyValidationMeanAbsoluteError']) }
      : { name: 'accuracy', values: numbersOf(model['historyValidationAccuracy']) },
    learningRate: numbersOf(model['historyLearningRate']),
    evaluations: evaluations.flatMap(evaluationRow),
  })
}

function evaluationRow(evaluation: Properties) {
  const measure = numberOf(evaluation['accuracy']) === null ? 'meanAbsoluteError' : 'accuracy'
  const [mean, std] = [numberOf(evaluation[measure]), numberOf(evaluation[`${measure}Std`])]
  if (mean === null || std === null) return []
  return [
    {
      id: textOf(evaluation['evaluationId']),
      protocol: textOf(evaluation['protocol']),
      measure: measureWords[measure] ?? measure,
      mean,
      std,
    },
  ]
}
