/** Every kind of network there is, with graphs that fit it, for laws that hold for all of them. */
import fc from 'fast-check'
import type { EncodedGraph } from '../../../src/graph/encoded-graph.ts'
import type { NetworkShape } from '../../../src/model/parameters.ts'
import type { ScoringNetwork } from '../../../src/model/predict.ts'
import { coarseGraph, randomGraph, randomNetwork, variants, withEdgeFeatures, withTypesAndWeights } from './graphs.ts'

export interface NetworkKind extends Pick<NetworkShape, 'variant' | 'readout' | 'task' | 'inputProjection' | 'layers'> {
  readonly edges: 'plain' | 'typed' | 'featured'
  /** Whether the graphs have many nodes that look the same. */
  readonly coarse: boolean
}

/** A mask per channel needs the input projection. */
export const networkKinds: fc.Arbitrary<NetworkKind> = fc
  .record({
    variant: fc.constantFrom(...variants),
    readout: fc.constantFrom('sum', 'mean'),
    task: fc.constantFrom('classification', 'regression'),
    inputProjection: fc.boolean(),
    edges: fc.constantFrom('plain', 'typed', 'featured'),
    layers: fc.integer({ min: 1, max: 3 }),
    coarse: fc.boolean(),
  })
  .map((kind) => ({ ...kind, inputProjection: kind.inputProjection || kind.variant.startsWith('m-') }))

export function networkOfKind(kind: NetworkKind, seed: number): ScoringNetwork {
  const { edges, coarse: _, ...overrides } = kind
  return randomNetwork(seed, {
    ...overrides,
    typeCount: edges === 'typed' ? 3 : 1,
    edgeFeatureCount: edges === 'featured' ? 2 : 0,
  })
}

export function graphOfKind({ edges, coarse }: NetworkKind, seed: number, size: number): EncodedGraph {
  const graph = coarse ? coarseGraph(seed, size) : randomGraph(seed, size)
  if (edges === 'typed') return withTypesAndWeights(graph, 3)
  return edges === 'featured' ? withEdgeFeatures(graph) : graph
}
