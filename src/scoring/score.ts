/** What a model says about one graph, as plain data: graphs in, scores with masks out. */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { Key } from '../graph/subgraph.ts'

export interface Score {
  readonly key: Key
  /** Name of the most probable class. */
  readonly prediction: string
  /** Probability of that class. */
  readonly probability: number
  /** In the model's class order. [C] */
  readonly probabilities: readonly number[]
  /** Graph embedding h_G. [D] */
  readonly embedding: Float32Array
  readonly nodeKeys: readonly Key[]
  /** Mask of member v in layer k at [k * N + v]; each in (0, 1). [K, N] */
  readonly masks: Float32Array
  readonly layers: number
}

/** A graph with the fingerprint of what it was scored from. */
export interface FingerprintedGraph {
  readonly encoded: EncodedGraph
  readonly fingerprint: string
}
