/** Several graphs as one: their disjoint union, with row offsets, as in PyTorch Geometric's `Batch`. */
import type { EncodedGraph } from './encoded-graph.ts'

/** Directed edges u -> v sorted by v: what a sum over neighbours walks along. */
export interface SortedEdges {
  /** Row of u. [E] */
  readonly source: Int32Array
  /** Row of v, ascending. [E] */
  readonly target: Int32Array
}

export interface Batch {
  readonly numGraphs: number
  readonly nodeCount: number
  readonly featureCount: number
  /** Node features, row-major. [N, F] */
  readonly x: Float32Array
  readonly edges: SortedEdges
  /** The edges the other way round, v -> u: the gradient of a sum over `edges` is a sum over these. */
  readonly reversedEdges: SortedEdges
  /** Graph of each row, ascending. [N] */
  readonly batch: Int32Array
  /** First row of each graph, and N at the end. [B + 1] */
  readonly nodeStart: Int32Array
  /** Class index of each graph, -1 where it has none. [B] */
  readonly y: Int32Array
}

/** Throws a RangeError if the graphs differ in their number of features. */
export function makeBatch(graphs: readonly EncodedGraph[]): Batch {
  const featureCount = graphs[0]?.featureCount ?? 0
  const nodeStart = new Int32Array(graphs.length + 1)
  let edgeCount = 0
  graphs.forEach((graph, g) => {
    if (graph.featureCount !== featureCount)
      throw new RangeError(`Cannot batch graphs: expected ${featureCount} features, got ${graph.featureCount}`)
    nodeStart[g + 1] = (nodeStart[g] ?? 0) + graph.nodeKeys.length
    edgeCount += graph.source.length
  })
  const nodeCount = nodeStart[graphs.length] ?? 0
  const x = new Float32Array(nodeCount * featureCount)
  const source = new Int32Array(edgeCount)
  const target = new Int32Array(edgeCount)
  const batch = new Int32Array(nodeCount)
  const y = new Int32Array(graphs.length)
  let edge = 0
  graphs.forEach((graph, g) => {
    const first = nodeStart[g] ?? 0
    x.set(graph.x, first * featureCount)
    batch.fill(g, first, nodeStart[g + 1])
    y[g] = graph.y ?? -1
    for (let e = 0; e < graph.source.length; e++, edge++) {
      source[edge] = (graph.source[e] ?? 0) + first
      target[edge] = (graph.target[e] ?? 0) + first
    }
  })
  const edges = { source, target }
  const reversedEdges = reverseEdges(edges, nodeCount)
  return { numGraphs: graphs.length, nodeCount, featureCount, x, edges, reversedEdges, batch, nodeStart, y }
}

/** The edges v -> u, sorted by u, then v: a counting sort, as the edges are sorted by v already. */
export function reverseEdges({ source, target }: SortedEdges, nodeCount: number): SortedEdges {
  const next = new Int32Array(nodeCount + 1)
  for (const u of source) next[u + 1] = (next[u + 1] ?? 0) + 1
  for (let u = 0; u < nodeCount; u++) next[u + 1] = (next[u + 1] ?? 0) + (next[u] ?? 0)
  const reversed = { source: new Int32Array(source.length), target: new Int32Array(source.length) }
  for (let e = 0; e < source.length; e++) {
    const u = source[e] ?? 0
    const at = next[u] ?? 0
    next[u] = at + 1
    reversed.source[at] = target[e] ?? 0
    reversed.target[at] = u
  }
  return reversed
}

/** What one batch may hold at most; a single graph above a limit gets a batch of its own. */
export interface BatchLimits {
  readonly graphs: number
  readonly nodes?: number
  readonly edges?: number
}

/** Consecutive runs of `graphs` within `limits`, in their order. */
export function* batchesWithin(graphs: Iterable<EncodedGraph>, limits: BatchLimits): Generator<EncodedGraph[]> {
  const { nodes: maxNodes = Number.POSITIVE_INFINITY, edges: maxEdges = Number.POSITIVE_INFINITY } = limits
  let run: EncodedGraph[] = []
  let nodes = 0
  let edges = 0
  for (const graph of graphs) {
    const full =
      run.length >= limits.graphs || nodes + graph.nodeKeys.length > maxNodes || edges + graph.source.length > maxEdges
    if (run.length > 0 && full) {
      yield run
      run = []
      nodes = 0
      edges = 0
    }
    run.push(graph)
    nodes += graph.nodeKeys.length
    edges += graph.source.length
  }
  if (run.length > 0) yield run
}
