/** One graph as typed arrays: what batches are made of. Free of database and tensor types. */
import type { Key } from './subgraph.ts'

/** What a network sees of a graph. */
export interface GraphArrays {
  /** Number of nodes, N. */
  readonly nodeCount: number
  /** Number of feature columns, F. */
  readonly featureCount: number
  /** Node features, row-major. [N, F] */
  readonly x: Float32Array
  /** Directed edges u -> v, sorted by target, then source, then type, without self-loops; none twice but those with features. Row of u. [E] */
  readonly source: Int32Array
  /** Row of v. [E] */
  readonly target: Int32Array
  /** Factor of each edge in sums over neighbours; `null`: 1. [E] */
  readonly edgeWeight: Float32Array | null
  /** Number of relationship types with weights of their own, T. */
  readonly typeCount: number
  /** Relationship type of each edge, 0 to T - 1; `null`: all are of one type. [E] */
  readonly edgeType: Int32Array | null
  /** Number of edge feature columns, De; 0 without. */
  readonly edgeFeatureCount: number
  /** Features of each edge, for the edge network. [E, De] */
  readonly edgeFeatures: Float32Array | null
}

export interface EncodedGraph extends GraphArrays {
  readonly key: Key
  /** Member of each row. [N] */
  readonly nodeKeys: readonly Key[]
  /** Class index in the model's class order; `null` where the graph has no class yet. */
  readonly y: number | null
  /** Targets of a regression, in their own units; `null` where the graph has none yet. [C] */
  readonly targets: readonly number[] | null
}

/** Edges all alike: of one type, without weights and features. */
export const plainEdges = {
  edgeWeight: null,
  typeCount: 1,
  edgeType: null,
  edgeFeatureCount: 0,
  edgeFeatures: null,
} as const
