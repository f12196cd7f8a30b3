/** Graphs that three statements of the user's return. */
import { changedSincePropertyOf, graphNodesOf, makesGraphNodes } from '../config/graph-nodes.ts'
import { type Key, keyText, type PropertyValue } from '../config/property-value.ts'
import type { CypherProjection } from '../config/schema.ts'
import type { GraphHead, WantedProperties } from './catalogue.ts'
import { requireColumns, runUserQuery } from './cypher-queries.ts'
import type { Database } from './database.ts'
import {
  type CypherSubgraphRow,
  cypherExistingKeys,
  cypherGraphPage,
  cypherKeysSummary,
  cypherSubgraphs,
} from './projection-catalogue.ts'
import type { ProjectionReader, ReadSubgraph } from './projection-reader.ts'

export function cypherReader(database: Database, projection: CypherProjection): ProjectionReader {
  const graphsQuery = { cypher: projection.graphsQuery }
  const nodesQuery = { cypher: projection.nodesQuery }
  const relationshipsQuery = { cypher: projection.relationshipsQuery }
  const { name, nodeKey } = projection
  return {
    keysSummary: async (wanted) => {
      await requireColumns(database, projection, wanted)
      const summary = database.run(cypherKeysSummary, { graphsQuery }, {})
      return (await runUserQuery(name, 'graphsQuery', summary))[0]
    },
    headsFrom: async (from, limit, { fingerprintProperty, scoredAtProperty }) => {
      const names = { graphsQuery, ...graphNodesOf(projection), fingerprintProperty }
      const page = database.run(cypherGraphPage, names, {
        from,
        limit: BigInt(limit),
        changedSinceProperty: changedSincePropertyOf(projection),
        scoredAtProperty,
      })
      const rows = await runUserQuery(name, 'graphsQuery', page)
      return rows.map(({ key, target, graphNodes }): GraphHead => {
        const problem = graphNodeProblem(projection, key, graphNodes.length)
        return { key, target, fingerprint: null, ...graphNodes[0], problem }
      })
    },
    memberCounts: async () => [],
    subgraphs: async (keys, wanted) => {
      const names = { nodesQuery, relationshipsQuery, nodeKey, ...columnsOf(wanted) }
      const subgraphs = database.run(cypherSubgraphs, names, { keys, ...wanted })
      return (await runUserQuery(name, 'nodesQuery and relationshipsQuery', subgraphs)).map(subgraphOf)
    },
    existingKeys: async (keys) => {
      const existing = database.run(cypherExistingKeys, { graphsQuery }, { keys })
      return (await runUserQuery(name, 'graphsQuery', existing))[0]?.keys ?? []
    },
  }
}

/** Columns that are read; one that is not wanted need not be there, so any stands for it. */
function columnsOf({ withType, weightProperty, relationshipProperties }: WantedProperties) {
  const withProperties = weightProperty !== null || relationshipProperties.length > 0
  return { typeColumn: withType ? 'type' : 'source', propertiesColumn: withProperties ? 'properties' : 'source' }
}

/** Scores go to the graph node with the key; ours is made where there is none yet. */
function graphNodeProblem(projection: CypherProjection, key: Key, count: number): string | undefined {
  if (count === 1 || makesGraphNodes(projection)) return undefined
  const { graphLabel, graphKey } = graphNodesOf(projection)
  const got = count === 0 ? 'none; create it, or leave it out of graphsQuery' : `${count}; delete all but one`
  return `Cannot use graph ${keyText(key)}: expected one (:${graphLabel}) with ${graphKey} ${keyText(key)} to write its scores to, got ${got}`
}

function subgraphOf(row: CypherSubgraphRow): ReadSubgraph {
  const keyOf = new Map(row.memberIds.map((id, i) => [id, row.members[i] ?? null]))
  const end = (id: string | null): PropertyValue => (id === null ? null : (keyOf.get(id) ?? null))
  const sources = row.sourceIds.map(end)
  const targets = row.targetIds.map(end)
  return { ...row, shared: [], sources, targets, problem: rowProblem(row, keyOf) }
}

function rowProblem(
  { key, strayTypes, sourceIds, targetIds }: CypherSubgraphRow,
  members: ReadonlyMap<string, PropertyValue>,
): string | undefined {
  const graph = `Cannot use graph ${keyText(key)}`
  if (strayTypes.length > 0)
    return `${graph}: expected nodesQuery to return a NODE in every row, got ${[...new Set(strayTypes)].join(' and ')}; return the node itself as node`
  // That there are no members is said of every kind of graph.
  if (members.size === 0) return undefined
  const outside = (id: string | null) => id === null || !members.has(id)
  const strays = sourceIds.filter((source, i) => outside(source) || outside(targetIds[i] ?? null)).length
  if (strays > 0)
    return `${graph}: expected relationshipsQuery to return relationships between nodes that nodesQuery returns, got ${strays} of ${sourceIds.length} with another source or target; mend one of the statements`
  return undefined
}
