/** Seeded random graphs for tests of the model. */
import type { EncodedGraph } from '../../../src/graph/encoded-graph.ts'
import { createRandom } from '../../../src/graph/random.ts'
import { initialParameters, type NetworkShape, weightsFromFlat } from '../../../src/model/parameters.ts'
import type { ScoringNetwork } from '../../../src/model/predict.ts'

export const shape: NetworkShape = {
  variant: 'smg-jk',
  layers: 3,
  hidden: 8,
  inputProjection: true,
  featureCount: 3,
  classCount: 2,
}

export function randomNetwork(seed: number, overrides: Partial<NetworkShape> = {}): ScoringNetwork {
  const full = { ...shape, ...overrides }
  return { shape: full, weights: weightsFromFlat(full, initialParameters(full, createRandom(seed, 'weights'))) }
}

/** A graph with 3 features per node and random undirected edges. */
export function randomGraph(seed: number, size: number, y: number | null = null): EncodedGraph {
  const random = createRandom(seed, 'graph')
  const edges: [number, number][] = []
  for (let u = 0; u < size; u++) for (let v = 0; v < u; v++) if (random.nextFloat() < 0.4) edges.push([u, v], [v, u])
  const x = Float32Array.from({ length: size * 3 }, () => random.nextFloat() * 2 - 1)
  return graphOf(`g${seed}`, x, edges, y)
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
  return {
    key,
    nodeKeys: Array.from({ length: x.length / 3 }, (_, v) => String(v)),
    x,
    featureCount: 3,
    source: Int32Array.from(sorted, ([u]) => u),
    target: Int32Array.from(sorted, ([, v]) => v),
    y,
  }
}
