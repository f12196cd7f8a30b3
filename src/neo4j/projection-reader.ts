/**
 * Reads the graphs of a membership projection page by page: each page is two short retried read transactions (its graph
 * nodes by key order, then their members and relationships), so memory depends on the page, not on the database.
 */
import type { Key } from '../config/property-value.ts'
import type { Projection } from '../config/schema.ts'
import { type GraphHead, graphPage, readSubgraphs, type SubgraphRow, type WantedProperties } from './catalogue.ts'
import type { Database } from './database.ts'

export interface PageOptions {
  /** Smallest key of the projection: where the first page begins. */
  readonly firstKey: Key
  /** Graphs per page. */
  readonly pageSize: number
  readonly targetProperty: string
  readonly fingerprintProperty: string
}

/** Pages of graph nodes in ascending key order; a page is never empty. */
export async function* graphHeadPages(
  database: Database,
  projection: Projection,
  options: PageOptions,
): AsyncGenerator<readonly GraphHead[]> {
  const names = {
    graphLabel: projection.graphLabel,
    graphKey: projection.graphKey,
    targetProperty: options.targetProperty,
    fingerprintProperty: options.fingerprintProperty,
  }
  let from: Key | undefined = options.firstKey
  while (from !== undefined) {
    // One graph more than the page: its key is where the next page begins.
    const rows: GraphHead[] = await database.run(graphPage, names, { from, limit: BigInt(options.pageSize + 1) })
    from = rows[options.pageSize]?.key
    if (rows.length > 0) yield rows.slice(0, options.pageSize)
  }
}

/** Members, relationships and property values of the graphs with these keys, in the order of `keys`. */
export async function readSubgraphRows(
  database: Database,
  projection: Projection,
  wanted: WantedProperties,
  keys: readonly Key[],
): Promise<readonly SubgraphRow[]> {
  const { graphLabel, graphKey, membershipType, nodeLabels, nodeKey, relationshipTypes, sharedMembers } = projection
  return database.run(
    readSubgraphs,
    { graphLabel, graphKey, membershipType, nodeLabels, nodeKey, relationshipTypes },
    { keys, sharedMembers, ...wanted },
  )
}
