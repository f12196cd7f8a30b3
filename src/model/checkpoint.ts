/**
 * Model files: `<directory>/<name>/<version>/model.json` (the manifest) and `weights.bin` (float32, little-endian, in the
 * manifest's order). Loading reads data and runs no code. A version appears in one step, complete: it is written to a
 * folder beside it, which is then renamed.
 */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isErrorWithCode, ModelFileError, messageOf } from '../errors.ts'
import { createFeatureSchema } from '../graph/feature-schema.ts'
import { fromLittleEndianBytes, littleEndianBytes } from './little-endian.ts'
import { type Manifest, manifestText, parseManifest, sha256 } from './manifest.ts'
import { networkShapeOf, type TrainedModel } from './model.ts'
import { joinWeights, splitWeights, weightLayout } from './parameters.ts'

const manifestFile = 'model.json'
const weightsFile = 'weights.bin'

/**
 * Writes `model` below `directory`; the folder it is in then.
 *
 * @throws ModelFileError if this version is there already or the folder cannot be written.
 */
export async function saveModel(directory: string, model: TrainedModel): Promise<string> {
  const folder = versionFolder(directory, model.name, model.version)
  const bytes = littleEndianBytes(joinWeights(networkShapeOf(model), model.weights))
  try {
    await mkdir(dirname(folder), { recursive: true })
    const draft = await mkdtemp(join(dirname(folder), draftPrefix))
    try {
      await writeFile(join(draft, weightsFile), bytes)
      await writeFile(join(draft, manifestFile), manifestText(model, sha256(bytes)))
      await rename(draft, folder)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  } catch (cause) {
    const reason = isErrorWithCode(cause, 'ENOTEMPTY', 'EEXIST', 'EPERM')
      ? 'that version is there already; save it under the next version'
      : messageOf(cause)
    throw new ModelFileError(`Cannot save model '${model.name}' version ${model.version} in ${folder}: ${reason}`, {
      cause,
    })
  }
  return folder
}

/**
 * Reads the model in `folder`, or beside the manifest at `folder`.
 *
 * @throws ModelFileError if a file is missing, unreadable, truncated, changed, or of an unknown format.
 */
export async function readModel(folder: string): Promise<TrainedModel> {
  const base = basename(folder) === manifestFile ? dirname(folder) : folder
  const manifest = await readManifest(base)
  const { format: _format, weights: layout, weightsSha256, ...rest } = manifest
  if (createFeatureSchema(rest.featureSchema.groups).featureCount !== rest.featureSchema.featureCount)
    throw unusable(join(base, manifestFile), 'its featureCount is not that of its feature groups')
  if (JSON.stringify(weightLayout(networkShapeOf(rest))) !== JSON.stringify(layout))
    throw unusable(join(base, manifestFile), 'its weights do not have the names and shapes of the network it describes')
  const shape = networkShapeOf(rest)
  const path = join(base, weightsFile)
  const bytes = await read(path)
  const length =
    layout.reduce((sum, weight) => sum + weight.shape.reduce((size, side) => size * side, 1), 0) *
    Float32Array.BYTES_PER_ELEMENT
  if (bytes.length !== length) throw unusable(path, `expected ${length} bytes, got ${bytes.length}`)
  if (sha256(bytes) !== weightsSha256)
    throw unusable(path, 'its checksum does not fit; it was changed after it was written')
  return { ...rest, weights: splitWeights(shape, fromLittleEndianBytes(bytes)) }
}

/**
 * Loads a version of the model `name`, by default the latest.
 *
 * @throws ModelFileError as {@link readModel}, and if there is no such model or version.
 */
export async function loadModel(directory: string, name: string, version = 'latest'): Promise<TrainedModel> {
  const versions = await versionsOf(directory, name)
  const wanted = version === 'latest' ? versions.at(-1) : version
  if (wanted === undefined || !versions.includes(wanted)) {
    const there = versions.length > 0 ? `versions ${versions.join(', ')}` : 'no version of it'
    throw new ModelFileError(
      `Cannot load model '${name}' version ${version} from ${directory}: got ${there}; train it, or name another modelDirectory`,
    )
  }
  const folder = versionFolder(directory, name, wanted)
  const model = await readModel(folder)
  if (model.name !== name || model.version !== wanted)
    throw unusable(
      join(folder, manifestFile),
      `it is of '${model.name}' version ${model.version}; the folder was moved`,
    )
  return model
}

/** The version that the next model `name` gets: '1', '2', ... */
export async function nextVersion(directory: string, name: string): Promise<string> {
  const versions = await versionsOf(directory, name)
  return String(Number(versions.at(-1) ?? 0) + 1)
}

export interface ModelListing {
  readonly name: string
  readonly version: string
  readonly folder: string
  /** What the manifest says; a model whose manifest cannot be used has the sentence that says why. */
  readonly manifest: Manifest | ModelFileError
}

/** All models below `directory`, by name and version; none where there is no such folder. */
export async function listModels(directory: string): Promise<ModelListing[]> {
  const listings: ModelListing[] = []
  for (const folderName of (await foldersIn(directory)).sort()) {
    const name = nameFromFolder(folderName)
    if (name === null) continue
    for (const version of await versionsOf(directory, name)) {
      const folder = versionFolder(directory, name, version)
      listings.push({ name, version, folder, manifest: await readManifest(folder).catch(modelFileErrorOnly) })
    }
  }
  return listings
}

/** Versions of `name`, oldest first. */
export async function versionsOf(directory: string, name: string): Promise<string[]> {
  const names = await foldersIn(join(directory, folderName(name)))
  return names.filter((version) => versionPattern.test(version)).sort((a, b) => Number(a) - Number(b))
}

/**
 * Where the training of a next version of the model `name` keeps its checkpoint.
 *
 * @throws ModelFileError for a name that no folder can have
 */
export function trainingCheckpointFile(directory: string, name: string): string {
  return join(directory, folderName(name), 'training-checkpoint.bin')
}

const versionPattern = /^[1-9]\d{0,14}$/
/** Folders of versions that are being written; no name and no version starts like this. */
const draftPrefix = '.saving-'

function versionFolder(directory: string, name: string, version: string): string {
  if (!versionPattern.test(version))
    throw new ModelFileError(`Cannot use version '${version}' of model '${name}': expected a number such as 1`)
  return join(directory, folderName(name), version)
}

/** A folder name for any model name: letters, digits, '-' and '_' stay, everything else is percent-encoded. */
function folderName(name: string): string {
  const encoded = percentEncoded(name)
  if (encoded === '' || encoded.length > 255)
    throw new ModelFileError(
      `Cannot use model name '${name}': expected 1 to 255 characters, other than letters and digits counting more; choose another modelName`,
    )
  return encoded
}

function percentEncoded(name: string): string {
  try {
    return encodeURIComponent(name).replace(/[.!~*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  } catch (cause) {
    throw new ModelFileError(`Cannot use model name '${name}': expected text, got half of a character in it`, { cause })
  }
}

/** The inverse of {@link folderName}; `null` for a folder that it did not name. */
function nameFromFolder(folder: string): string | null {
  try {
    const name = decodeURIComponent(folder)
    return folderName(name) === folder ? name : null
  } catch {
    return null
  }
}

async function foldersIn(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  } catch (cause) {
    if (isErrorWithCode(cause, 'ENOENT')) return []
    throw new ModelFileError(`Cannot look for models in ${directory}: ${messageOf(cause)}`, { cause })
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestFile)
  const manifest = parseManifest((await read(path)).toString('utf8'))
  if (typeof manifest === 'string') throw unusable(path, manifest)
  return manifest
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw unusable(path, isErrorWithCode(cause, 'ENOENT') ? 'it is missing' : messageOf(cause), cause)
  }
}

function unusable(path: string, reason: string, cause?: unknown): ModelFileError {
  return new ModelFileError(
    `Cannot use model file ${path}: ${reason}. Restore it from a copy, or train the model anew`,
    cause === undefined ? undefined : { cause },
  )
}

function modelFileErrorOnly(error: unknown): ModelFileError {
  if (error instanceof ModelFileError) return error
  throw error
}
