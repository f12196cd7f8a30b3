/** What is written of one graph's score, as the statement takes it: properties of the graph node, and masks of its members. */
import { masksOnMemberships } from '../config/graph-nodes.ts'
import type { Projection, WritingOptions } from '../config/schema.ts'
import { SmgError } from '../errors.ts'
import { keyText } from '../graph/subgraph.ts'
import type { ScoreRow } from '../neo4j/catalogue.ts'
import type { Score } from '../scoring/score.ts'
import { writtenProperties } from './properties.ts'

/** A score with what identifies where it came from. */
export interface WritableScore {
  readonly score: Score
  readonly fingerprint: string
  /** Whether it has masks where they are not written any more: on members instead of memberships, or the other way round. Default: false */
  readonly hasStrayMasks?: boolean
  /** Element ids of the members, in the order of the score's, where we make the memberships. */
  readonly memberIds?: readonly string[] | undefined
}

/** Decides which properties are written, and which are taken away. */
export interface PropertyOptions {
  readonly projection: Projection
  readonly writing: WritingOptions
  /** Layers of the model, K. */
  readonly layers: number
  /** Properties that the database has in use: masks among them that are not written any more are taken out. */
  readonly propertyKeys: readonly string[]
}

export interface WriteOptions extends PropertyOptions {
  /** "name:version" */
  readonly model: string
  readonly runId: string
  /** ISO 8601 */
  readonly scoredAt: string
  readonly signal?: AbortSignal | undefined
}

/** The properties that hold a member's masks, in the order of the values in a row: layer by layer, then all channels. */
function maskProperties({ writing, layers }: PropertyOptions): string[] {
  const { maskLayer, maskChannels } = writtenProperties(writing.prefix)
  const ofLayers = Array.from({ length: layers }, (_, k) => maskLayer(k + 1))
  return writing.maskChannels ? [...ofLayers, maskChannels] : ofLayers
}

/** Which masks go on members and which on memberships, and which are taken from them. */
export function maskPlaces(chunk: readonly Pick<WritableScore, 'hasStrayMasks'>[], options: PropertyOptions) {
  const onMemberships = masksOnMemberships(options.projection)
  const masks = maskProperties(options)
  const surplus = surplusMaskProperties(masks, options)
  const stray = chunk.some(({ hasStrayMasks = false }) => hasStrayMasks) ? [...masks, ...surplus] : []
  return {
    maskProperties: onMemberships ? [] : masks,
    surplusMaskProperties: onMemberships ? stray : surplus,
    membershipMaskProperties: onMemberships ? masks : [],
    surplusMembershipMaskProperties: onMemberships ? surplus : stray,
  }
}

function surplusMaskProperties(written: readonly string[], { writing, propertyKeys }: PropertyOptions): string[] {
  const mask = new RegExp(`^${writtenProperties(writing.prefix).maskPattern}$`)
  return propertyKeys.filter((name) => mask.test(name) && !written.includes(name))
}

/** The row of one graph as the statement takes it. */
export function scoreRow({ score, fingerprint }: WritableScore, options: WriteOptions): ScoreRow {
  const properties = writtenProperties(options.writing.prefix)
  const { embedding, masks, maskChannels, prediction, probability, probabilities } = score
  requireFinite(score, 'embedding', embedding)
  requireFinite(score, 'mask', maskChannels ?? masks)
  requireFinite(score, 'probability', probabilities ?? [])
  if (typeof prediction === 'number') requireFinite(score, 'prediction', [prediction])
  const channels = options.writing.maskChannels ? maskChannels : null
  return {
    key: score.key,
    properties: {
      [properties.prediction]: prediction,
      ...(probability !== null && { [properties.probability]: probability }),
      ...(probabilities !== null && { [properties.probabilities]: probabilities }),
      [properties.embedding]: Array.from(embedding),
      [properties.model]: options.model,
      [properties.runId]: options.runId,
      [properties.fingerprint]: fingerprint,
    },
    absent: [
      ...(probability === null ? [properties.probability] : []),
      ...(probabilities === null ? [properties.probabilities] : []),
    ],
    members: score.nodeKeys,
    masks: [...maskColumns(score), ...(channels === null ? [] : [channelColumn(score, channels)])],
  }
}

/** Masks of each layer. [K][N] */
function maskColumns({ masks, layers, nodeKeys: { length } }: Score): number[][] {
  return Array.from({ length: layers }, (_, k) => Array.from(masks.subarray(k * length, (k + 1) * length)))
}

/** Each member's masks of all channels, layer by layer, out of `channels` [K, N, H]. [N][K * H] */
function channelColumn({ layers, nodeKeys: { length } }: Score, channels: Float32Array): number[][] {
  const hidden = channels.length / (layers * length)
  return Array.from({ length }, (_, v) =>
    Array.from({ length: layers }, (_, k) => k * length + v).flatMap((row) =>
      Array.from(channels.subarray(row * hidden, (row + 1) * hidden)),
    ),
  )
}

function requireFinite(score: Score, what: string, values: Iterable<number>): void {
  for (const value of values) {
    if (!Number.isFinite(value))
      throw new SmgError(
        `Cannot write the scores of graph ${keyText(score.key)}: expected a finite ${what}, got ${value}; check the features for extreme values, or train anew with a smaller learningRate`,
      )
  }
}
