/** Several graphs as one, their disjoint union, node by node: what the baselines compute with. */
import type { EncodedGraph } from '../../graph/encoded-graph.ts'

export interface Union {
  readonly numGraphs: number
  readonly nodeCount: number
  readonly featureCount: number
  /** [N, F] */
  readonly x: Float32Array
  /** Row of u of each edge u -> v. [E] */
  readonly source: Int32Array
  /** Row of v. [E] */
  readonly target: Int32Array
  /** Graph of each node. [N] */
  readonly graphOf: Int32Array
}

/** @throws RangeError if graphs differ in their number of features */
export function unionOf(graphs: readonly EncodedGraph[]): Union {
  const featureCount = graphs[0]?.featureCount ?? 0
  const nodeCount = graphs.reduce((sum, graph) => sum + graph.nodeCount, 0)
  const edgeCount = graphs.reduce((sum, graph) => sum + graph.source.length, 0)
  const union = {
    numGraphs: graphs.length,
    nodeCount,
    featureCount,
    x: new Float32Array(nodeCount * featureCount),
    source: new Int32Array(edgeCount),
    target: new Int32Array(edgeCount),
    graphOf: new Int32Array(nodeCount),
  }
  let [node, edge] = [0, 0]
  graphs.forEach((graph, g) => {
    if (graph.featureCount !== featureCount)
      throw new RangeError(`Cannot join graphs: expected ${featureCount} features, got ${graph.featureCount}`)
    union.x.set(graph.x, node * featureCount)
    union.graphOf.fill(g, node, node + graph.nodeCount)
    const first = node
    graph.source.forEach((u, e) => {
      union.source[edge + e] = first + u
      union.target[edge + e] = first + (graph.target[e] ?? 0)
    })
    node += graph.nodeCount
    edge += graph.source.length
  })
  return union
}

/** The same with an edge from each node to itself, after all others. */
export function withSelfLoops(union: Union): Union {
  const nodes = Int32Array.from({ length: union.nodeCount }, (_, v) => v)
  return { ...union, source: joined(union.source, nodes), target: joined(union.target, nodes) }
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const result = new Int32Array(a.length + b.length)
  result.set(a)
  result.set(b, a.length)
  return result
}
