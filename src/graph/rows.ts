/** Rows of a database or file become graphology graphs. */
import { MultiDirectedGraph } from 'graphology'
import { SourceDataError } from '../errors.ts'
import {
  type EdgeAttributes,
  type Key,
  keyText,
  type MemberAttributes,
  type PropertyValue,
  type Subgraph,
} from './subgraph.ts'

/** One graph as flat rows. */
export interface SubgraphRows {
  readonly key: Key
  readonly target: PropertyValue
  /** Key and property values of each member, in ascending key order. */
  readonly members: readonly (readonly [PropertyValue, readonly PropertyValue[]])[]
  /** Members that belong to another graph as well, where that is not wanted. */
  readonly shared: readonly PropertyValue[]
  /** Source key, target key and values of each relationship, in the order of its {@link EdgeAttributes}. */
  readonly relationships: readonly (readonly [PropertyValue, PropertyValue, readonly PropertyValue[]])[]
}

/**
 * Builds the graphology graph of one subgraph: a directed multigraph, relationships as stored.
 * @throws SourceDataError for a graph without members, a member without a usable or unique key, and a member of two graphs.
 */
export function subgraphFromRows(rows: SubgraphRows): Subgraph {
  const name = `graph ${keyText(rows.key)}`
  if (rows.members.length === 0)
    throw new SourceDataError(`Cannot use ${name}: expected members, got none; connect some or delete the graph node`)
  if (rows.shared.length > 0)
    throw new SourceDataError(
      `Cannot use ${name}: expected each member in one graph, got members of another graph too: ${shownKeys(rows.shared)}; take them out of one, or set sharedMembers: true`,
    )
  const graph = new MultiDirectedGraph<MemberAttributes, EdgeAttributes>()
  for (const [key, values] of rows.members) {
    if (!isKey(key))
      throw new SourceDataError(
        `Cannot use ${name}: expected every member's key to be a STRING or INTEGER, got ${key === null ? 'a member without one' : shownKeys([key])}; choose another nodeKey`,
      )
    const text = keyText(key)
    if (graph.hasNode(text))
      throw new SourceDataError(
        `Cannot use ${name}: expected unique member keys, got two members with key ${text}; choose another nodeKey`,
      )
    graph.addNode(text, { key, values })
  }
  for (const [source, target, values] of rows.relationships) {
    if (isKey(source) && isKey(target)) graph.addEdge(keyText(source), keyText(target), { values })
  }
  return { key: rows.key, target: rows.target, graph }
}

function isKey(value: PropertyValue): value is Key {
  return typeof value === 'string' || typeof value === 'bigint'
}

function shownKeys(keys: readonly PropertyValue[]): string {
  return keys.map((key) => (isKey(key) ? keyText(key) : JSON.stringify(key))).join(', ')
}
