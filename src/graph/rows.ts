/** A subgraph as flat columns: what a database gives, checked, and made into a graphology graph where one is needed. */
import { MultiDirectedGraph } from 'graphology'
import { SourceDataError } from '../errors.ts'
import {
  type EdgeAttributes,
  type GraphSource,
  type GraphView,
  type Key,
  keyText,
  type MemberAttributes,
  type PropertyValue,
  type Subgraph,
} from './subgraph.ts'

/** One graph of N members and E relationships, as it was read. */
export interface SubgraphRows {
  readonly key: Key
  readonly target: PropertyValue
  /** Keys, ascending. [N] */
  readonly members: readonly PropertyValue[]
  /** Values of each property. [P][N] */
  readonly memberColumns: readonly (readonly PropertyValue[])[]
  /** Members that belong to another graph as well, where that is not wanted. */
  readonly shared: readonly PropertyValue[]
  /** Keys of the members that each relationship leads from, and to. [E] */
  readonly sources: readonly PropertyValue[]
  readonly targets: readonly PropertyValue[]
  /** Values of each relationship, in the order of its {@link EdgeAttributes}. [Q][E] */
  readonly relationshipColumns: readonly (readonly PropertyValue[])[]
}

/** One graph whose members have usable keys: N members, E relationships. */
export interface SubgraphTable {
  readonly key: Key
  readonly target: PropertyValue
  /** [N] */
  readonly members: readonly Key[]
  /** [P][N] */
  readonly memberColumns: readonly (readonly PropertyValue[])[]
  /** Positions in `members` of the ends of each relationship. [E] */
  readonly sources: Int32Array
  readonly targets: Int32Array
  /** [Q][E] */
  readonly relationshipColumns: readonly (readonly PropertyValue[])[]
}

/** @throws SourceDataError for a graph without members, a member without a usable or unique key, and a member of two graphs. */
export function subgraphTable(rows: SubgraphRows): SubgraphTable {
  const name = `graph ${keyText(rows.key)}`
  if (rows.members.length === 0)
    throw new SourceDataError(`Cannot use ${name}: expected members, got none; connect some or delete the graph node`)
  if (rows.shared.length > 0)
    throw new SourceDataError(
      `Cannot use ${name}: expected each member in one graph, got members of another graph too: ${shownKeys(rows.shared)}; take them out of one, or set sharedMembers: true`,
    )
  const members = rows.members.filter(isKey)
  if (members.length < rows.members.length) throw unusableKey(name, rows.members)
  const positions = new Map<PropertyValue, number>(members.map((key, v) => [key, v]))
  // Keys of one type are as many as their texts; '7' and 7 are two keys with one text.
  const isMixed = members.some((key) => typeof key !== typeof members[0])
  if ((isMixed ? new Set(members.map(keyText)) : positions).size < members.length) throw repeatedKey(name, members)
  const positionsOf = (keys: readonly PropertyValue[]) => Int32Array.from(keys, (key) => positions.get(key) ?? -1)
  const [sources, targets] = [positionsOf(rows.sources), positionsOf(rows.targets)]
  if (sources.includes(-1) || targets.includes(-1))
    throw new SourceDataError(
      `Cannot use ${name}: expected relationships between its members, got one with another end; run the command again if the graph is being changed`,
    )
  const { key, target, memberColumns, relationshipColumns } = rows
  return { key, target, members, memberColumns, sources, targets, relationshipColumns }
}

/** What encoding reads of a table, without making a graph of it: a tenth of the time of a sync that scores everything. */
export function graphOfTable(table: SubgraphTable): GraphSource {
  const { key, target, members, memberColumns, sources, targets, relationshipColumns } = table
  const names = members.map(keyText)
  const attributes = members.map((member, v): MemberAttributes => ({ key: member, values: row(memberColumns, v) }))
  const alike: EdgeAttributes = { values: [] }
  const graph: GraphView = {
    order: members.length,
    size: sources.length,
    type: 'directed',
    forEachNode: (callback) => {
      attributes.forEach((each, v) => {
        callback(names[v] ?? '', each)
      })
    },
    forEachEdge: (callback) => {
      sources.forEach((source, e) => {
        const end = targets[e] ?? -1
        const [from, to] = [attributes[source], attributes[end]]
        if (from === undefined || to === undefined) return
        const edge = relationshipColumns.length === 0 ? alike : { values: row(relationshipColumns, e) }
        callback(String(e), edge, names[source] ?? '', names[end] ?? '', from, to, false)
      })
    },
  }
  return { key, target, graph }
}

function row(columns: readonly (readonly PropertyValue[])[], at: number): PropertyValue[] {
  return columns.map((column) => column[at] ?? null)
}

/** A directed multigraph; members in the order of the table, relationships as stored. */
export function subgraphFromTable(table: SubgraphTable): Subgraph {
  const { key, target, members, memberColumns, sources, targets, relationshipColumns } = table
  const graph = new MultiDirectedGraph<MemberAttributes, EdgeAttributes>()
  const names = members.map(keyText)
  members.forEach((member, v) => {
    graph.addNode(names[v], { key: member, values: row(memberColumns, v) })
  })
  sources.forEach((source, e) => {
    graph.addEdge(names[source], names[targets[e] ?? -1], { values: row(relationshipColumns, e) })
  })
  return { key, target, graph }
}

function unusableKey(name: string, members: readonly PropertyValue[]): SourceDataError {
  const wrong = members.find((key) => !isKey(key)) ?? null
  return new SourceDataError(
    `Cannot use ${name}: expected every member's key to be a STRING or INTEGER, got ${wrong === null ? 'a member without one' : shownKeys([wrong])}; choose another nodeKey`,
  )
}

function repeatedKey(name: string, members: readonly Key[]): SourceDataError {
  const seen = new Set<string>()
  const repeated = members.map(keyText).find((text) => seen.size === seen.add(text).size)
  return new SourceDataError(
    `Cannot use ${name}: expected unique member keys, got two members with key ${repeated}; choose another nodeKey`,
  )
}

function isKey(value: PropertyValue): value is Key {
  return typeof value === 'string' || typeof value === 'bigint'
}

function shownKeys(keys: readonly PropertyValue[]): string {
  return keys.map((key) => (isKey(key) ? keyText(key) : JSON.stringify(key))).join(', ')
}
