/**
 * Writes scores in transactions of whole graphs: a graph node and all its members change together, so a reader never sees
 * a prediction with another run's masks, and writing the same scores again changes nothing.
 */
import pLimit from 'p-limit'
import type { Projection, WritingOptions } from '../config/schema.ts'
import { SmgError, throwIfInterrupted } from '../errors.ts'
import { keyText } from '../graph/subgraph.ts'
import { type ScoreRow, writeScores } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import type { Score } from '../scoring/score.ts'
import { writtenProperties } from './properties.ts'

/** A score with what identifies where it came from. */
export interface WritableScore {
  readonly score: Score
  readonly fingerprint: string
  /** Whether it has masks where they are not written any more: on members instead of memberships, or the other way round. Default: false */
  readonly hasStrayMasks?: boolean
}

export interface WriteOptions {
  readonly projection: Projection
  readonly writing: WritingOptions
  /** "name:version" */
  readonly model: string
  readonly runId: string
  /** ISO 8601 */
  readonly scoredAt: string
  /** Layers of the model, K. */
  readonly layers: number
  /** Properties that the database has in use: masks among them that are not written any more are taken out. */
  readonly propertyKeys: readonly string[]
  readonly signal?: AbortSignal | undefined
}

export interface WriteResult {
  readonly graphCount: number
  readonly nodeCount: number
  readonly nodePropertiesWritten: number
}

/** About this many bytes of scores go into one transaction (NEO4J.md, practice 15: 4-8 MB). */
const bytesPerTransaction = 4 * 1024 * 1024

/**
 * Writes `scores`, ascending by key, at most `writing.concurrency` transactions at a time over disjoint ranges of keys.
 * @throws SmgError for a score that is not finite, InterruptedError between transactions.
 */
export async function writeScorePage(
  database: Database,
  scores: readonly WritableScore[],
  options: WriteOptions,
): Promise<WriteResult> {
  const { projection, writing } = options
  const { graphLabel, graphKey, membershipType, nodeLabels, nodeKey } = projection
  const { scoredAt } = writtenProperties(writing.prefix)
  const masks = maskProperties(options)
  const surplus = surplusMaskProperties(masks, options)
  const limit = pLimit(writing.concurrency)
  const settled = await Promise.allSettled(
    chunksOf(scores, writing).map((chunk) =>
      limit(async () => {
        throwIfInterrupted(options.signal, 'writing')
        const { rows, counts } = await database.runCounted(
          writeScores,
          { graphLabel, graphKey, membershipType, nodeLabels, nodeKey },
          {
            rows: chunk.map((writable) => scoreRow(writable, options)),
            scoredAtProperty: scoredAt,
            scoredAt: options.scoredAt,
            ...maskPlaces(chunk, { masks, surplus, sharedMembers: projection.sharedMembers }),
          },
        )
        return { ...rows[0], nodePropertiesWritten: counts.propertiesSet }
      }),
    ),
  )
  // Only once no transaction is under way any more.
  const failure = settled.find((outcome) => outcome.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  const results = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const sum = (count: (result: (typeof results)[number]) => number | undefined) =>
    results.reduce((total, result) => total + (count(result) ?? 0), 0)
  return {
    graphCount: sum((result) => result.graphCount),
    nodeCount: sum((result) => result.nodeCount),
    nodePropertiesWritten: sum((result) => result.nodePropertiesWritten),
  }
}

/** The properties that hold a member's masks, in the order of the values in a row: layer by layer, then all channels. */
function maskProperties({ writing, layers }: WriteOptions): string[] {
  const { maskLayer, maskChannels } = writtenProperties(writing.prefix)
  const ofLayers = Array.from({ length: layers }, (_, k) => maskLayer(k + 1))
  return writing.maskChannels ? [...ofLayers, maskChannels] : ofLayers
}

/** Which masks go on members and which on memberships, and which are taken from them. */
function maskPlaces(
  chunk: readonly WritableScore[],
  { masks, surplus, sharedMembers }: { masks: string[]; surplus: string[]; sharedMembers: boolean },
) {
  const stray = chunk.some(({ hasStrayMasks = false }) => hasStrayMasks) ? [...masks, ...surplus] : []
  return {
    maskProperties: sharedMembers ? [] : masks,
    surplusMaskProperties: sharedMembers ? stray : surplus,
    membershipMaskProperties: sharedMembers ? masks : [],
    surplusMembershipMaskProperties: sharedMembers ? surplus : stray,
  }
}

function surplusMaskProperties(written: readonly string[], { writing, propertyKeys }: WriteOptions): string[] {
  const mask = new RegExp(`^${writtenProperties(writing.prefix).maskPattern}$`)
  return propertyKeys.filter((name) => mask.test(name) && !written.includes(name))
}

/** The row of one graph as the statement takes it. */
export function scoreRow({ score, fingerprint }: WritableScore, options: WriteOptions): ScoreRow {
  const properties = writtenProperties(options.writing.prefix)
  const { embedding, masks, maskChannels, nodeKeys, prediction, probability, probabilities } = score
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
    masks: Object.fromEntries(
      nodeKeys.map((key, v) => [
        keyText(key),
        [...maskOfLayers(score, v), ...(channels === null ? [] : [maskOfChannels(score, channels, v)])],
      ]),
    ),
  }
}

/** Member v's mask of each layer. [K] */
function maskOfLayers({ masks, layers, nodeKeys }: Score, v: number): number[] {
  return Array.from({ length: layers }, (_, k) => masks[k * nodeKeys.length + v] ?? Number.NaN)
}

/** Member v's mask of each channel, layer by layer, out of `channels` [K, N, H]. [K, H] */
function maskOfChannels({ layers, nodeKeys }: Score, channels: Float32Array, v: number): number[] {
  const hidden = channels.length / (layers * nodeKeys.length)
  return Array.from({ length: layers }, (_, k) => k * nodeKeys.length + v).flatMap((row) =>
    Array.from(channels.subarray(row * hidden, (row + 1) * hidden)),
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

/** Consecutive runs of scores, one per writer, or more where one would be too large for a transaction. */
function chunksOf(scores: readonly WritableScore[], writing: WritingOptions): WritableScore[][] {
  const chunks: WritableScore[][] = []
  const graphsPerChunk = Math.ceil(scores.length / writing.concurrency)
  let room = 0
  for (const writable of scores) {
    const { embedding, masks, maskChannels, nodeKeys } = writable.score
    const channels = writing.maskChannels ? (maskChannels?.length ?? 0) : 0
    // 9 bytes a float on the wire, and about 24 for a member's key.
    const bytes = 9 * (embedding.length + masks.length + channels) + 24 * nodeKeys.length + 500
    if (bytes > room || (chunks.at(-1)?.length ?? graphsPerChunk) >= graphsPerChunk) {
      chunks.push([])
      room = bytesPerTransaction
    }
    chunks.at(-1)?.push(writable)
    room -= bytes
  }
  return chunks
}
