/** A subgraph as it comes from a source, before encoding: a graphology graph with raw property values. */
import type { AbstractGraph } from 'graphology-types'

/** The unique key of a graph or member: the database's STRING or INTEGER. */
export type Key = string | bigint

/** Raw value of a feature or target property; `null` where the property is missing. */
export type PropertyValue = null | string | bigint | number | boolean | readonly PropertyValue[] | UnsupportedValue

/** A value of a type that cannot be a feature, such as a point or a date; `type` is its Neo4j type name. */
export interface UnsupportedValue {
  readonly type: string
}

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

/** Text form of a key, for messages and maps. */
export function keyText(key: Key): string {
  return typeof key === 'bigint' ? key.toString() : key
}
