/** The edges of many graphs as a few flat arrays: their disjoint union. */
import type { GraphArrays } from './encoded-graph.ts'

export interface PackedGraphs {
  readonly numGraphs: number
  readonly featureCount: number
  readonly typeCount: number
  readonly edgeFeatureCount: number
  /** First node of each graph, N at the end. [G + 1] */
  readonly nodeStart: Int32Array
  /** First edge into each node, E at the end. [N + 1] */
  readonly firstEdge: Int32Array
  /** Node that each edge comes from. [E] */
  readonly source: Int32Array
  /** `null`: 1 each. [E] */
  readonly edgeWeight: Float32Array | null
  /** `null`: all of one type. [E] */
  readonly edgeType: Int32Array | null
  /** [E, De] */
  readonly edgeFeatures: Float32Array | null
}

/** @throws RangeError if the graphs differ in their number of features, of edge features, or of edge types. */
export function packGraphs(graphs: readonly GraphArrays[]): PackedGraphs {
  const { featureCount, typeCount, edgeFeatureCount } = graphs[0] ?? {
    featureCount: 0,
    typeCount: 1,
    edgeFeatureCount: 0,
  }
  const nodeStart = new Int32Array(graphs.length + 1)
  let edgeCount = 0
  graphs.forEach((graph, g) => {
    requireSame('features', featureCount, graph.featureCount)
    requireSame('edge features', edgeFeatureCount, graph.edgeFeatureCount)
    requireSame('edge types', typeCount, graph.typeCount)
    nodeStart[g + 1] = (nodeStart[g] ?? 0) + graph.nodeCount
    edgeCount += graph.source.length
  })
  const nodeCount = nodeStart[graphs.length] ?? 0
  const firstEdge = new Int32Array(nodeCount + 1)
  const source = new Int32Array(edgeCount)
  const edgeWeight = graphs.some((graph) => graph.edgeWeight !== null) ? new Float32Array(edgeCount).fill(1) : null
  const edgeType = typeCount > 1 ? new Int32Array(edgeCount) : null
  const edgeFeatures = edgeFeatureCount > 0 ? new Float32Array(edgeCount * edgeFeatureCount) : null
  let edge = 0
  graphs.forEach((graph, g) => {
    const node = nodeStart[g] ?? 0
    if (graph.edgeWeight !== null) edgeWeight?.set(graph.edgeWeight, edge)
    if (graph.edgeType !== null) edgeType?.set(graph.edgeType, edge)
    if (graph.edgeFeatures !== null) edgeFeatures?.set(graph.edgeFeatures, edge * edgeFeatureCount)
    for (let e = 0; e < graph.source.length; e++, edge++) {
      source[edge] = node + (graph.source[e] ?? 0)
      const after = node + (graph.target[e] ?? 0) + 1
      firstEdge[after] = (firstEdge[after] ?? 0) + 1
    }
  })
  for (let v = 0; v < nodeCount; v++) firstEdge[v + 1] = (firstEdge[v + 1] ?? 0) + (firstEdge[v] ?? 0)
  const widths = { featureCount, typeCount, edgeFeatureCount }
  return { numGraphs: graphs.length, ...widths, nodeStart, firstEdge, source, edgeWeight, edgeType, edgeFeatures }
}

function requireSame(what: string, expected: number, got: number): void {
  if (expected !== got)
    throw new RangeError(
      `Cannot batch graphs: expected ${expected} ${what} as in the first graph, got ${got}; encode all of them the same way`,
    )
}
