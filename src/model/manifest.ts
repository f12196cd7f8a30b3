/**
 * The manifest of a model file: all of a model but the numbers of its weights, as JSON. Integers of the database (keys,
 * classes, categories) are `{"integer": "7"}`, so that they survive JSON and differ from the text "7".
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { modelSchema, orientations, trainingSchema } from '../config/schema.ts'
import { networkShapeOf, type TrainedModel } from './model.ts'
import { weightLayout } from './parameters.ts'

export const manifestFormat = 'smg-model/2'

const integer = z.strictObject({ integer: z.string().regex(/^-?\d+$/) }).transform(({ integer }) => BigInt(integer))
const key = z.union([z.string(), integer])
const category = z.union([z.string(), z.boolean(), integer])
const count = z.int().min(0)
const keys = z.array(key).readonly()

const propertyGroup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('oneHot'), property: z.string(), categories: z.array(category).min(1) }),
  z.strictObject({
    kind: z.literal('standardize'),
    property: z.string(),
    list: z.boolean(),
    mean: z.array(z.number()).min(1),
    std: z.array(z.number()).min(1),
  }),
  z.strictObject({ kind: z.literal('none'), property: z.string(), list: z.boolean(), length: z.int().min(1) }),
])

const featureGroup = z.discriminatedUnion('kind', [
  ...propertyGroup.options,
  z.strictObject({ kind: z.literal('degreeOneHot'), maxDegree: count }),
  z.strictObject({ kind: z.literal('degreeStandardize'), mean: z.number(), std: z.number() }),
])

export const epochRecordSchema = z.strictObject({
  epoch: count,
  learningRate: z.number(),
  trainLoss: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number().nullable(),
  validationMeanAbsoluteError: z.number().nullable(),
})

const byLayer = z.array(z.number()).min(1)

const maskQuality = z.strictObject({
  graphCount: z.int().min(1),
  share: z.number(),
  deletionFidelity: byLayer,
  randomDeletionFidelity: z.number(),
  insertionFidelity: byLayer,
  randomInsertionFidelity: z.number(),
  sparsity: byLayer,
  rocAuc: byLayer.nullable(),
  truthProperty: z.string().nullable(),
  stability: byLayer.nullable(),
})

const content = z.strictObject({
  format: z.literal(manifestFormat),
  name: z.string(),
  version: z.string(),
  createdAt: z.string(),
  options: modelSchema,
  training: trainingSchema,
  targetProperty: z.string(),
  targetProperties: z.array(z.string()).min(2).optional(),
  classes: z.array(category),
  targetScaling: z.strictObject({ mean: z.array(z.number()).min(1), std: z.array(z.number()).min(1) }).nullable(),
  orientation: z.enum(orientations),
  featureSchema: z.strictObject({ featureCount: count, groups: z.array(featureGroup) }),
  edgeSchema: z
    .strictObject({
      weight: z.string().nullable(),
      type: z.strictObject({ property: z.string(), categories: z.array(category).min(1) }).nullable(),
      features: z.array(propertyGroup),
    })
    .optional(),
  split: z.strictObject({ train: keys, validation: keys, test: keys }),
  metrics: z.union([
    z.strictObject({
      loss: z.number(),
      accuracy: z.number(),
      f1Macro: z.number(),
      f1Weighted: z.number(),
      rocAuc: z.number().nullable(),
    }),
    z.strictObject({ loss: z.number(), meanAbsoluteError: z.number(), rootMeanSquaredError: z.number() }),
  ]),
  maskQuality: maskQuality.optional(),
  history: z.array(epochRecordSchema),
  bestEpoch: count,
  /** In the order in which the weights file holds them. */
  weights: z.array(z.strictObject({ name: z.string(), shape: z.array(count) })),
  weightsSha256: z.string(),
})

export type Manifest = z.output<typeof content>

const envelope = z.strictObject({ sha256: z.string(), content: z.looseObject({ format: z.string() }) })

/** The text of the manifest, which guards itself and the weights file by their checksums. */
export function manifestText(model: TrainedModel, weightsSha256: string): string {
  const { weights: _weights, ...rest } = model
  const record = {
    format: manifestFormat,
    ...rest,
    weights: weightLayout(networkShapeOf(model)),
    weightsSha256,
  }
  // In the order of the schema, so that a model that was read has the text that it was read from.
  const plain: unknown = JSON.parse(taggedJson(content.parse(JSON.parse(taggedJson(record)))))
  return `${JSON.stringify({ sha256: sha256(JSON.stringify(plain)), content: plain }, null, 1)}\n`
}

/** The manifest in `text`, or a sentence fragment that says what is wrong with it. */
export function parseManifest(text: string): Manifest | string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'it is not JSON (truncated?)'
  }
  const outer = envelope.safeParse(json)
  if (!outer.success) return 'it is no model manifest'
  const { format } = outer.data.content
  if (format !== manifestFormat)
    return `expected format ${manifestFormat}, got ${format}; it was written by another version of this program`
  if (sha256(JSON.stringify(outer.data.content)) !== outer.data.sha256)
    return 'its checksum does not fit; it was changed after it was written'
  const inner = content.safeParse(outer.data.content)
  return inner.success ? inner.data : z.prettifyError(inner.error)
}

/** JSON of a part of a model, integers of the database as in the manifest. */
export function taggedJson(value: object): string {
  return JSON.stringify(value, tagInteger)
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function tagInteger(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { integer: value.toString() } : value
}
