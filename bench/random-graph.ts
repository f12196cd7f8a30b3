import { type EncodedGraph, plainEdges } from '../src/graph/encoded-graph.ts'
import { createRandom } from '../src/graph/random.ts'

export interface RandomGraphOptions {
  readonly nodeCount: number
  /** Earlier nodes that each node is joined to, both ways; the same one may be drawn again. */
  readonly neighbours: number
  readonly featureCount: number
  /** So many of the features are random numbers, the others 0 or 1. */
  readonly continuous: number
}

/** A connected graph of class `seed` mod 2; the same seed gives the same graph. */
export function randomGraph(
  seed: number,
  { nodeCount, neighbours, featureCount, continuous }: RandomGraphOptions,
): EncodedGraph {
  const random = createRandom(seed, 'graph')
  const codes = new Set<number>()
  for (let v = 1; v < nodeCount; v++)
    for (let i = 0; i < neighbours; i++) {
      const u = random.nextBelow(v)
      codes.add(v * nodeCount + u)
      codes.add(u * nodeCount + v)
    }
  const sorted = Float64Array.from(codes).sort()
  return {
    key: BigInt(seed),
    nodeKeys: Array.from({ length: nodeCount }, (_, v) => BigInt(v)),
    ...{ nodeCount, featureCount },
    x: Float32Array.from({ length: nodeCount * featureCount }, (_, i) =>
      i % featureCount < continuous ? random.nextFloat() : random.nextBelow(2),
    ),
    source: Int32Array.from(sorted, (code) => code % nodeCount),
    target: Int32Array.from(sorted, (code) => Math.floor(code / nodeCount)),
    ...plainEdges,
    y: seed % 2,
    targets: null,
  }
}
