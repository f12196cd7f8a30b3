/**
 * Takes back what was written about members that belong to no graph any more, and about graph nodes that lost the label of
 * the projection. Members of another projection's graphs, with the same labels and prefix, are left alone: what stands beside
 * a graph that another one has scored is not judged here.
 */
import { makesMemberships } from '../config/graph-nodes.ts'
import type { MembershipProjection, Projection } from '../config/schema.ts'
import { retractMasks, retractMembershipMasks } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { type PlanRow, retractableMasks, retractableMembershipMasks } from '../neo4j/plan-catalogue.ts'
import type { LastRun } from '../neo4j/run-catalogue.ts'
import { writtenProperties } from './properties.ts'
import { planGoneGraphs, retractGoneGraphs } from './retract-made.ts'

/** What a sync has found in the graphs that there are. */
export interface FoundGraphs {
  readonly graphCount: number
  readonly added: number
  /** Graphs that have other members than when they were scored. */
  readonly withOtherMembers: number
  readonly failed: number
}

/**
 * Whether anything can be left of graphs or members that are gone. It cannot where nothing has ever been written; nor after a
 * run that took back what there was, as long as its graphs are all there and none has other members.
 */
export function mayHaveLeft({ runCount, status, graphCount }: LastRun, found: FoundGraphs): boolean {
  if (runCount === 0) return false
  if (status !== 'FINISHED' || graphCount === null || found.failed > 0 || found.withOtherMembers > 0) return true
  // Graphs that could not be scored before count as added, and make this more than are gone.
  return graphCount + found.added - found.graphCount !== 0
}

/** By what it is found and told. */
function retraction(projection: MembershipProjection, prefix: string) {
  const { graphLabel, membershipType, nodeLabels } = projection
  const { maskLayer, runId, fingerprint, maskPattern, anyPattern } = writtenProperties(prefix)
  const names = { graphLabel, membershipType, nodeLabels, firstMaskProperty: maskLayer(1), runIdProperty: runId }
  return {
    names,
    fingerprinted: { ...names, fingerprintProperty: fingerprint },
    params: { projection: projection.name, maskPattern, propertyPattern: anyPattern },
  }
}

/** What {@link retractFormerMembers} would take back. */
export async function planRetraction(database: Database, projection: Projection, prefix: string): Promise<PlanRow[]> {
  if (makesMemberships(projection)) return planGoneGraphs(database, projection, prefix)
  const { names, fingerprinted, params } = retraction(projection, prefix)
  const rows = await database.run(retractableMasks, fingerprinted, params)
  if (projection.sharedMembers) rows.push(...(await database.run(retractableMembershipMasks, names, params)))
  return rows
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
  const { names, fingerprinted, params } = retraction(projection, prefix)
  const rows = await database.run(retractMasks, fingerprinted, params)
  if (projection.sharedMembers) rows.push(...(await database.run(retractMembershipMasks, names, params)))
  return rows.reduce((sum, { nodeCount }) => sum + nodeCount, 0)
}
