/** The page about an evaluation. */
import type { Config } from '../../config/schema.ts'
import { evaluationReport } from '../../viewer/evaluation-report.ts'
import type { Evaluation } from './evaluate.ts'
import { measureWords } from './measure-words.ts'
import { valueOfMeasure } from './summary.ts'

/** A whole HTML document. */
export function reportOf(evaluation: Evaluation, { model, training, featureProperties }: Config): string {
  const { name, targetProperty, protocol, validationFolds, repeats, randomSeed, graphCount, models } = evaluation
  const features = featureProperties.map(({ property }) => property).join(', ')
  return evaluationReport({
    title: `Evaluation of ${name}`,
    facts: [
      ['target', targetProperty],
      ['graphs', graphCount],
      ['protocol', protocolWords[protocol]],
      ['folds', repeats > 1 ? `${validationFolds}, ${repeats} times` : validationFolds],
      ['random seed', randomSeed],
      ['model', `${model.variant}, ${model.layers} layers, ${model.hidden} hidden units, dropout ${model.dropout}`],
      [
        'training',
        `at most ${training.epochs} epochs, batches of ${training.batchSize}, learning rate ${training.learningRate}`,
      ],
      ['features', features === '' ? 'degree' : features],
    ],
    classes: evaluation.classes,
    measureWords,
    curveName: evaluation.classes.length > 0 ? 'accuracy' : 'negative loss',
    models: models.map(({ folds, ...rest }) => ({
      ...rest,
      folds: folds.map((fold) => ({
        ...fold,
        values: Object.fromEntries(Object.keys(rest.measures).map((key) => [key, valueOfMeasure(fold.test, key)])),
      })),
    })),
  })
}

const protocolWords = {
  gin: 'gin: the epoch is the one with the highest mean accuracy over folds on test data, so it is chosen on test data',
  nested:
    'nested: epochs, and settings where they are searched, are chosen on validation parts; test parts are only reported',
}
