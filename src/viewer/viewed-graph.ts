/** A scored graph as pictures and the viewer show it: plain data that JSON can hold. */

export interface ViewedNode {
  readonly key: string
  readonly labels: readonly string[]
  /** Of layers 1 to K; none of a member that came after the scoring. */
  readonly masks: readonly number[]
  readonly properties: Readonly<Record<string, unknown>>
  /** Whether it belongs to the true cause, by the configured truth property; `null` where that is not known. */
  readonly truth: boolean | null
}

/** Along a relationship as stored, between nodes by their places in the list. */
export interface ViewedEdge {
  readonly source: number
  readonly target: number
  /** `null` where the projection does not tell. */
  readonly type: string | null
}

export interface ViewedGraph {
  readonly projection: string
  readonly key: string
  /** Name of the class, or the number of a regression. */
  readonly prediction: string | number
  /** By class, in the model's order; none for a regression. */
  readonly probabilities: readonly { readonly name: string; readonly probability: number }[]
  /** "name:version" */
  readonly model: string
  readonly runId: string | null
  /** ISO 8601 */
  readonly scoredAt: string | null
  readonly targetProperty: string
  readonly target: string | number | boolean | null
  readonly truthProperty: string | null
  readonly nodeKey: string
  /** Members with their masks, of the graph with $key (as text), but for those whose keys are in $without (as text). */
  readonly cypher: string
  /** Of the whole graph. */
  readonly nodeCount: number
  readonly edgeCount: number
  /** Those of the nodes with the highest masks and of what is within so many hops of them; `null`: all nodes are there. */
  readonly hops: number | null
  /** By descending mask of the last layer. */
  readonly nodes: readonly ViewedNode[]
  readonly edges: readonly ViewedEdge[]
}

/** K */
export function layerCount({ nodes }: Pick<ViewedGraph, 'nodes'>): number {
  return nodes.reduce((most, { masks }) => Math.max(most, masks.length), 0)
}
