/** One graph as typed arrays: what batches are made of. Free of database and tensor types. */
import type { Key } from './subgraph.ts'

export interface EncodedGraph {
  readonly key: Key
  /** Member of each row. [N] */
  readonly nodeKeys: readonly Key[]
  /** Node features, row-major. [N, F] */
  readonly x: Float32Array
  /** Number of feature columns, F. */
  readonly featureCount: number
  /** Directed edges u -> v, sorted by target, then source, without duplicates and self-loops. Row of u. [E] */
  readonly source: Int32Array
  /** Row of v. [E] */
  readonly target: Int32Array
  /** Class index in the model's class order; `null` where the graph has no target yet. */
  readonly y: number | null
}
