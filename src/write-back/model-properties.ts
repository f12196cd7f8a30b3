/** A model as its node in the catalog shows it, in plain properties. */
import { settingsText } from '../config/settings-text.ts'
import { className } from '../graph/classes.ts'
import { taggedJson } from '../model/manifest.ts'
import { networkShapeOf, type TrainedModel } from '../model/model.ts'
import { embeddingSize } from '../model/parameters.ts'
import { reportedMetrics } from '../model/reported-metrics.ts'
import type { CatalogProperties } from '../neo4j/run-catalogue.ts'

/** Settings, classes, features, metrics of the held-out test part, and the history by epoch as LIST<FLOAT>. */
export function modelProperties(model: TrainedModel): CatalogProperties {
  const { options, training, featureSchema, metrics, split, history } = model
  const ofEpochs = (values: readonly (number | null)[]) => values.map((value) => value ?? Number.NaN)
  return {
    task: options.task,
    variant: options.variant,
    readout: options.readout,
    layers: BigInt(options.layers),
    hidden: BigInt(options.hidden),
    targetProperty: model.targetProperty,
    featureProperties: featureSchema.groups.flatMap((group) => ('property' in group ? [group.property] : [])),
    featureSchema: taggedJson(featureSchema),
    configuration: settingsText(options, training),
    classes: model.classes.map(className),
    embeddingDimensions: BigInt(embeddingSize(networkShapeOf(model))),
    epochs: BigInt(history.length),
    bestEpoch: BigInt(model.bestEpoch),
    trainGraphCount: BigInt(split.train.length),
    validationGraphCount: BigInt(split.validation.length),
    testGraphCount: BigInt(split.test.length),
    ...reportedMetrics(metrics),
    historyLearningRate: ofEpochs(history.map(({ learningRate }) => learningRate)),
    historyTrainLoss: ofEpochs(history.map(({ trainLoss }) => trainLoss)),
    historyValidationLoss: ofEpochs(history.map(({ validationLoss }) => validationLoss)),
    ...(options.task === 'regression'
      ? {
          historyValidationMeanAbsoluteError: ofEpochs(
            history.map(({ validationMeanAbsoluteError }) => validationMeanAbsoluteError),
          ),
        }
      : { historyValidationAccuracy: ofEpochs(history.map(({ validationAccuracy }) => validationAccuracy)) }),
  }
}
