/**
 * The model that a configuration scores with: the current version of the catalog, else its newest, from the database where its files
 * are there; else the newest in the folder of models.
 */
import { resolve } from 'node:path'
import type { Config } from '../config/schema.ts'
import { loadModel, versionsOf } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
import type { Database } from '../neo4j/database.ts'
import type { StoredVersion } from '../neo4j/model-catalogue.ts'
import { loadStoredModel, promoteVersion, storedVersions, storeModel } from '../write-back/model-store.ts'
import { hasMaskQuality } from './mask-quality/require-mask-quality.ts'
import { requireFit } from './require-fit.ts'

export interface CurrentModel {
  readonly model: TrainedModel
  /** Whether the catalog has it, with its files where the configuration wants them. */
  readonly isStored: boolean
  /** Whether the catalog says that it is the one to score with. */
  readonly isCurrent: boolean
}

/**
 * `null` where there is none.
 * @throws ModelFileError for a model that cannot be used; ConfigError for one that was made for something else
 */
export async function currentModel(database: Database, config: Config): Promise<CurrentModel | null> {
  const { modelDirectory, model } = config
  const versions = await storedVersions(database, model.modelName)
  const known = versions.find(({ isCurrent }) => isCurrent) ?? versions.filter(isWhole).at(-1)
  if (known?.storedIn !== 'database') {
    const isNone = known?.isCurrent !== true && (await versionsOf(modelDirectory, model.modelName)).length === 0
    if (isNone) return null
  }
  return found(database, config, known)
}

/** As {@link currentModel}; a ModelFileError also where there is none. */
export async function existingModel(database: Database, config: Config): Promise<TrainedModel> {
  const current = await currentModel(database, config)
  // Says what is missing, and where it was looked for.
  return current?.model ?? loadModel(config.modelDirectory, config.model.modelName)
}

async function found(database: Database, config: Config, known: StoredVersion | undefined): Promise<CurrentModel> {
  const model = await loadVersion(database, config, known, known?.isCurrent === true ? known.version : 'latest')
  requireFit(model, config)
  const isKnown = known?.version === model.version
  const isStored = isKnown && (known.storedIn === 'database' || known.storedIn === config.modelStore)
  return { model, isStored, isCurrent: isKnown && known.isCurrent }
}

/** `known` from the database where its files are there, else `version` from the folder of models. */
function loadVersion(
  database: Database,
  { modelDirectory, model: { modelName } }: Config,
  known: StoredVersion | undefined,
  version: string,
): Promise<TrainedModel> {
  return known?.storedIn === 'database'
    ? loadStoredModel(database, modelName, known.version)
    : loadModel(modelDirectory, modelName, version)
}

/** One version of the model, whether it is the current one or not. */
export async function modelOfVersion(database: Database, config: Config, version: string): Promise<TrainedModel> {
  const versions = await storedVersions(database, config.model.modelName)
  return loadVersion(
    database,
    config,
    versions.find((each) => each.version === version),
    version,
  )
}

/** Not one whose recording was broken off. */
export function isWhole({ storedIn, sha256 }: StoredVersion): boolean {
  return storedIn !== null || sha256 === null
}

/** The model that an earlier attempt at a run has trained, `null` where none has. */
export async function modelTrainedBy(database: Database, config: Config, runId: string): Promise<CurrentModel | null> {
  const versions = await storedVersions(database, config.model.modelName)
  const known = versions.findLast(({ trainedBy, storedIn }) => trainedBy === runId && storedIn === 'database')
  return known === undefined ? null : found(database, config, known)
}

/** Records a model with its files in the catalog, as the configuration says; the current one, if its masks are good enough. */
export async function recordModel(
  database: Database,
  config: Config,
  model: TrainedModel,
  trainedBy?: string,
): Promise<void> {
  const { modelStore, modelDirectory } = config
  const isCurrent = hasMaskQuality(model, config)
  await storeModel(database, model, { storedIn: modelStore, folder: resolve(modelDirectory), trainedBy, isCurrent })
}

/** Lets `model` be the one to score with from now on. */
export function promote(database: Database, { name, version }: TrainedModel): Promise<void> {
  return promoteVersion(database, name, version)
}
