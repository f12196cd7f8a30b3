import type { GraphArrays } from './encoded-graph.ts'
import { runsWithin } from './runs-within.ts'

/** What one batch may hold at most; a single graph above a limit gets a batch of its own. */
export interface BatchLimits {
  readonly graphs: number
  readonly nodes?: number
  readonly edges?: number
}

/** Consecutive runs of `graphs` within `limits`, in their order. */
export function batchesWithin<G extends GraphArrays>(graphs: Iterable<G>, limits: BatchLimits): Generator<G[]> {
  const { nodes = Number.POSITIVE_INFINITY, edges = Number.POSITIVE_INFINITY } = limits
  const sizes = [
    { of: ({ nodeCount }: G) => nodeCount, limit: nodes },
    { of: ({ source }: G) => source.length, limit: edges },
  ]
  return runsWithin(graphs, { count: limits.graphs, sizes })
}
