/** The page about an evaluation, from what the catalog knows of it: curves are means over folds. */
import { settingsOf } from '../../config/settings-text.ts'
import { ConfigError } from '../../errors.ts'
import type { Database } from '../../neo4j/database.ts'
import { showEvaluation } from '../../neo4j/report-catalogue.ts'
import { storedTrials } from '../../neo4j/stored-trials.ts'
import { evaluationReport, type ReportModel } from '../../viewer/evaluation-report.ts'
import type { ReliabilityBin } from '../../viewer/reliability-chart.ts'
import { evaluationFacts } from '../evaluate/evaluation-facts.ts'
import { measureWords } from '../evaluate/measure-words.ts'
import { curveKinds, curveMeasure } from '../evaluate/report-curves.ts'
import { numberOf, numbersOf, type Properties, textOf, textsOf } from './catalog-values.ts'

/**
 * A whole HTML document.
 * @throws ConfigError where the catalog has no such evaluation
 */
export async function evaluationReportOf(database: Database, evaluationId: string): Promise<string> {
  const rows = await database.run(showEvaluation, {}, { evaluationId })
  const [first] = rows
  if (first === undefined)
    throw new ConfigError(
      `Cannot report on the evaluation '${evaluationId}': there is none of that id; 'smg evaluations list' shows them`,
    )
  const { evaluation } = first
  const number = (name: string) => numberOf(evaluation[name]) ?? 0
  const classes = textsOf(evaluation['classes'])
  return evaluationReport({
    title: `Evaluation of ${textOf(evaluation['projection'])}`,
    facts: [
      ...evaluationFacts({
        targetProperty: textOf(evaluation['targetProperty']),
        protocol: textOf(evaluation['protocol']),
        graphCount: number('graphCount'),
        validationFolds: number('validationFolds'),
        repeats: number('repeats'),
        randomSeed: number('randomSeed'),
        settings: settingsOf(evaluation['configuration']),
        features: Array.isArray(evaluation['featureProperties']) ? textsOf(evaluation['featureProperties']) : null,
      }),
      ['finished', textOf(evaluation['finishedAt'])],
    ],
    classes,
    measureWords,
    models: rows.map((row) => reportModel(row.evaluation, classes.length)),
  })
}

function reportModel(evaluation: Properties, classCount: number): ReportModel {
  const measures = Object.keys(measureWords).flatMap((name) => {
    const [mean, std] = [numberOf(evaluation[name]), numberOf(evaluation[`${name}Std`])]
    return mean === null || std === null ? [] : [[name, { mean, std }] as const]
  })
  return {
    name: textOf(evaluation['model']),
    measures: Object.fromEntries(measures),
    folds: foldsOf(
      evaluation,
      measures.map(([name]) => name),
    ),
    curves: curveKinds.flatMap(({ property, title }) => {
      const mean = numbersOf(evaluation[property])
      return mean.length === 0 ? [] : [{ title: title(curveMeasure(classCount === 0)), folds: [], mean }]
    }),
    confusion: inRows(numbersOf(evaluation['confusion']), classCount),
    reliability: reliabilityOf(evaluation),
    difference: differenceOf(evaluation),
    trials: storedTrials(evaluation['trials']),
  }
}

/** None of an evaluation that an earlier release recorded. */
function foldsOf(evaluation: Properties, measures: readonly string[]): ReportModel['folds'] {
  const column = (name: string) => numbersOf(evaluation[name])
  const [repeats, testCounts, epochs] = [column('repeatOfFolds'), column('testCountOfFolds'), column('epochsOfFolds')]
  const [chosen, trials] = [column('epochOfFolds'), column('trialOfFolds')]
  return column('numberOfFolds').map((fold, i) => ({
    fold,
    repeat: repeats[i] ?? 1,
    testCount: testCounts[i] ?? 0,
    epoch: chosen[i] ?? 0,
    epochs: epochs[i] ?? 0,
    trial: trials[i] ?? 1,
    values: Object.fromEntries(measures.map((name) => [name, column(`${name}Folds`)[i] ?? null])),
  }))
}

function inRows(values: readonly number[], width: number): readonly (readonly number[])[] | null {
  if (width === 0 || values.length !== width * width) return null
  return Array.from({ length: width }, (_, row) => values.slice(row * width, (row + 1) * width))
}

function reliabilityOf(evaluation: Properties): readonly ReliabilityBin[] | null {
  const counts = numbersOf(evaluation['calibrationCounts'])
  const [confidences, accuracies] = [
    numbersOf(evaluation['calibrationConfidences']),
    numbersOf(evaluation['calibrationAccuracies']),
  ]
  if (counts.length === 0) return null
  return counts.map((count, i) => ({
    count,
    confidence: count === 0 ? null : (confidences[i] ?? null),
    accuracy: count === 0 ? null : (accuracies[i] ?? null),
  }))
}

function differenceOf(evaluation: Properties): ReportModel['difference'] {
  const [mean, low, high] = ['difference', 'differenceLow', 'differenceHigh'].map((name) => numberOf(evaluation[name]))
  if (mean === null || mean === undefined) return null
  return {
    mean,
    interval: low === null || low === undefined || high === null || high === undefined ? null : [low, high],
  }
}
