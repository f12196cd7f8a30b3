/** A subgraph as it comes from a source, before encoding: a graphology graph with raw property values. */
import type { AbstractGraph } from 'graphology-types'
import type { Key, PropertyValue } from '../config/property-value.ts'

export { type Key, keyText, type PropertyValue, type UnsupportedValue } from '../config/property-value.ts'

/** Attributes of a member node in {@link GraphView}. */
export interface MemberAttributes {
  readonly key: Key
  /** Feature values in the order of the configured feature properties. */
  readonly values: readonly PropertyValue[]
}

/** Attributes of an edge in a {@link GraphView}. */
export interface EdgeAttributes {
  /** Those that the edge schema names: weight, type, then features; none where all edges are alike. */
  readonly values?: readonly PropertyValue[]
}

/** What encoding reads of a graph: a graphology graph of members, or a view of a graph with other attributes. */
export interface GraphView {
  /** Number of nodes, and of edges. */
  readonly order: number
  readonly size: number
  /** directed, undirected or mixed */
  readonly type: string
  forEachNode(callback: (node: string, attributes: MemberAttributes) => void): void
  forEachEdge(
    callback: (
      edge: string,
      attributes: EdgeAttributes,
      source: string,
      target: string,
      sourceAttributes: MemberAttributes,
      targetAttributes: MemberAttributes,
      undirected: boolean,
    ) => void,
  ): void
}

/** A graph to encode. */
export interface GraphSource {
  readonly key: Key
  readonly target: PropertyValue
  readonly graph: GraphView
}

/** One graph of the projection. Nodes of `graph` are in ascending key order; edges are relationships as stored. */
export interface Subgraph extends GraphSource {
  readonly graph: AbstractGraph<MemberAttributes, EdgeAttributes>
}
