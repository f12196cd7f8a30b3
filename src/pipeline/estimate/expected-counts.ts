/** How many graphs, members and relationships a projection has: from the count store where that can be, else from a sample. */

export interface ExpectedCounts {
  readonly graphCount: number
  readonly nodeCount: number
  readonly relationshipCount: number
}

/** Of the graphs of a sample. */
export interface SampleCounts extends ExpectedCounts {
  /** `null` as in the store. */
  readonly membershipCount: number | null
}

export interface StoreCounts {
  readonly graphCount: number
  /** Relationships of the membership type at all graph nodes; `null` where the user has none. */
  readonly membershipCount: number | null
  /** Relationships of all edge types, wherever they are; `null` where they do not bound those in graphs. */
  readonly typeCount: number | null
}

/** Relationships that differ by no more are taken to be all in graphs. */
const sameWithin = 0.05

/** Exact where the sample is everything, or where memberships and members, and types and edges, are the same throughout it. */
export function expectedCounts(store: StoreCounts, sample: SampleCounts): ExpectedCounts {
  const { graphCount } = store
  if (sample.graphCount >= graphCount)
    return { graphCount, nodeCount: sample.nodeCount, relationshipCount: sample.relationshipCount }
  const nodeCount =
    store.membershipCount === null || sample.membershipCount === null
      ? scaled(graphCount, sample.nodeCount, sample.graphCount)
      : scaled(store.membershipCount, sample.nodeCount, sample.membershipCount)
  const sampled = scaled(nodeCount, sample.relationshipCount, sample.nodeCount)
  const { typeCount } = store
  const allInGraphs = typeCount !== null && Math.abs(sampled - typeCount) <= sameWithin * typeCount
  return { graphCount, nodeCount, relationshipCount: allInGraphs ? typeCount : sampled }
}

/** A part of the sample in everything. */
export function scaled(total: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((total * part) / whole)
}
