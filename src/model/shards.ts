/** Cuts the graphs of a batch into shards of about equal cost, which can be computed side by side. */
import type { FoldedGraphs } from '../graph/fold.ts'
import { costOfRow } from '../graph/fold-plan.ts'

export interface ShardOptions {
  /** Hidden units of the network, H. */
  readonly hidden: number
  /** Shards of a batch that fits the limit. */
  readonly shardCount: number
  /** Largest cost of one shard, where it holds more than one graph. */
  readonly costLimit: number
}

/** Cost of what is computed at the same time: about 0.5 GB in training, at 64 hidden units and 4 layers. */
export const defaultCostLimit = 500_000

/**
 * Entries of the sums, and some for each row: what a graph costs to compute, and to hold. An edge network makes a matrix of
 * each entry, as large as H rows.
 */
export function costOf(
  { stages, within, edgeFeatureCount }: FoldedGraphs,
  g: number,
  { hidden }: Pick<ShardOptions, 'hidden'>,
): number {
  const rowStart = stages.at(-1)?.rowStart
  const [first = 0, end = 0] = [rowStart?.[g], rowStart?.[g + 1]]
  const entries = (within.start[end] ?? 0) - (within.start[first] ?? 0)
  return entries * (edgeFeatureCount > 0 ? hidden : 1) + costOfRow * (end - first)
}

/** Runs of `indices`, in their order; none is empty. */
export function shardsOf(
  folded: FoldedGraphs,
  indices: Int32Array,
  { hidden, shardCount, costLimit }: ShardOptions,
): Int32Array[] {
  const costs = Array.from(indices, (g) => costOf(folded, g, { hidden }))
  const total = costs.reduce((sum, cost) => sum + cost, 0)
  const wanted = Math.max(Math.min(shardCount, indices.length), Math.ceil(total / costLimit))
  const shards: Int32Array[] = []
  let [first, done, inShard, shareOfShard] = [0, 0, 0, 0]
  indices.forEach((_, i) => {
    const cost = costs[i] ?? 0
    // A graph goes where its middle lies; one that is larger than a share leaves the next ones without a graph.
    const share = Math.floor(((done + cost / 2) * wanted) / total)
    if (i > first && (share > shareOfShard || inShard + cost > costLimit)) {
      shards.push(indices.slice(first, i))
      first = i
      inShard = 0
    }
    if (i === first) shareOfShard = share
    done += cost
    inShard += cost
  })
  if (first < indices.length) shards.push(indices.slice(first))
  return shards
}

/** Shards to compute at the same time, one group after the other: `shardCount` in each but the last. */
export function shardGroups(
  folded: FoldedGraphs,
  indices: Int32Array,
  { hidden, shardCount, costLimit }: ShardOptions,
): Int32Array[][] {
  const shards = shardsOf(folded, indices, { hidden, shardCount, costLimit: costLimit / shardCount })
  return Array.from({ length: Math.ceil(shards.length / shardCount) }, (_, i) =>
    shards.slice(i * shardCount, (i + 1) * shardCount),
  )
}
