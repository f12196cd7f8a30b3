/**
 * Writes scores in transactions of whole graphs: a graph node and all its members change together, so a reader never sees
 * a prediction with another run's masks, and writing the same scores again changes nothing.
 */
import pLimit from 'p-limit'
import { makesMemberships, masksOnMemberships } from '../config/graph-nodes.ts'
import type { WritingOptions } from '../config/schema.ts'
import { ServerMemoryError, throwIfInterrupted } from '../errors.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { runsWithin } from '../graph/runs-within.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import { writeScores } from '../neo4j/catalogue.ts'
import type { Database, WriteCounts } from '../neo4j/database.ts'
import { inHalves } from '../neo4j/in-halves.ts'
import { writtenProperties } from './properties.ts'
import { changesOf } from './run-changes.ts'
import { maskPlaces, scoreRow, type WritableScore, type WriteOptions } from './score-rows.ts'
import { writeMadeTransaction } from './write-made-scores.ts'

export interface WriteResult {
  readonly nodeCount: number
  /** Memberships that were taken back, where we make them. */
  readonly formerCount: number
  readonly nodePropertiesWritten: number
  /** Graphs that could not be written. */
  readonly problems: readonly GraphProblem[]
  /** Graphs that have other members now than those that were scored, or are gone: they keep what they had. */
  readonly outdated: readonly Key[]
}

/** About this many bytes of scores go into one transaction (NEO4J.md, practice 15: 4-8 MB). */
const bytesPerTransaction = 4 * 1024 * 1024

/** Writes pages of scores; at most `writing.concurrency` transactions at a time, over disjoint ranges of keys. */
export interface ScoreWriter {
  /**
   * Writes `scores`, ascending by key. A transaction that the server has not the memory for is tried as two; a single graph
   * that is too large is a problem. Pages may be written at the same time, if they have no graph in common.
   *
   * @throws SmgError for a score that is not finite, InterruptedError between transactions.
   */
  write(scores: readonly WritableScore[]): Promise<WriteResult>
}

export function createScoreWriter(database: Database, options: WriteOptions): ScoreWriter {
  const { projection, writing } = options
  // Memberships of a node in several graphs lock it: transactions side by side would wait for each other, and deadlock.
  const sharesNodes = makesMemberships(projection) && masksOnMemberships(projection)
  const limit = pLimit(sharesNodes ? 1 : writing.concurrency)
  return {
    async write(scores) {
      const settled = await Promise.allSettled(
        chunksOf(scores, writing).map((chunk) => limit(() => writeInHalves(database, chunk, options))),
      )
      // Only once no transaction is under way any more.
      const failure = settled.find((outcome) => outcome.status === 'rejected')
      if (failure !== undefined) throw failure.reason
      return sumOf(settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])))
    },
  }
}

function sumOf(results: readonly WriteResult[]): WriteResult {
  const sum = (count: (result: WriteResult) => number) => results.reduce((total, result) => total + count(result), 0)
  return {
    nodeCount: sum((result) => result.nodeCount),
    formerCount: sum((result) => result.formerCount),
    nodePropertiesWritten: sum((result) => result.nodePropertiesWritten),
    problems: results.flatMap(({ problems }) => problems),
    outdated: results.flatMap(({ outdated }) => outdated),
  }
}

async function writeInHalves(
  database: Database,
  chunk: readonly WritableScore[],
  options: WriteOptions,
): Promise<WriteResult> {
  const results = await inHalves(chunk, {
    work: (some) => writeTransaction(database, some, options),
    failure: ServerMemoryError,
    alone: ({ score: { key } }, thrown) => ({ ...sumOf([]), problems: [{ key, message: tooLarge(key, thrown) }] }),
  })
  return sumOf(results)
}

function tooLarge(key: Key, { message }: Error): string {
  return `Cannot write the scores of graph ${keyText(key)}, which go into one transaction: ${message}`
}

async function writeTransaction(
  database: Database,
  chunk: readonly WritableScore[],
  options: WriteOptions,
): Promise<WriteResult> {
  throwIfInterrupted(options.signal, 'writing')
  const { projection } = options
  if (makesMemberships(projection)) {
    const { rows, counts } = await writeMadeTransaction(database, projection, chunk, options)
    return writeResult(chunk, rows[0], counts)
  }
  const { graphLabel, graphKey, membershipType, nodeLabels, nodeKey } = projection
  const { scoredAt, fingerprint, maskLayer, maskPattern } = writtenProperties(options.writing.prefix)
  const masked = { firstMaskProperty: maskLayer(1), fingerprintProperty: fingerprint }
  const { rows, counts } = await database.runCounted(
    writeScores,
    { graphLabel, graphKey, membershipType, nodeLabels, nodeKey, ...masked },
    {
      rows: chunk.map((writable) => scoreRow(writable, options)),
      scoredAtProperty: scoredAt,
      scoredAt: options.scoredAt,
      maskPattern,
      ...maskPlaces(chunk, options),
      changes: changesOf(chunk, options),
    },
  )
  return writeResult(chunk, rows[0], counts)
}

interface WrittenRow {
  readonly keys: readonly Key[]
  readonly nodeCount: number
  readonly formerCount?: number
  /** Properties of the catalog that were set beside those of the scores. */
  readonly changesSet: number
}

function writeResult(
  chunk: readonly WritableScore[],
  { keys, nodeCount, formerCount = 0, changesSet }: WrittenRow = { keys: [], nodeCount: 0, changesSet: 0 },
  counts: WriteCounts,
): WriteResult {
  const written = new Set(keys)
  return {
    nodeCount,
    formerCount,
    nodePropertiesWritten: counts.propertiesSet - changesSet,
    problems: [],
    outdated: chunk.flatMap(({ score: { key } }) => (written.has(key) ? [] : [key])),
  }
}

/** Consecutive runs of scores, one per writer, or more where one would be too large for a transaction. */
function chunksOf(scores: readonly WritableScore[], writing: WritingOptions): WritableScore[][] {
  const bytes = ({ score: { embedding, masks, maskChannels, nodeKeys } }: WritableScore) => {
    const channels = writing.maskChannels ? (maskChannels?.length ?? 0) : 0
    // 9 bytes a float on the wire, and about 24 for a member's key.
    return 9 * (embedding.length + masks.length + channels) + 24 * nodeKeys.length + 500
  }
  const count = Math.ceil(scores.length / writing.concurrency)
  return Array.from(runsWithin(scores, { count, sizes: [{ of: bytes, limit: bytesPerTransaction }] }))
}
