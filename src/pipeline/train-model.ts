/** Trains a model on the graphs of a projection that have a target. */
import type { TrainedModel } from '../model/model.ts'
import type { EpochRecord } from '../model/train.ts'
import type { Source } from './source.ts'
import { type TrainingData, trainedModel } from './trained-model.ts'

export interface TrainOptions {
  /** Version that the new model gets. */
  readonly version: string
  /** ISO 8601 */
  readonly createdAt: string
  readonly onEpoch?: (record: EpochRecord, epochs: number) => void
}

/** Errors as {@link trainedModel}. */
export async function trainModel(
  { config, signal }: Source,
  data: TrainingData,
  { version, createdAt, onEpoch }: TrainOptions,
): Promise<TrainedModel> {
  const { model, training, targetProperty, projection } = config
  const trained = await trainedModel(data, {
    options: model,
    training,
    targets: [targetProperty],
    orientation: projection.orientation,
    signal,
    onEpoch: (record) => onEpoch?.(record, training.epochs),
  })
  return { ...trained, version, createdAt }
}
