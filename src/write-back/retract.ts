/**
 * Takes back what was written about members that belong to no graph any more. Members of another projection's graphs, with
 * the same labels and prefix, are left alone: what stands beside a scored graph is not judged here.
 */
import type { Projection } from '../config/schema.ts'
import { retractableMasks, retractMasks } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { writtenProperties } from './properties.ts'

function maskedMembers(projection: Projection, prefix: string) {
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
  const [row] = await database.run(retractableMasks, maskedMembers(projection, prefix), {})
  return row?.nodeCount ?? 0
}

/** Removes the masks of nodes that are no longer a member of any graph; returns how many nodes had some. */
export async function retractFormerMembers(
  database: Database,
  projection: Projection,
  prefix: string,
): Promise<number> {
  const { maskPattern } = writtenProperties(prefix)
  const [row] = await database.run(retractMasks, maskedMembers(projection, prefix), { maskPattern })
  return row?.nodeCount ?? 0
}
