/** Versions of models in the catalog, as people name them: NAME or NAME:VERSION. */
import { resolve } from 'node:path'
import { ConfigError, ModelFileError } from '../errors.ts'
import { readModel, saveModel } from '../model/checkpoint.ts'
import type { TrainedModel } from '../model/model.ts'
import type { Database } from '../neo4j/database.ts'
import { dropModel, type StoredVersion, showModel } from '../neo4j/model-catalogue.ts'
import {
  loadStoredModel,
  type ModelPlace,
  promoteVersion,
  storedVersions,
  storeModel,
} from '../write-back/model-store.ts'

interface Reference {
  readonly name: string
  /** `null`: the current one, else the newest. */
  readonly version: string | null
}

/** A name may have colons itself. */
function readReference(text: string): Reference {
  const [, name, version = null] = /^(.+?)(?::(\d+))?$/s.exec(text) ?? []
  if (name === undefined)
    throw new ConfigError(`Cannot find the model '${text}': expected NAME or NAME:VERSION, such as cases:3`)
  return { name, version }
}

async function versionOf(database: Database, text: string): Promise<StoredVersion & { readonly name: string }> {
  const { name, version } = readReference(text)
  const versions = await storedVersions(database, name)
  const wanted =
    version === null
      ? (versions.find(({ isCurrent }) => isCurrent) ?? versions.at(-1))
      : versions.find((each) => each.version === version)
  if (wanted !== undefined) return { ...wanted, name }
  const there = versions.length > 0 ? `versions ${versions.map((each) => each.version).join(', ')}` : 'no such name'
  throw new ConfigError(
    `Cannot find the model '${text}': expected one of the catalog, got ${there}; 'smg models list' shows them`,
  )
}

/** All that the catalog knows of a version: its node's properties, evaluations of the same settings, and how many runs used it. */
export async function describeModel(database: Database, text: string) {
  const { name, version } = await versionOf(database, text)
  const [row] = await database.run(showModel, {}, { name, version })
  if (row === undefined) throw new ConfigError(`Cannot show the model '${text}': it was dropped meanwhile`)
  return row
}

/** Saves a version below `directory`, as the folder of models has it; the folder it is in then. */
export async function exportModel(database: Database, text: string, directory: string): Promise<string> {
  const { name, version, storedIn } = await versionOf(database, text)
  if (storedIn !== 'database')
    throw new ConfigError(
      `Cannot export the model ${name}:${version}: expected one whose files are in the database; 'smg models show ${name}:${version}' says which folder has them`,
    )
  return saveModel(directory, await loadStoredModel(database, name, version))
}

export interface ImportedModel {
  readonly model: TrainedModel
  /** Whether it is the one to score with now. */
  readonly isCurrent: boolean
}

/**
 * Puts the model of a folder into the database: under its version, or the next one where the catalog has another of that version. It
 * becomes the current one only where there is none.
 */
export async function importModel(database: Database, folder: string): Promise<ImportedModel> {
  const model = await readModel(folder)
  const versions = await storedVersions(database, model.name)
  const isCurrent = versions.every((each) => !each.isCurrent)
  const place: ModelPlace = { storedIn: 'database', folder: resolve(folder), isCurrent }
  return { model: await storedAs(database, model, place, versions), isCurrent }
}

async function storedAs(
  database: Database,
  model: TrainedModel,
  place: ModelPlace,
  versions: readonly StoredVersion[],
): Promise<TrainedModel> {
  const store = async (version: TrainedModel) => {
    await storeModel(database, version, place)
    return version
  }
  if (versions.every(({ version }) => version !== model.version)) return store(model)
  try {
    // The same once more is harmless.
    return await store(model)
  } catch (thrown) {
    if (!(thrown instanceof ModelFileError)) throw thrown
    const newest = Math.max(...versions.map(({ version }) => Number(version)))
    return store({ ...model, version: String(newest + 1) })
  }
}

/** Lets a version be the one that is scored with. */
export async function promoteModel(database: Database, text: string): Promise<string> {
  const { name, version } = await versionOf(database, text)
  await promoteVersion(database, name, version)
  return `${name}:${version}`
}

export interface DroppedModel {
  readonly model: string
  /** Where files of it are still, on the machine that saved them. */
  readonly folder: string | null
}

/** @throws ConfigError for the current version where there are others: one of them has to be promoted before */
export async function removeModel(database: Database, text: string): Promise<DroppedModel> {
  const { name, version, isCurrent } = await versionOf(database, text)
  const others = (await storedVersions(database, name)).filter((each) => each.version !== version)
  if (isCurrent && others.length > 0)
    throw new ConfigError(
      `Cannot drop the model ${name}:${version}: it is the current one; promote another version before, of ${others.map((each) => each.version).join(', ')}`,
    )
  const [dropped] = await database.run(dropModel, {}, { name, version })
  return { model: `${name}:${version}`, folder: dropped?.folder ?? null }
}
