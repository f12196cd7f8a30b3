/**
 * Versions of models in the catalog: recorded once and never changed. Their files are in the database, in parts, so that whoever
 * has its address and credentials can score; or in a folder that the node names.
 */
import { ModelFileError } from '../errors.ts'
import { sha256 } from '../model/manifest.ts'
import type { TrainedModel } from '../model/model.ts'
import {
  type ModelFile,
  type ModelFiles,
  manifestFile,
  modelFiles,
  modelFromFiles,
  unusable,
  weightsFile,
} from '../model/model-files.ts'
import type { Database } from '../neo4j/database.ts'
import {
  createModelConstraint,
  createModelPartConstraint,
  forgetModelParts,
  locateModel,
  modelParts,
  modelVersions,
  promoteModel,
  type StoredVersion,
  saveModelNode,
  saveModelPart,
} from '../neo4j/model-catalogue.ts'
import { modelProperties } from './model-properties.ts'

export interface ModelPlace {
  readonly storedIn: 'database' | 'folder'
  /** Where its files are on this machine, absolute. */
  readonly folder: string
  /** Id of the run. Default: not known */
  readonly trainedBy?: string | undefined
  /** Whether it is to be the one to score with from now on. */
  readonly isCurrent: boolean
}

/** A transaction holds one part; servers are set up for some MiB at least. */
const bytesPerPart = 1024 * 1024

/**
 * Records a version with its files; broken off and called again, it does the rest, or replaces it by another.
 * @throws ModelFileError where the catalog has another model of that name and version, with its files
 */
export async function storeModel(database: Database, model: TrainedModel, place: ModelPlace): Promise<void> {
  await database.run(createModelConstraint, {}, {})
  const { name, version } = model
  const files = modelFiles(model)
  const own = sha256(files[manifestFile])
  const node = { name, version, sha256: own, properties: modelProperties(model), trainedAt: model.createdAt }
  const [kept] = await database.run(saveModelNode, {}, node)
  if (kept?.sha256 !== own)
    throw new ModelFileError(
      `Cannot record the model ${name}:${version}: expected a new version, got one that the catalog has with other content; train the next version with --retrain, or drop it with 'smg models drop ${name}:${version}'`,
    )
  if (place.storedIn === 'database' && kept.storedIn !== 'database') await storeParts(database, model, files)
  const byteCount = BigInt(files[manifestFile].length + files[weightsFile].length)
  // Last: only a version whose parts are all there counts as stored.
  const { trainedBy = null, ...where } = place
  await database.run(locateModel, {}, { name, version, byteCount, trainedBy, ...where })
}

async function storeParts(database: Database, { name, version }: TrainedModel, files: ModelFiles): Promise<void> {
  await database.run(createModelPartConstraint, {}, {})
  await database.run(forgetModelParts, {}, { model: name, version })
  for (const file of [manifestFile, weightsFile] as const)
    for (const [index, bytes] of partsOf(files[file]).entries())
      await database.run(saveModelPart, {}, { model: name, version, file, index: BigInt(index), bytes })
}

function partsOf(bytes: Uint8Array): Int8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / bytesPerPart) }, (_, i) =>
    // The driver sends an Int8Array as BYTES.
    Int8Array.from(bytes.subarray(i * bytesPerPart, (i + 1) * bytesPerPart)),
  )
}

/** Versions of a model, oldest first. */
export function storedVersions(database: Database, name: string): Promise<StoredVersion[]> {
  return database.run(modelVersions, {}, { name })
}

/** @throws ModelFileError where parts are missing or were changed */
export async function loadStoredModel(database: Database, name: string, version: string): Promise<TrainedModel> {
  const parts = await database.run(modelParts, {}, { model: name, version })
  const placeOf = (file: ModelFile) => `${file} of ${name}:${version} in the database`
  const contentOf = (wanted: ModelFile) => {
    const ofFile = parts.flatMap(({ file, bytes }) => (file === wanted ? [bytes] : []))
    if (ofFile.length === 0) throw unusable(placeOf(wanted), 'it is missing')
    return Buffer.concat(ofFile.map((bytes) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)))
  }
  const model = modelFromFiles(
    { [manifestFile]: contentOf(manifestFile), [weightsFile]: contentOf(weightsFile) },
    placeOf,
  )
  if (model.name !== name || model.version !== version)
    throw unusable(placeOf(manifestFile), `it is of '${model.name}' version ${model.version}`)
  return model
}

/**
 * Makes a version the one that is scored with from now on.
 * @throws ModelFileError where the catalog has no such version
 */
export async function promoteVersion(database: Database, name: string, version: string): Promise<void> {
  const promoted = await database.run(promoteModel, {}, { name, version })
  if (promoted.length > 0) return
  const versions = await storedVersions(database, name)
  const there =
    versions.length > 0 ? `versions ${versions.map((each) => each.version).join(', ')}` : 'none of that name'
  throw new ModelFileError(
    `Cannot promote the model ${name}:${version}: expected a version in the catalog, got ${there}; 'smg models list' shows them`,
  )
}
