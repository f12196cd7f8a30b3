/** The model on disk that a configuration would score with. */
import type { Config } from '../config/schema.ts'
import { loadModel, versionsOf } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
import { requireFit } from './require-fit.ts'

/**
 * The latest version, `null` where there is none.
 * @throws ModelFileError for a model file that cannot be used; ConfigError for a model that was made for something else
 */
export async function latestModel(config: Config): Promise<TrainedModel | null> {
  const { modelDirectory, model } = config
  if ((await versionsOf(modelDirectory, model.modelName)).length === 0) return null
  const latest = await loadModel(modelDirectory, model.modelName)
  requireFit(latest, config)
  return latest
}
