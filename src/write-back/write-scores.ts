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
  /** Layers up to which an earlier model may have left masks; those above `layers` are taken out. */
  readonly earlierLayers: number
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
  const { projection, writing, layers, earlierLayers } = options
  const { graphLabel, graphKey, membershipType, nodeLabels, nodeKey } = projection
  const properties = writtenProperties(writing.prefix)
  const layersFrom = (first: number, last: number) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => properties.maskLayer(first + i))
  const limit = pLimit(writing.concurrency)
  const settled = await Promise.allSettled(
    chunksOf(scores, writing.concurrency).map((chunk) =>
      limit(async () => {
        throwIfInterrupted(options.signal, 'writing')
        const { rows, counts } = await database.runCounted(
          writeScores,
          { graphLabel, graphKey, membershipType, nodeLabels, nodeKey },
          {
            rows: chunk.map((writable) => scoreRow(writable, options)),
            scoredAtProperty: properties.scoredAt,
            scoredAt: options.scoredAt,
            maskProperties: layersFrom(1, layers),
            surplusMaskProperties: layersFrom(layers + 1, earlierLayers),
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

/** The row of one graph as the statement takes it. */
export function scoreRow({ score, fingerprint }: WritableScore, options: WriteOptions): ScoreRow {
  const properties = writtenProperties(options.writing.prefix)
  const { embedding, masks, nodeKeys, probabilities } = score
  requireFinite(score, 'embedding', embedding)
  requireFinite(score, 'mask', masks)
  requireFinite(score, 'probability', probabilities)
  return {
    key: score.key,
    properties: {
      [properties.prediction]: score.prediction,
      [properties.probability]: score.probability,
      [properties.probabilities]: probabilities,
      [properties.embedding]: Array.from(embedding),
      [properties.model]: options.model,
      [properties.runId]: options.runId,
      [properties.fingerprint]: fingerprint,
    },
    masks: Object.fromEntries(
      nodeKeys.map((key, v) => [
        keyText(key),
        Array.from({ length: score.layers }, (_, k) => masks[k * nodeKeys.length + v] ?? Number.NaN),
      ]),
    ),
  }
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
function chunksOf(scores: readonly WritableScore[], writers: number): WritableScore[][] {
  const chunks: WritableScore[][] = []
  const graphsPerChunk = Math.ceil(scores.length / writers)
  let room = 0
  for (const writable of scores) {
    const { embedding, masks, nodeKeys } = writable.score
    // 9 bytes a float on the wire, and about 24 for a member's key.
    const bytes = 9 * (embedding.length + masks.length) + 24 * nodeKeys.length + 500
    if (bytes > room || (chunks.at(-1)?.length ?? graphsPerChunk) >= graphsPerChunk) {
      chunks.push([])
      room = bytesPerTransaction
    }
    chunks.at(-1)?.push(writable)
    room -= bytes
  }
  return chunks
}
