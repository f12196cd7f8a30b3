/**
 * Takes back what was written about members that belong to no graph any more. Members of another projection's graphs, with
 * the same labels and prefix, are left alone: what stands beside a scored graph is not judged here.
 */
import { makesMemberships } from '../config/graph-nodes.ts'
import type { MembershipProjection, Projection } from '../config/schema.ts'
import { retractableMasks, retractMasks } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { writtenProperties } from './properties.ts'
import { countGoneMemberships, retractGoneGraphs } from './retract-made.ts'

function maskedMembers(projection: MembershipProjection, prefix: string) {
  const { graphLabel, membershipType, nodeLabels } = projection
  const { maskLayer, fingerprint } = writtenProperties(prefix)
  return {
    graphLabel,
    membershipType,
    nodeLabels,
    firstMaskProperty: maskLayer(1),
    fingerprintProperty: fingerprint,
  }
}

/** How many members {@link retractFormerMembers} would change. */
export async function countFormerMembers(database: Database, projection: Projection, prefix: string): Promise<number> {
  if (makesMemberships(projection)) return countGoneMemberships(database, projection, prefix)
  const [row] = await database.run(retractableMasks, maskedMembers(projection, prefix), {})
  return row?.nodeCount ?? 0
}

/**
 * Removes the masks of nodes that are no longer a member of any graph; returns how many nodes had some. Where we make the
 * memberships, writing a graph takes back those of its former members; those of gone graphs are taken back here.
 */
export async function retractFormerMembers(
  database: Database,
  projection: Projection,
  prefix: string,
): Promise<number> {
  if (makesMemberships(projection)) return retractGoneGraphs(database, projection, prefix)
  const { maskPattern } = writtenProperties(prefix)
  const [row] = await database.run(retractMasks, maskedMembers(projection, prefix), { maskPattern })
  return row?.nodeCount ?? 0
}
