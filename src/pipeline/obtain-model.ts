/** The model that a sync scores with: the current one, or a new one where there is none or a new one is wanted. */
import { loadBackend } from '../model/backend.ts'
import { nextVersion, saveModel, trainingCheckpointFile } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
import { removeTrainingCheckpoint } from '../model/training-checkpoint.ts'
import { storedVersions } from '../write-back/model-store.ts'
import { currentModel, existingModel, isWhole, modelTrainedBy, recordModel } from './current-model.ts'
import type { Source } from './source.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { SyncOptions } from './sync-options.ts'
import { trainModel } from './train-model.ts'
import { readTrainingData } from './training-data.ts'
import { expectedEpochs, trainingProgress } from './training-progress.ts'

export interface ObtainedModel {
  /** `null` for a dry run without a model. */
  readonly model: TrainedModel | null
  readonly trained: boolean
  /** Whether the catalog has it as the one to score with already. */
  readonly isCurrent: boolean
  /** Last epoch of the earlier attempt that its training went on from; `null` where it was trained at once, or before. */
  readonly resumedFromEpoch: number | null
}

/**
 * @throws ModelFileError for a model file that cannot be used, or is needed and not there; ConfigError for one that was made
 * for something else
 */
export async function obtainModel(source: Source, options: SyncOptions, stopwatch: Stopwatch): Promise<ObtainedModel> {
  const { database, config } = source
  const { retrain = false, train = true, dryRun = false } = options
  const current = retrain ? await modelTrainedBy(database, config, options.runId) : await currentModel(database, config)
  if (current === null) {
    // Says what is missing.
    if (!train) await existingModel(database, config)
    return dryRun ? none : trainAndSave(source, options, stopwatch)
  }
  const { model, isStored, isCurrent } = current
  if (!isStored && !dryRun) await recordModel(database, config, model)
  return { model, trained: false, resumedFromEpoch: null, isCurrent }
}

const none: ObtainedModel = { model: null, trained: false, resumedFromEpoch: null, isCurrent: false }

/** One more than any version in the catalog or in the folder. */
async function nextVersionOf({ database, config: { modelDirectory, model } }: Source): Promise<string> {
  // The number of one whose recording was broken off is free.
  const newest = (await storedVersions(database, model.modelName)).filter(isWhole).at(-1)
  return String(Math.max(Number(newest?.version ?? 0) + 1, Number(await nextVersion(modelDirectory, model.modelName))))
}

async function trainAndSave(
  source: Source,
  { runId, now, onProgress, onNotice }: SyncOptions,
  stopwatch: Stopwatch,
): Promise<ObtainedModel> {
  const { database, config } = source
  const { modelDirectory, model } = config
  const version = await nextVersionOf(source)
  // Before any reading: training on a machine without the backend should fail at once.
  const { name, tf } = await loadBackend()
  const data = await stopwatch.measure('read', () =>
    readTrainingData(source, (done, total) => onProgress?.('read', done, total)),
  )
  let resumedFromEpoch: number | null = null
  const epochsExpected = expectedEpochs(source.config.training)
  const trained = await stopwatch.measure('train', () =>
    trainModel(source, data, {
      version,
      createdAt: now().toISOString(),
      backend: `${name} ${tf.version_core}`,
      onResume: (epoch) => {
        resumedFromEpoch = epoch
        onNotice?.(`Training goes on after epoch ${epoch}, where it was ended before`)
      },
      onNotice: (sentence) => onNotice?.(sentence),
      onEpoch: (record) => onProgress?.('train', record.epoch, epochsExpected(record), trainingProgress(record)),
    }),
  )
  await recordModel(database, config, trained, runId)
  await saveModel(modelDirectory, trained)
  await removeTrainingCheckpoint(trainingCheckpointFile(modelDirectory, model.modelName))
  return { model: trained, trained: true, resumedFromEpoch, isCurrent: false }
}
