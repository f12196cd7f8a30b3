/** Graphs of nodes that share a value of a property. A graph's target is the one value that its members have of it. */
import { graphNodesOf } from '../config/graph-nodes.ts'
import { type Key, keyText, type PropertyValue } from '../config/property-value.ts'
import type { PropertyProjection } from '../config/schema.ts'
import type { GraphHead } from './catalogue.ts'
import type { Database } from './database.ts'
import {
  propertyExistingKeys,
  propertyGraphHeads,
  propertyKeyPage,
  propertyKeysSummary,
  propertyMemberCounts,
  propertySubgraphs,
} from './projection-catalogue.ts'
import type { ProjectionReader } from './projection-reader.ts'

export function propertyReader(database: Database, projection: PropertyProjection): ProjectionReader {
  const { nodeLabels, groupProperty, nodeKey, relationshipTypes } = projection
  const names = { nodeLabels, groupProperty }
  /** The smallest values of each label, and so those of all of them. */
  const keysFrom = async (from: Key, limit: bigint): Promise<Key[]> => {
    const pages = await Promise.all(
      [...new Set(nodeLabels)].map((nodeLabel) =>
        database.run(propertyKeyPage, { nodeLabel, groupProperty }, { from, limit }),
      ),
    )
    return pages.flat().map(({ key }) => key)
  }
  return {
    keysSummary: async () => (await database.run(propertyKeysSummary, names, {}))[0],
    headsFrom: async (from, count, { targetProperty, fingerprintProperty }) => {
      const limit = BigInt(count)
      const keys = await keysFrom(from, limit)
      const headNames = { ...names, ...graphNodesOf(projection), targetProperty, fingerprintProperty }
      const rows = await database.run(propertyGraphHeads, headNames, { keys, limit })
      return rows.map(({ key, targets, fingerprint }): GraphHead => {
        const [target = null] = targets
        const problem = targets.length > 1 ? disagreement(key, targetProperty, targets) : undefined
        return { key, target, fingerprint, problem }
      })
    },
    memberCounts: (keys) => database.run(propertyMemberCounts, names, { keys }),
    subgraphs: async (keys, wanted) => {
      const rows = await database.run(propertySubgraphs, { ...names, nodeKey, relationshipTypes }, { keys, ...wanted })
      return rows.map((row) => ({ ...row, shared: [] }))
    },
    existingKeys: async (keys) => (await database.run(propertyExistingKeys, names, { keys }))[0]?.keys ?? [],
  }
}

function disagreement(key: Key, targetProperty: string, targets: readonly PropertyValue[]): string {
  const got = targets.map((target) => (typeof target === 'string' ? `'${target}'` : String(target))).sort()
  return `Cannot use graph ${keyText(key)}: expected its members to agree on '${targetProperty}', got ${got.join(' and ')}; mend them, or choose another targetProperty`
}
