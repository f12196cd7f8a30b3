/** Small graphs as typed arrays for tests. */
import fc from 'fast-check'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'

/** A message edge: `from` is a neighbour of `to`. Type 0, weight 1 and no features where none are given. */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly type?: number
  readonly weight?: number
  readonly features?: readonly number[]
}

export interface EdgeKind {
  readonly typeCount?: number
  readonly weighted?: boolean
  readonly edgeFeatureCount?: number
}

/** One row of features per node, and edges in any order. */
export function graphOf(
  x: readonly (readonly number[])[],
  edges: readonly Edge[],
  { typeCount = 1, weighted = false, edgeFeatureCount = 0 }: EdgeKind = {},
): GraphArrays {
  const typeOf = ({ type = 0 }: Edge) => type
  const sorted = edges.toSorted((a, b) => a.to - b.to || a.from - b.from || typeOf(a) - typeOf(b))
  return {
    nodeCount: x.length,
    featureCount: x[0]?.length ?? 0,
    x: Float32Array.from(x.flat()),
    source: Int32Array.from(sorted, ({ from }) => from),
    target: Int32Array.from(sorted, ({ to }) => to),
    edgeWeight: weighted ? Float32Array.from(sorted, ({ weight = 1 }) => weight) : null,
    typeCount,
    edgeType: typeCount > 1 ? Int32Array.from(sorted, typeOf) : null,
    edgeFeatureCount,
    edgeFeatures: edgeFeatureCount > 0 ? Float32Array.from(sorted.flatMap(({ features = [] }) => features)) : null,
  }
}

/** The edge u -> v, and v -> u as well. */
export function bothWays(...pairs: readonly (readonly [number, number])[]): Edge[] {
  return pairs.flatMap(([u, v]) => [
    { from: u, to: v },
    { from: v, to: u },
  ])
}

const alike = (size: number) => Array.from({ length: size }, () => [1])
const range = (size: number) => Array.from({ length: size }, (_, i) => i)

/** Nodes 0, 1, ... in a row, all with the feature 1. */
export function pathOf(size: number): GraphArrays {
  return graphOf(alike(size), bothWays(...range(size - 1).map((v): [number, number] => [v, v + 1])))
}

/** Nodes 0, 1, ... in a circle, all with the feature 1. */
export function ringOf(size: number): GraphArrays {
  return graphOf(alike(size), bothWays(...range(size).map((v): [number, number] => [v, (v + 1) % size])))
}

/** Node 0 with `leaves` neighbours, all with the feature 1. */
export function starOf(leaves: number): GraphArrays {
  return graphOf(alike(leaves + 1), bothWays(...range(leaves).map((v): [number, number] => [0, v + 1])))
}

/** Rows of features. [N] of [F] */
export function featuresOf({ x, nodeCount, featureCount }: GraphArrays): number[][] {
  return range(nodeCount).map((v) => [...x.subarray(v * featureCount, (v + 1) * featureCount)])
}

/** Edges in their order, with type and weight. */
export function edgesOf({ source, target, edgeType, edgeWeight }: GraphArrays): Required<Omit<Edge, 'features'>>[] {
  return Array.from(source, (from, e) => ({
    from,
    to: target[e] ?? 0,
    type: edgeType?.[e] ?? 0,
    weight: edgeWeight?.[e] ?? 1,
  }))
}

/** The graph whose node `order[v]` is node v of `graph`. */
export function renumbered(graph: GraphArrays, order: readonly number[]): GraphArrays {
  const rows = featuresOf(graph)
  const x = range(rows.length).map((to) => rows[order.indexOf(to)] ?? [])
  const at = (v: number) => order[v] ?? 0
  return graphOf(
    x,
    edgesOf(graph).map((edge) => ({ ...edge, from: at(edge.from), to: at(edge.to) })),
    kindOf(graph),
  )
}

/** The two graphs as one: first the nodes of `a`, then those of `b`. */
export function unionOf(a: GraphArrays, b: GraphArrays): GraphArrays {
  const moved = edgesOf(b).map((edge) => ({ ...edge, from: edge.from + a.nodeCount, to: edge.to + a.nodeCount }))
  return graphOf([...featuresOf(a), ...featuresOf(b)], [...edgesOf(a), ...moved], kindOf(a))
}

function kindOf({ typeCount, edgeWeight }: GraphArrays): EdgeKind {
  return { typeCount, weighted: edgeWeight !== null }
}

/**
 * Graphs of up to 7 nodes with few different features; half of them have a path through all nodes, half are
 * the same graph twice, so that many nodes are alike for some rounds or for good.
 */
export function anyGraph(kind: EdgeKind = {}): fc.Arbitrary<GraphArrays> {
  return fc
    .integer({ min: 1, max: 7 })
    .chain((size) =>
      fc.record({
        x: fc.array(anyFeatures, { minLength: size, maxLength: size }),
        edges: fc.array(anyEdge(size, kind), { maxLength: size }),
        directed: fc.boolean(),
        alongPath: fc.boolean(),
        twice: fc.boolean(),
      }),
    )
    .map(({ x, edges, directed, alongPath, twice }) => {
      const drawn = directed ? edges : edges.flatMap((edge) => [edge, { ...edge, from: edge.to, to: edge.from }])
      const all = alongPath ? [...drawn, ...edgesOf(pathOf(x.length))] : drawn
      const distinct = new Map(
        all.filter(({ from, to }) => from !== to).map((edge) => [`${edge.from} ${edge.to} ${edge.type}`, edge]),
      )
      const graph = graphOf(x, [...distinct.values()], kind)
      return twice ? unionOf(graph, graph) : graph
    })
}

const anyFeatures = fc.oneof(fc.constant([1, 1]), fc.tuple(fc.nat(1), fc.nat(1)))

function anyEdge(size: number, { typeCount = 1 }: EdgeKind) {
  const node = fc.nat(size - 1)
  return fc.record({ from: node, to: node, type: fc.nat(typeCount - 1), weight: fc.integer({ min: 1, max: 2 }) })
}
