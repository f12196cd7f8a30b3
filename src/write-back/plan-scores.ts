/** Asks the database what writing the scores of some graphs would find there. */
import {
  graphNodesOf,
  groupPropertyOf,
  type MadeProjection,
  makesGraphNodes,
  makesMemberships,
  masksOnMemberships,
  memberLabelsOf,
} from '../config/graph-nodes.ts'
import type { Key } from '../graph/subgraph.ts'
import type { Database } from '../neo4j/database.ts'
import { type PlanGraphRow, type PlanRow, planMadeScores, planScores } from '../neo4j/plan-catalogue.ts'
import { absentProperties, type PlanOptions } from './planned-writes.ts'
import { writtenProperties } from './properties.ts'
import { maskPlaces } from './score-rows.ts'

/** A graph to score. */
export interface PlannedGraph {
  readonly key: Key
  readonly hasStrayMasks: boolean
  /** Element ids of the members, where we make the memberships. */
  readonly memberIds: readonly string[] | undefined
}

/**
 * Writes nothing.
 *
 * @param seen element ids of members of earlier pages; those of this page are added, where they matter
 */
export async function planPage(
  database: Database,
  graphs: readonly PlannedGraph[],
  options: PlanOptions,
  seen: Set<string>,
): Promise<PlanRow[]> {
  const { projection, writing } = options
  const { maskLayer, fingerprint } = writtenProperties(writing.prefix)
  const taken = takenAwayOf(graphs, options)
  if (makesMemberships(projection))
    return planMadePage(database, projection, rowsOf(graphs, taken, seen), taken, fingerprint)
  const { graphLabel, graphKey, membershipType, nodeLabels } = projection
  const names = { graphLabel, graphKey, membershipType, nodeLabels }
  return database.run(
    planScores,
    { ...names, firstMaskProperty: maskLayer(1), fingerprintProperty: fingerprint },
    { ...taken, keys: graphs.map(({ key }) => key) },
  )
}

async function planMadePage(
  database: Database,
  projection: MadeProjection,
  rows: readonly PlanGraphRow[],
  taken: ReturnType<typeof takenAwayOf>,
  fingerprintProperty: string,
): Promise<PlanRow[]> {
  return database.run(
    planMadeScores,
    { ...graphNodesOf(projection), fingerprintProperty },
    {
      projection: projection.name,
      makesGraphNodes: makesGraphNodes(projection),
      groupProperty: groupPropertyOf(projection),
      nodeLabels: memberLabelsOf(projection),
      masksOnMembers: !masksOnMemberships(projection),
      rows,
      ...taken,
    },
  )
}

function rowsOf(
  graphs: readonly PlannedGraph[],
  { surplusMaskProperties }: ReturnType<typeof takenAwayOf>,
  seen: Set<string>,
): PlanGraphRow[] {
  return graphs.map(({ key, memberIds = [] }) => {
    const newMemberIds = surplusMaskProperties.length === 0 ? [] : memberIds.filter((id) => !seen.has(id))
    for (const id of newMemberIds) seen.add(id)
    return { key, memberIds, newMemberIds }
  })
}

function takenAwayOf(graphs: readonly PlannedGraph[], options: PlanOptions) {
  const { surplusMaskProperties, surplusMembershipMaskProperties } = maskPlaces(graphs, options)
  return {
    absentProperties: absentProperties(options.writing.prefix, options.task),
    surplusMaskProperties,
    surplusMembershipMaskProperties,
    maskPattern: writtenProperties(options.writing.prefix).maskPattern,
  }
}
