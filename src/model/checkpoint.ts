/**
 * Model files: `<directory>/<name>/<version>/model.json` (the manifest) and `weights.bin` (float32, little-endian, in the
 * manifest's order). Loading reads data and runs no code. A version appears in one step, complete: it is written to a
 * folder beside it, which is then renamed.
 */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isErrorWithCode, ModelFileError, messageOf } from '../errors.ts'
import type { Manifest } from './manifest.ts'
import type { TrainedModel } from './model.ts'
import {
  type ModelFile,
  manifestFile,
  modelFiles,
  modelFromFiles,
  readManifest,
  unusable,
  weightsFile,
} from './model-files.ts'

/**
 * Writes `model` below `directory`; the folder it is in then.
 *
 * @throws ModelFileError if this version is there already or the folder cannot be written.
 */
export async function saveModel(directory: string, model: TrainedModel): Promise<string> {
  const folder = versionFolder(directory, model.name, model.version)
  const files = modelFiles(model)
  try {
    await mkdir(dirname(folder), { recursive: true })
    const draft = await mkdtemp(join(dirname(folder), draftPrefix))
    try {
      for (const file of [weightsFile, manifestFile] as const) await writeFile(join(draft, file), files[file])
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
  const placeOf = (file: ModelFile) => join(base, file)
  const manifest = await read(placeOf(manifestFile))
  return modelFromFiles({ [manifestFile]: manifest, [weightsFile]: await read(placeOf(weightsFile)) }, placeOf)
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
      listings.push({ name, version, folder, manifest: await manifestIn(folder).catch(modelFileErrorOnly) })
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

async function manifestIn(folder: string): Promise<Manifest> {
  return readManifest(await read(join(folder, manifestFile)), (file) => join(folder, file))
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw unusable(path, isErrorWithCode(cause, 'ENOENT') ? 'it is missing' : messageOf(cause), cause)
  }
}

function modelFileErrorOnly(error: unknown): ModelFileError {
  if (error instanceof ModelFileError) return error
  throw error
}
