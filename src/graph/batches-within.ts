import type { GraphArrays } from './encoded-graph.ts'

/** What one batch may hold at most; a single graph above a limit gets a batch of its own. */
export interface BatchLimits {
  readonly graphs: number
  readonly nodes?: number
  readonly edges?: number
}

/** Consecutive runs of `graphs` within `limits`, in their order. */
export function* batchesWithin<G extends GraphArrays>(graphs: Iterable<G>, limits: BatchLimits): Generator<G[]> {
  const { nodes: maxNodes = Number.POSITIVE_INFINITY, edges: maxEdges = Number.POSITIVE_INFINITY } = limits
  let run: G[] = []
  let nodes = 0
  let edges = 0
  for (const graph of graphs) {
    const full =
      run.length >= limits.graphs || nodes + graph.nodeCount > maxNodes || edges + graph.source.length > maxEdges
    if (run.length > 0 && full) {
      yield run
      run = []
      nodes = 0
      edges = 0
    }
    run.push(graph)
    nodes += graph.nodeCount
    edges += graph.source.length
  }
  if (run.length > 0) yield run
}
