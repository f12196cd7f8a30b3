/** Puts whole graphs into the database, in batches that can be repeated: a graph that is there is left alone. */
import { throwIfInterrupted } from '../errors.ts'
import type { Key } from '../graph/subgraph.ts'
import { awaitIndexes, createGraphs, createUniqueKey, existingGraphKeys, type NewGraph } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { requireQuotable } from '../neo4j/identifiers.ts'

export interface GraphShape {
  /** Label by which the graph nodes of this data set are told apart. */
  readonly graphLabel: string
  /** Further label of all graph nodes; may be the same. */
  readonly commonLabel: string
  readonly graphKey: string
  readonly nodeLabel: string
  readonly nodeKey: string
  readonly membershipType: string
  readonly relationshipType: string
}

export interface KeyedGraph extends NewGraph {
  readonly key: Key
}

export interface CreateCounts {
  graphsCreated: number
  graphsAlreadyThere: number
  nodesCreated: number
  relationshipsCreated: number
}

export interface CreateOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((graphsDone: number) => void) | undefined
}

/** Nodes and relationships per transaction; a larger single graph still goes into one. */
const rowsPerTransaction = 20_000
const secondsForIndexes = 300n

/**
 * Creates the graphs that are not there yet, each whole in one transaction, under uniqueness constraints on both keys.
 * Killed half-way, the same call again completes the work.
 */
export async function createGraphsInBatches(
  database: Database,
  shape: GraphShape,
  graphs: AsyncIterable<KeyedGraph> | Iterable<KeyedGraph>,
  { signal, onProgress }: CreateOptions = {},
): Promise<CreateCounts> {
  requireQuotable(Object.values(shape))
  for (const [label, key] of [
    [shape.graphLabel, shape.graphKey],
    [shape.nodeLabel, shape.nodeKey],
  ] as const)
    await database.run(createUniqueKey, { constraint: `unique_${label}_${key}`, label, key }, {})
  await database.run(awaitIndexes, {}, { seconds: secondsForIndexes })
  const counts: CreateCounts = { graphsCreated: 0, graphsAlreadyThere: 0, nodesCreated: 0, relationshipsCreated: 0 }
  let batch: KeyedGraph[] = []
  let rows = 0
  const flush = async () => {
    if (batch.length === 0) return
    throwIfInterrupted(signal, 'importing')
    await createBatch(database, shape, batch, counts)
    onProgress?.(counts.graphsCreated + counts.graphsAlreadyThere)
    batch = []
    rows = 0
  }
  for await (const graph of graphs) {
    const size = 1 + graph.members.length + graph.relationships.length
    if (rows + size > rowsPerTransaction) await flush()
    batch.push(graph)
    rows += size
  }
  await flush()
  return counts
}

async function createBatch(database: Database, shape: GraphShape, batch: readonly KeyedGraph[], counts: CreateCounts) {
  const { graphLabel, graphKey, commonLabel, nodeLabel, membershipType, relationshipType } = shape
  const [existing] = await database.run(
    existingGraphKeys,
    { graphLabel, graphKey },
    { keys: batch.map(({ key }) => key) },
  )
  const there = new Set(existing?.keys)
  const graphs = batch
    .filter(({ key }) => !there.has(key))
    .map(({ properties, members, relationships }) => ({ properties, members, relationships }))
  counts.graphsAlreadyThere += batch.length - graphs.length
  if (graphs.length === 0) return
  const names = { graphLabel, commonLabel, nodeLabel, membershipType, relationshipType }
  const [created] = await database.run(createGraphs, names, { graphs })
  counts.graphsCreated += created?.graphCount ?? 0
  counts.nodesCreated += created?.nodeCount ?? 0
  counts.relationshipsCreated += created?.relationshipCount ?? 0
}
