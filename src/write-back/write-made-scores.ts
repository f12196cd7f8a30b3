/** Writes the scores of whole graphs whose memberships we make: graph node, memberships and masks in one transaction. */
import {
  graphNodesOf,
  groupPropertyOf,
  type MadeProjection,
  makesGraphNodes,
  memberLabelsOf,
} from '../config/graph-nodes.ts'
import { keyText } from '../graph/subgraph.ts'
import type { Database } from '../neo4j/database.ts'
import { type MadeScoreRow, writeMadeScores } from '../neo4j/projection-catalogue.ts'
import { writtenProperties } from './properties.ts'
import { changesOf } from './run-changes.ts'
import { maskPlaces, scoreRow, type WritableScore, type WriteOptions } from './score-rows.ts'

/** Rows and counts as the server gives them. A graph of which a member is gone since it was read is left as it is. */
export function writeMadeTransaction(
  database: Database,
  projection: MadeProjection,
  chunk: readonly WritableScore[],
  options: WriteOptions,
) {
  const { scoredAt, fingerprint, maskPattern } = writtenProperties(options.writing.prefix)
  const { nodeKey } = projection
  return database.runCounted(
    writeMadeScores,
    { ...graphNodesOf(projection), nodeKey, fingerprintProperty: fingerprint },
    {
      projection: projection.name,
      makesGraphNodes: makesGraphNodes(projection),
      groupProperty: groupPropertyOf(projection),
      nodeLabels: memberLabelsOf(projection),
      rows: chunk.map((writable) => madeScoreRow(writable, options)),
      scoredAtProperty: scoredAt,
      scoredAt: options.scoredAt,
      maskPattern,
      ...maskPlaces(chunk, options),
      changes: changesOf(chunk, options),
    },
  )
}

function madeScoreRow(writable: WritableScore, options: WriteOptions): MadeScoreRow {
  const { memberIds, score } = writable
  if (memberIds?.length !== score.nodeKeys.length)
    throw new RangeError(`Cannot write graph ${keyText(score.key)}: expected an element id for each member`)
  return { ...scoreRow(writable, options), memberIds }
}
