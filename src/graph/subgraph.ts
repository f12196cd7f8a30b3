/** A subgraph as it comes from a source, before encoding: a graphology graph with raw property values. */
import type { AbstractGraph } from 'graphology-types'
import type { Key, PropertyValue } from '../config/property-value.ts'

export { type Key, keyText, type PropertyValue, type UnsupportedValue } from '../config/property-value.ts'

/** Attributes of a member node in {@link Subgraph.graph}. */
export interface MemberAttributes {
  readonly key: Key
  /** Feature values in the order of the configured feature properties. */
  readonly values: readonly PropertyValue[]
}

/** One graph of the projection. Nodes of `graph` are in ascending key order; edges are relationships as stored. */
export interface Subgraph {
  readonly key: Key
  readonly target: PropertyValue
  readonly graph: AbstractGraph<MemberAttributes>
}
