import { type EncodedGraph, plainEdges } from '../../../../src/graph/encoded-graph.ts'

/** A graph whose nodes have one feature each, with undirected edges. */
export function smallGraph(
  features: readonly number[],
  edges: readonly (readonly [number, number])[],
  y: number | null = null,
): EncodedGraph {
  const directed = edges
    .flatMap(([u, v]) => [
      [u, v],
      [v, u],
    ])
    .sort(([a = 0, b = 0], [c = 0, d = 0]) => b - d || a - c)
  return {
    ...plainEdges,
    key: 'g',
    nodeKeys: features.map((_, v) => `n${v}`),
    nodeCount: features.length,
    featureCount: 1,
    x: Float32Array.from(features),
    source: Int32Array.from(directed, ([u = 0]) => u),
    target: Int32Array.from(directed, ([, v = 0]) => v),
    targets: null,
    y,
  }
}
