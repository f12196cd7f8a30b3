/** Seeded random graphs and networks for tests of the model. */
import { type EncodedGraph, plainEdges } from '../../../src/graph/encoded-graph.ts'
import { createRandom, shuffled } from '../../../src/graph/random.ts'
import { initialParameters, type NetworkShape, weightsFromFlat } from '../../../src/model/parameters.ts'
import type { ScoringNetwork } from '../../../src/model/predict.ts'
import type { TargetScaling } from '../../../src/model/targets.ts'

export const shape: NetworkShape = {
  variant: 'smg-jk',
  readout: 'sum',
  task: 'classification',
  layers: 3,
  hidden: 8,
  inputProjection: true,
  featureCount: 3,
  typeCount: 1,
  edgeFeatureCount: 0,
  edgeHidden: 5,
  outputCount: 2,
}

export const variants = ['smg', 'smg-jk', 'm-smg', 'm-smg-jk'] as const

/** Initial weights; a regression's targets have mean 0 and standard deviation 1 unless told otherwise. */
export function randomNetwork(
  seed: number,
  overrides: Partial<NetworkShape> = {},
  scaling?: TargetScaling,
): ScoringNetwork {
  const full = { ...shape, ...overrides }
  const ones = Array.from({ length: full.outputCount }, () => 1)
  const unscaled = { mean: ones.map(() => 0), std: ones }
  return {
    shape: full,
    weights: weightsFromFlat(full, initialParameters(full, createRandom(seed, 'weights'))),
    targetScaling: full.task === 'regression' ? (scaling ?? unscaled) : null,
  }
}

/** A graph with 3 features per node and random undirected edges. */
export function randomGraph(seed: number, size: number, y: number | null = null): EncodedGraph {
  const random = createRandom(seed, 'graph')
  const edges: [number, number][] = []
  for (let u = 0; u < size; u++) for (let v = 0; v < u; v++) if (random.nextFloat() < 0.4) edges.push([u, v], [v, u])
  const x = Float32Array.from({ length: size * 3 }, () => random.nextFloat() * 2 - 1)
  return graphOf(`g${seed}`, x, edges, y)
}

/** A graph whose nodes have one of two features, so that many of them look the same to a network. */
export function coarseGraph(seed: number, size: number, y: number | null = null): EncodedGraph {
  const graph = randomGraph(seed, size, y)
  const random = createRandom(seed, 'kinds')
  const rows = Array.from({ length: size }, () => (random.nextBelow(2) === 0 ? [1, 0, 0] : [0, 1, 0]))
  return { ...graph, x: Float32Array.from(rows.flat()) }
}

/** The graph with a type and a weight for every edge, the same both ways. */
export function withTypesAndWeights(graph: EncodedGraph, typeCount: number): EncodedGraph {
  const code = (e: number) => (graph.source[e] ?? 0) + (graph.target[e] ?? 0)
  return {
    ...graph,
    typeCount,
    edgeType: graph.source.map((_, e) => code(e) % typeCount),
    edgeWeight: Float32Array.from(graph.source, (_, e) => 0.5 + (code(e) % 3)),
  }
}

/** The graph with two features for every edge, the same both ways. */
export function withEdgeFeatures(graph: EncodedGraph): EncodedGraph {
  const features = Array.from(graph.source, (u, e) => {
    const v = graph.target[e] ?? 0
    return [Math.sin(u + v), Math.cos(u * v)]
  })
  return { ...graph, edgeFeatureCount: 2, edgeFeatures: Float32Array.from(features.flat()) }
}

/** A star of class 1 or a ring of class 0, of 5 to 8 nodes with equal features: only the edges tell. */
export function starOrRing(seed: number): EncodedGraph {
  const size = 5 + createRandom(seed, 'size').nextBelow(4)
  const y = seed % 2
  const edges: [number, number][] = []
  for (let v = y === 1 ? 1 : 0; v < size; v++) {
    const other = y === 1 ? 0 : (v + 1) % size
    edges.push([v, other], [other, v])
  }
  return graphOf(`s${seed}`, new Float32Array(size * 3).fill(1), edges, y)
}

/** Edges in any order. */
export function graphOf(
  key: string,
  x: Float32Array,
  edges: readonly (readonly [number, number])[],
  y: number | null,
): EncodedGraph {
  const sorted = [...edges].sort(([a, b], [c, d]) => b - d || a - c)
  const nodeCount = x.length / 3
  return {
    ...plainEdges,
    key,
    nodeKeys: Array.from({ length: nodeCount }, (_, v) => String(v)),
    nodeCount,
    x,
    featureCount: 3,
    source: Int32Array.from(sorted, ([u]) => u),
    target: Int32Array.from(sorted, ([, v]) => v),
    y,
    targets: null,
  }
}

/** An order of `size` rows. */
export function randomOrder(seed: number, size: number): number[] {
  return shuffled(
    Array.from({ length: size }, (_, v) => v),
    createRandom(seed, 'order'),
  )
}

/** The graph with its rows in another order: row v of the result is row `order[v]` of the graph. */
export function permuted(graph: EncodedGraph, order: readonly number[]): EncodedGraph {
  const { featureCount, source, target, edgeWeight, edgeType, edgeFeatureCount, edgeFeatures } = graph
  const place = new Map(order.map((old, v) => [old, v]))
  const at = (old: number | undefined) => place.get(old ?? -1) ?? -1
  const edges = Array.from(source, (u, e) => ({ u: at(u), v: at(target[e]), e })).sort((a, b) => a.v - b.v || a.u - b.u)
  return {
    ...graph,
    nodeKeys: order.map((old) => graph.nodeKeys[old] ?? ''),
    x: Float32Array.from(order.flatMap((old) => [...graph.x.subarray(old * featureCount, (old + 1) * featureCount)])),
    source: Int32Array.from(edges, ({ u }) => u),
    target: Int32Array.from(edges, ({ v }) => v),
    edgeWeight: edgeWeight && Float32Array.from(edges, ({ e }) => edgeWeight[e] ?? 0),
    edgeType: edgeType && Int32Array.from(edges, ({ e }) => edgeType[e] ?? 0),
    edgeFeatures:
      edgeFeatures &&
      Float32Array.from(
        edges.flatMap(({ e }) => [...edgeFeatures.subarray(e * edgeFeatureCount, (e + 1) * edgeFeatureCount)]),
      ),
  }
}
