/** The model that a sync scores with: the latest one on disk, or a new one where there is none or a new one is wanted. */
import { loadBackend } from '../model/backend.ts'
import { nextVersion, saveModel, trainingCheckpointFile } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
import { removeTrainingCheckpoint } from '../model/training-checkpoint.ts'
import { latestCatalogVersion } from '../write-back/catalog.ts'
import { existingModel, latestModel } from './latest-model.ts'
import type { Source } from './source.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { SyncOptions } from './sync-options.ts'
import { trainModel } from './train-model.ts'
import { readTrainingData } from './training-data.ts'
import { trainingProgress } from './training-progress.ts'

export interface ObtainedModel {
  /** `null` for a dry run without a model. */
  readonly model: TrainedModel | null
  readonly trained: boolean
  /** Last epoch of the earlier attempt that its training went on from; `null` where it was trained at once, or before. */
  readonly resumedFromEpoch: number | null
}

/**
 * @throws ModelFileError for a model file that cannot be used, or is needed and not there; ConfigError for one that was made
 * for something else
 */
export async function obtainModel(source: Source, options: SyncOptions, stopwatch: Stopwatch): Promise<ObtainedModel> {
  const { modelDirectory, model } = source.config
  const { retrain = false, train = true, dryRun = false } = options
  if (!train) return untrained(await existingModel(source.config))
  const existing = retrain ? null : await latestModel(source.config)
  if (existing !== null) return untrained(existing)
  if (dryRun) return untrained(null)
  const inCatalog = await latestCatalogVersion(source.database, model.modelName)
  const version = String(Math.max(inCatalog + 1, Number(await nextVersion(modelDirectory, model.modelName))))
  return trainAndSave(source, version, options, stopwatch)
}

function untrained(model: TrainedModel | null): ObtainedModel {
  return { model, trained: false, resumedFromEpoch: null }
}

async function trainAndSave(
  source: Source,
  version: string,
  { now, onProgress, onNotice }: SyncOptions,
  stopwatch: Stopwatch,
): Promise<ObtainedModel> {
  const { modelDirectory, model } = source.config
  // Before any reading: training on a machine without the backend should fail at once.
  const { name, tf } = await loadBackend()
  const data = await stopwatch.measure('read', () =>
    readTrainingData(source, (done, total) => onProgress?.('read', done, total)),
  )
  let resumedFromEpoch: number | null = null
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
      onEpoch: (record, epochs) => onProgress?.('train', record.epoch, epochs, trainingProgress(record)),
    }),
  )
  await saveModel(modelDirectory, trained)
  await removeTrainingCheckpoint(trainingCheckpointFile(modelDirectory, model.modelName))
  return { model: trained, trained: true, resumedFromEpoch }
}
