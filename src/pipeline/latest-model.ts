/** The model on disk that a configuration would score with: the latest version. */
import type { Config } from '../config/schema.ts'
import { loadModel, versionsOf } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
import { requireFit } from './require-fit.ts'

/**
 * `null` where there is none.
 * @throws ModelFileError for a model file that cannot be used; ConfigError for a model that was made for something else
 */
export async function latestModel(config: Config): Promise<TrainedModel | null> {
  const { modelDirectory, model } = config
  return (await versionsOf(modelDirectory, model.modelName)).length === 0 ? null : existingModel(config)
}

/** As {@link latestModel}; a ModelFileError also where there is none. */
export async function existingModel(config: Config): Promise<TrainedModel> {
  const latest = await loadModel(config.modelDirectory, config.model.modelName)
  requireFit(latest, config)
  return latest
}
