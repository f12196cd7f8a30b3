/**
 * Reads the graphs of a projection of any kind page by page: a page of graph heads in ascending key order, then the subgraphs
 * of that page, in short retried read transactions, so that memory depends on the page, not on the database.
 */
import type { Key } from '../config/property-value.ts'
import type { GraphHead, GraphKeysSummary, MemberCount, SubgraphRow, WantedProperties } from './catalogue.ts'

/** A subgraph, and what is known of how it was read. */
export interface ReadSubgraph extends SubgraphRow {
  /** Element ids in the order of the members, where we make the memberships. */
  readonly memberIds?: readonly string[] | undefined
  /** Whether members were left out because there are too many. Default: false */
  readonly isCut?: boolean
  /** Why it cannot be used. */
  readonly problem?: string | undefined
}

/** Names of the properties that a head is read from. */
export interface HeadProperties {
  readonly targetProperty: string
  readonly fingerprintProperty: string
  readonly scoredAtProperty: string
}

export interface ProjectionReader {
  /** What has to be known before the first page. Errors: ConfigError for statements of the user's that cannot be run. */
  keysSummary(wanted: WantedProperties): Promise<GraphKeysSummary | undefined>
  /** At most `limit` heads from a key on, ascending; fewer only at the end. */
  headsFrom(from: Key, limit: number, names: HeadProperties): Promise<readonly GraphHead[]>
  /** Members of the graphs with these keys, or a few more, where that is cheap to tell; of none where it is not. */
  memberCounts(keys: readonly Key[]): Promise<readonly MemberCount[]>
  /** Subgraphs of the graphs with these keys, in any order; none for a graph that is not there any more. */
  subgraphs(keys: readonly Key[], wanted: WantedProperties): Promise<readonly ReadSubgraph[]>
  /** Those of the keys that are keys of graphs, in any order. */
  existingKeys(keys: readonly Key[]): Promise<readonly Key[]>
}

export interface PageOptions extends HeadProperties {
  /** Where the first page begins, such as the smallest key of the projection. */
  readonly firstKey: Key
  /** Whether a graph is one of those to read; of ascending keys all after the first that is not are left out too. */
  readonly isWithin?: ((key: Key) => boolean) | undefined
  /** Graphs per page. */
  readonly pageSize: number
}

/** Pages of graph heads in ascending key order; a page is never empty. */
export async function* graphHeadPages(
  reader: Pick<ProjectionReader, 'headsFrom'>,
  { firstKey, pageSize, isWithin = () => true, ...names }: PageOptions,
): AsyncGenerator<readonly GraphHead[]> {
  let from: Key | undefined = firstKey
  while (from !== undefined) {
    // One graph more than the page: its key is where the next page begins.
    const heads: readonly GraphHead[] = await reader.headsFrom(from, pageSize + 1, names)
    const end = heads.findIndex(({ key }) => !isWithin(key))
    from = end === -1 ? heads[pageSize]?.key : undefined
    const page = heads.slice(0, end === -1 ? pageSize : end)
    if (page.length > 0) yield page
  }
}
