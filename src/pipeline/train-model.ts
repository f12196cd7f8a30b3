/** Trains a model on the graphs of a projection that have a target. */
import { evaluateNetwork } from '../model/evaluate.ts'
import { networkShape, type TrainedModel } from '../model/model.ts'
import { type EpochRecord, trainNetwork } from '../model/train.ts'
import type { Source } from './source.ts'
import type { TrainingData } from './training-data.ts'

export interface TrainOptions {
  /** Version that the new model gets. */
  readonly version: string
  /** ISO 8601 */
  readonly createdAt: string
  readonly onEpoch?: (record: EpochRecord, epochs: number) => void
}

/** Trains on `data` and measures the best epoch's weights on the test part. */
export async function trainModel(source: Source, data: TrainingData, options: TrainOptions): Promise<TrainedModel> {
  const { config, signal } = source
  const { classes, split, featureSchema } = data
  const { epochs } = config.training
  // A regression learns one property.
  const outputCount = config.model.task === 'regression' ? 1 : classes.length
  const shape = networkShape(config.model, { featureCount: featureSchema.featureCount, outputCount })
  const { weights, targetScaling, bestEpoch, history } = await trainNetwork({
    shape,
    dropout: config.model.dropout,
    options: config.training,
    train: data.train,
    validation: data.validation,
    signal,
    onEpoch: (record) => options.onEpoch?.(record, epochs),
  })
  return {
    name: config.model.modelName,
    version: options.version,
    options: config.model,
    training: config.training,
    orientation: config.projection.orientation,
    targetProperty: config.targetProperty,
    featureSchema,
    classes,
    targetScaling,
    weights,
    metrics: await evaluateNetwork({ shape, weights, targetScaling }, data.test, { signal, phase: 'training' }),
    history,
    bestEpoch,
    split,
    createdAt: options.createdAt,
  }
}
