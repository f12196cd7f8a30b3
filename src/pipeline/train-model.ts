/** Trains a model on the graphs of a projection that have a target, and measures its masks. */
import { trainingCheckpointFile } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
import type { Checkpointing } from '../model/resumable-training.ts'
import type { EpochRecord } from '../model/train.ts'
import { heldOutMasks, withMeasuredMasks } from './mask-quality/measured-masks.ts'
import type { Source } from './source.ts'
import { type TrainingData, trainedModel } from './trained-model.ts'
import { trainingIdentity } from './training-identity.ts'

export interface TrainOptions extends Pick<Checkpointing, 'onResume' | 'onNotice'> {
  /** Version that the new model gets. */
  readonly version: string
  /** ISO 8601 */
  readonly createdAt: string
  /** Name and version of the backend. */
  readonly backend: string
  readonly onEpoch?: (record: EpochRecord) => void
}

/** Goes on with an earlier attempt at the same model, and leaves its checkpoint on disk. Errors as {@link trainedModel}, {@link heldOutMasks} and {@link withMeasuredMasks}. */
export async function trainModel(
  source: Source,
  data: TrainingData,
  { version, createdAt, backend, onEpoch, onResume, onNotice }: TrainOptions,
): Promise<TrainedModel> {
  const { config, signal } = source
  const { model, training, targetProperty, projection, modelDirectory } = config
  const { orientation } = projection
  const held = await heldOutMasks(source, data)
  const trained = await trainedModel(data, {
    options: model,
    training,
    targets: [targetProperty],
    orientation,
    signal,
    onEpoch,
    checkpointing: {
      file: trainingCheckpointFile(modelDirectory, model.modelName),
      identity: () =>
        trainingIdentity({ data, options: model, training, targetProperty, orientation, version, backend }),
      onResume,
      onNotice,
    },
  })
  return withMeasuredMasks({ ...trained, version, createdAt }, data, held, { ...config.maskQuality, signal })
}
