/** `smg remove`: takes every trace of the product out of a database. */
import {
  constraints,
  dropConstraint,
  dropIndex,
  indexes,
  removeCatalog,
  removeMembershipMasks,
  removeProperties,
} from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { removeMadeMemberships } from '../neo4j/projection-catalogue.ts'
import { writtenProperties } from './properties.ts'

export interface RemoveResult {
  /** Graph nodes and members from which properties were taken. */
  readonly nodeCount: number
  readonly nodePropertiesRemoved: number
  /** Memberships of shared members, and their masks. */
  readonly relationshipCount: number
  readonly relationshipPropertiesRemoved: number
  /** Memberships that we made. */
  readonly membershipsDeleted: number
  /** Among them the graph nodes that we made. */
  readonly catalogNodesDeleted: number
  readonly indexesDropped: readonly string[]
  readonly constraintsDropped: readonly string[]
}

const catalogConstraint = /^smg_(projection|model|model_part|run|run_part|evaluation|job|schedule|lock|graph)_key$/
const catalogIndex = 'smg_job_status'

/** Removes written properties, catalog nodes, indexes and constraints; what is the user's stays. */
export async function removeEverything(database: Database, prefix: string): Promise<RemoveResult> {
  const { fingerprint, maskLayer, maskPattern, anyPattern } = writtenProperties(prefix)
  const [made] = await database.run(removeMadeMemberships, {}, {})
  const properties = await database.runCounted(
    removeProperties,
    { fingerprintProperty: fingerprint, firstMaskProperty: maskLayer(1) },
    { propertyPattern: anyPattern },
  )
  const memberships = await database.runCounted(
    removeMembershipMasks,
    { firstMaskProperty: maskLayer(1) },
    { maskPattern },
  )
  const catalog = await database.runCounted(removeCatalog, {}, {})
  const ownIndex = new RegExp(`^${prefix}_.*_(embedding|key)$`, 's')
  const indexesDropped: string[] = []
  for (const { name, owningConstraint } of await database.run(indexes, {}, {})) {
    if (owningConstraint !== null || !(ownIndex.test(name) || name === catalogIndex)) continue
    await database.run(dropIndex, { index: name }, {})
    indexesDropped.push(name)
  }
  const constraintsDropped: string[] = []
  for (const { name } of await database.run(constraints, {}, {})) {
    if (!catalogConstraint.test(name)) continue
    await database.run(dropConstraint, { constraint: name }, {})
    constraintsDropped.push(name)
  }
  return {
    nodeCount: properties.rows[0]?.nodeCount ?? 0,
    nodePropertiesRemoved: properties.counts.propertiesSet,
    relationshipCount: memberships.rows[0]?.relationshipCount ?? 0,
    relationshipPropertiesRemoved: memberships.counts.propertiesSet,
    membershipsDeleted: made?.relationshipCount ?? 0,
    catalogNodesDeleted: catalog.counts.nodesDeleted,
    indexesDropped,
    constraintsDropped,
  }
}
