/** Indexes that the product needs: graph nodes by key, and graph embeddings by similarity. */
import { setTimeout as delay } from 'node:timers/promises'
import { graphNodesOf, makesGraphNodes } from '../config/graph-nodes.ts'
import type { Projection } from '../config/schema.ts'
import {
  awaitIndexes,
  createKeyIndex,
  createVectorIndex,
  dropIndex,
  type IndexRow,
  indexes,
} from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { createGraphConstraint } from '../neo4j/projection-catalogue.ts'
import type { PlannedWrite } from './planned-writes.ts'
import { embeddingIndexName, groupIndexName, keyIndexName, writtenProperties } from './properties.ts'

const secondsToWait = 300n

/**
 * Makes indexes over the graph keys unless constraints or indexes of the user's are there already, and lets no two graph nodes
 * of ours be of one graph.
 */
export async function ensureKeyIndexes(database: Database, projection: Projection, prefix: string): Promise<void> {
  if (makesGraphNodes(projection)) await database.run(createGraphConstraint, {}, {})
  const missing = missingKeyIndexes(await database.run(indexes, {}, {}), projection, prefix)
  for (const names of missing) await database.run(createKeyIndex, names, {})
  if (missing.length > 0) await database.run(awaitIndexes, {}, { seconds: secondsToWait })
}

function missingKeyIndexes(existing: readonly IndexRow[], projection: Projection, prefix: string) {
  return keyIndexes(projection, prefix).filter(
    ({ graphLabel, graphKey }) =>
      !existing.some(
        ({ type, labels, properties }) =>
          type === 'RANGE' && same(labels, [graphLabel]) && same(properties, [graphKey]),
      ),
  )
}

/** What {@link ensureKeyIndexes} and {@link ensureEmbeddingIndex} would make; the latter has taken out what does not fit. */
export async function planIndexes(
  database: Database,
  projection: Projection,
  prefix: string,
  dimensions: number,
): Promise<PlannedWrite[]> {
  const existing = await database.run(indexes, {}, {})
  const { graphLabel } = graphNodesOf(projection)
  const { embedding } = writtenProperties(prefix)
  const ofKeys = missingKeyIndexes(existing, projection, prefix).map((names) =>
    plannedIndex('create', names.graphLabel, names.graphKey),
  )
  const vector = existing.find(({ name }) => name === embeddingIndexName(prefix, projection.name))
  if (vector !== undefined && embeddingIndexFits(vector, dimensions, graphLabel, embedding)) return ofKeys
  const former = vector === undefined ? [] : [plannedIndex('delete', vector.labels.join('|'), vector.properties.join())]
  return [...ofKeys, ...former, plannedIndex('create', graphLabel, embedding)]
}

function plannedIndex(action: 'create' | 'delete', label: string, property: string): PlannedWrite {
  return { action, on: 'index', pattern: `(:${label})`, property, count: 1 }
}

/** Indexes by which graphs are found: their nodes, and where nodes share a value, these. */
function keyIndexes(projection: Projection, prefix: string) {
  const ofGraphs = { index: keyIndexName(prefix, projection.name), ...graphNodesOf(projection) }
  if (projection.kind !== 'property') return [ofGraphs]
  const { name, nodeLabels, groupProperty } = projection
  const ofGroups = [...new Set(nodeLabels)].map((label) => ({
    index: groupIndexName(prefix, name, label),
    graphLabel: label,
    graphKey: groupProperty,
  }))
  return [ofGraphs, ...ofGroups]
}

/** How long to wait for the server to fill a vector index; it goes on by itself. */
const longestWaitMillis = 1000
const pollMillis = 50

/**
 * Makes the vector index of a projection, anew where it is of other dimensions or another label. After the embeddings: the
 * server fills an index in the background, and faster than it keeps one up to date that grows with every transaction.
 *
 * @returns whether it can be searched already
 */
export async function ensureEmbeddingIndex(
  database: Database,
  projection: Projection,
  prefix: string,
  dimensions: number,
): Promise<boolean> {
  const index = embeddingIndexName(prefix, projection.name)
  const embeddingProperty = writtenProperties(prefix).embedding
  const { graphLabel } = graphNodesOf(projection)
  const find = async () => (await database.run(indexes, {}, {})).find(({ name }) => name === index)
  const existing = await find()
  if (existing !== undefined && embeddingIndexFits(existing, dimensions, graphLabel, embeddingProperty))
    return existing.state === 'ONLINE'
  if (existing !== undefined) await database.run(dropIndex, { index }, {})
  await database.run(createVectorIndex, { index, graphLabel, embeddingProperty }, { dimensions: BigInt(dimensions) })
  const deadline = performance.now() + longestWaitMillis
  for (;;) {
    if ((await find())?.state === 'ONLINE') return true
    if (performance.now() > deadline) return false
    await delay(pollMillis)
  }
}

function embeddingIndexFits(index: IndexRow, dimensions: number, graphLabel: string, property: string): boolean {
  return index.dimensions === dimensions && same(index.labels, [graphLabel]) && same(index.properties, [property])
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
