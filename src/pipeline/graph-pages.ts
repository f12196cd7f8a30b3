/** Cuts graphs into pages that fit in memory. */
import type { Key } from '../graph/subgraph.ts'

export interface PageLimits {
  /** Most graphs in a page. */
  readonly pageSize: number
  /** Most members in a page; a graph with more is a page of its own. */
  readonly membersPerPage: number
  /** Members by graph key, where they are known. */
  readonly memberCounts: ReadonlyMap<Key, number>
}

/** Consecutive graphs, in their order. */
export function graphPages<T extends { readonly key: Key }>(graphs: readonly T[], limits: PageLimits): T[][] {
  const { pageSize, membersPerPage, memberCounts } = limits
  const pages: T[][] = []
  let room = 0
  for (const graph of graphs) {
    const members = memberCounts.get(graph.key) ?? 0
    if (members > room || (pages.at(-1)?.length ?? pageSize) >= pageSize) {
      pages.push([])
      room = membersPerPage
    }
    pages.at(-1)?.push(graph)
    room -= members
  }
  return pages
}
