/** The two files of a model as bytes, wherever they are kept: the manifest, and the weights as float32, little-endian, in its order. */
import { ModelFileError } from '../errors.ts'
import { createFeatureSchema } from '../graph/feature-schema.ts'
import { fromLittleEndianBytes, littleEndianBytes } from './little-endian.ts'
import { type Manifest, manifestText, parseManifest, sha256 } from './manifest.ts'
import { networkShapeOf, type TrainedModel } from './model.ts'
import { joinWeights, splitWeights, weightLayout } from './parameters.ts'

export const manifestFile = 'model.json'
export const weightsFile = 'weights.bin'

export type ModelFile = typeof manifestFile | typeof weightsFile
export type ModelFiles = Readonly<Record<ModelFile, Uint8Array>>

export function modelFiles(model: TrainedModel): ModelFiles {
  const weights = littleEndianBytes(joinWeights(networkShapeOf(model), model.weights))
  return { [manifestFile]: Buffer.from(manifestText(model, sha256(weights))), [weightsFile]: weights }
}

/**
 * The model in `files`; `placeOf` names them in errors.
 * @throws ModelFileError if a file is truncated, changed, or of an unknown format.
 */
export function modelFromFiles(files: ModelFiles, placeOf: (file: ModelFile) => string): TrainedModel {
  const manifest = readManifest(files[manifestFile], placeOf)
  const { format: _format, weights: layout, weightsSha256, ...rest } = manifest
  if (createFeatureSchema(rest.featureSchema.groups).featureCount !== rest.featureSchema.featureCount)
    throw unusable(placeOf(manifestFile), 'its featureCount is not that of its feature groups')
  const shape = networkShapeOf(rest)
  if (JSON.stringify(weightLayout(shape)) !== JSON.stringify(layout))
    throw unusable(placeOf(manifestFile), 'its weights do not have the names and shapes of the network it describes')
  const bytes = files[weightsFile]
  const length =
    layout.reduce((sum, weight) => sum + weight.shape.reduce((size, side) => size * side, 1), 0) *
    Float32Array.BYTES_PER_ELEMENT
  if (bytes.length !== length) throw unusable(placeOf(weightsFile), `expected ${length} bytes, got ${bytes.length}`)
  if (sha256(bytes) !== weightsSha256)
    throw unusable(placeOf(weightsFile), 'its checksum does not fit; it was changed after it was written')
  return { ...rest, weights: splitWeights(shape, fromLittleEndianBytes(bytes)) }
}

/** The manifest alone. @throws ModelFileError if it is truncated, changed, or of an unknown format. */
export function readManifest(bytes: Uint8Array, placeOf: (file: ModelFile) => string): Manifest {
  const manifest = parseManifest(Buffer.from(bytes).toString('utf8'))
  if (typeof manifest === 'string') throw unusable(placeOf(manifestFile), manifest)
  return manifest
}

export function unusable(place: string, reason: string, cause?: unknown): ModelFileError {
  return new ModelFileError(
    `Cannot use model file ${place}: ${reason}. Restore it from a copy, or train the model anew`,
    cause === undefined ? undefined : { cause },
  )
}
