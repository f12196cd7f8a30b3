import type { Key } from './subgraph.ts'

/** A graph that cannot be read, scored or written, and the sentence that says why. */
export interface GraphProblem {
  readonly key: Key
  readonly message: string
}
