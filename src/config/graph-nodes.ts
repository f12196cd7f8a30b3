/**
 * Where the graphs of a projection of any kind are in the database: their graph nodes, and what ties members to them. The
 * user has both in a membership projection; otherwise we make the memberships, and where there is nothing to hang them on, the
 * graph nodes too.
 */
import type { CypherProjection, MembershipProjection, Projection, PropertyProjection } from './schema.ts'

/** A projection with memberships that we make. */
export type MadeProjection = Exclude<Projection, MembershipProjection>

/** Type of the memberships that we make: (member)-[:SMG_MEMBER_OF {projection}]->(graph node). */
export const madeMembershipType = 'SMG_MEMBER_OF'

export function makesMemberships(projection: Projection): projection is MadeProjection {
  return projection.kind !== 'membership'
}

/** Whether its graph nodes are (:SmgGraph {projection, key}) of ours. */
export function makesGraphNodes(projection: Projection): projection is PropertyProjection | CypherProjection {
  return projection.kind === 'property' || (projection.kind === 'cypher' && projection.graphLabel === undefined)
}

/** Label and key of the graph nodes. Ours have a label for each projection: a vector index is over the nodes of one label. */
export function graphNodesOf(projection: Projection): { readonly graphLabel: string; readonly graphKey: string } {
  const { graphLabel, graphKey } = 'graphLabel' in projection ? projection : {}
  if (graphLabel !== undefined && graphKey !== undefined) return { graphLabel, graphKey }
  return { graphLabel: `SmgGraph_${projection.name}`, graphKey: 'key' }
}

/** Where a member may be in several graphs, its masks are on its memberships; otherwise on itself. */
export function masksOnMemberships(projection: Projection): boolean {
  if (projection.kind === 'membership') return projection.sharedMembers
  return projection.kind !== 'property'
}

/** Labels of which members have one; none where any node may be a member. */
export function memberLabelsOf(projection: Projection): readonly string[] {
  return projection.kind === 'cypher' ? [] : projection.nodeLabels
}

/** The property whose value makes a node a member of a graph. */
export function groupPropertyOf(projection: Projection): string | null {
  return projection.kind === 'property' ? projection.groupProperty : null
}

/** The property by which the user tells when a graph has changed. */
export function changedSincePropertyOf(projection: Projection): string | null {
  return 'changedSinceProperty' in projection ? (projection.changedSinceProperty ?? null) : null
}

/** What messages call the nodes, or else, that there is a graph for. */
export function graphsInWords(projection: Projection): string {
  switch (projection.kind) {
    case 'property':
      return `(:${projection.nodeLabels.join('|')}) nodes with '${projection.groupProperty}'`
    case 'cypher':
      return 'rows of graphsQuery'
    default:
      return `(:${projection.graphLabel}) nodes`
  }
}

/** What messages call the key of a graph. */
export function keyInWords(projection: Projection): string {
  if (projection.kind === 'property') return projection.groupProperty
  return projection.kind === 'cypher' ? 'key' : projection.graphKey
}

/** Graphs of some keys in messages, such as "(:Case) nodes with caseId"; the keys follow. */
export function graphsOfKeysInWords(projection: Projection): string {
  const nodes =
    projection.kind === 'property' ? `(:${projection.nodeLabels.join('|')}) nodes` : graphsInWords(projection)
  return `${nodes} with ${keyInWords(projection)}`
}

/** The same of one graph. */
export function oneGraphInWords(projection: Projection): string {
  const withKey = `with ${keyInWords(projection)}`
  switch (projection.kind) {
    case 'property':
      return graphsOfKeysInWords(projection)
    case 'cypher':
      return `a row of graphsQuery ${withKey}`
    default:
      return `a (:${projection.graphLabel}) ${withKey}`
  }
}
