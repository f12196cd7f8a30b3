/** The model that a sync scores with: the latest one on disk, or a new one where there is none or a new one is wanted. */
import { loadBackend } from '../model/backend.ts'
import { nextVersion, saveModel } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
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
}

/**
 * @throws ModelFileError for a model file that cannot be used, or is needed and not there; ConfigError for one that was made
 * for something else
 */
export async function obtainModel(source: Source, options: SyncOptions, stopwatch: Stopwatch): Promise<ObtainedModel> {
  const { modelDirectory, model } = source.config
  const { retrain = false, train = true, dryRun = false } = options
  if (!train) return { model: await existingModel(source.config), trained: false }
  const existing = retrain ? null : await latestModel(source.config)
  if (existing !== null) return { model: existing, trained: false }
  if (dryRun) return { model: null, trained: false }
  const inCatalog = await latestCatalogVersion(source.database, model.modelName)
  const version = String(Math.max(inCatalog + 1, Number(await nextVersion(modelDirectory, model.modelName))))
  return { model: await trainAndSave(source, version, options, stopwatch), trained: true }
}

async function trainAndSave(
  source: Source,
  version: string,
  { now, onProgress }: SyncOptions,
  stopwatch: Stopwatch,
): Promise<TrainedModel> {
  // Before any reading: training on a machine without the backend should fail at once.
  await loadBackend()
  const data = await stopwatch.measure('read', () =>
    readTrainingData(source, (done, total) => onProgress?.('read', done, total)),
  )
  const trained = await stopwatch.measure('train', () =>
    trainModel(source, data, {
      version,
      createdAt: now().toISOString(),
      onEpoch: (record, epochs) => onProgress?.('train', record.epoch, epochs, trainingProgress(record)),
    }),
  )
  await saveModel(source.config.modelDirectory, trained)
  return trained
}
