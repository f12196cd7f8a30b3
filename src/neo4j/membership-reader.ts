/** Graphs whose members the user has tied to graph nodes: (member)-[:TYPE]-(graph node), in either direction. */
import type { MembershipProjection, NeighbourhoodProjection } from '../config/schema.ts'
import { existingGraphKeys, graphKeysSummary, graphPage, memberCounts, readSubgraphs } from './catalogue.ts'
import type { Database } from './database.ts'
import type { ProjectionReader } from './projection-reader.ts'

export function membershipReader(database: Database, projection: MembershipProjection): ProjectionReader {
  const { graphLabel, graphKey, membershipType, nodeLabels, nodeKey, relationshipTypes, sharedMembers } = projection
  return {
    ...graphNodeReader(database, projection),
    memberCounts: (keys) => database.run(memberCounts, { graphLabel, graphKey, membershipType }, { keys }),
    subgraphs: (keys, wanted) => {
      const names = { graphLabel, graphKey, membershipType, nodeLabels, nodeKey, relationshipTypes }
      return database.run(readSubgraphs, names, { keys, sharedMembers, ...wanted })
    },
  }
}

/** The part that reads graph nodes of the user's. */
export function graphNodeReader(
  database: Database,
  projection: MembershipProjection | NeighbourhoodProjection,
): Omit<ProjectionReader, 'memberCounts' | 'subgraphs'> {
  const { graphLabel, graphKey, changedSinceProperty = null } = projection
  const names = { graphLabel, graphKey }
  return {
    keysSummary: async () => (await database.run(graphKeysSummary, names, {}))[0],
    headsFrom: (from, limit, { scoredAtProperty, ...properties }) =>
      database.run(
        graphPage,
        { ...names, ...properties },
        { from, limit: BigInt(limit), changedSinceProperty, scoredAtProperty },
      ),
    existingKeys: async (keys) => (await database.run(existingGraphKeys, names, { keys }))[0]?.keys ?? [],
  }
}
