/** Fingerprints of a graph: of its topology, used features and scoring model, and of its members alone. */
import { createHash } from 'node:crypto'
import type { SubgraphTable } from './rows.ts'
import type { Key, PropertyValue } from './subgraph.ts'

export interface Fingerprints {
  /** Equal exactly when the member keys are the same. */
  readonly members: string
  /** Equal exactly when topology, used features and `context` are the same. */
  readonly graph: string
}

/**
 * SHA-256, in hexadecimal, over the member keys; and over these, their feature values and the relationships of a subgraph, in an
 * order that does not depend on the order of rows, after `context`: whatever else decides the scores (model, orientation).
 */
export function fingerprintsOf(table: SubgraphTable, context: string): Fingerprints {
  const order = ascending(table.members)
  const keys = contentOf(inOrder(table.members, order))
  const graph = createHash('sha256').update(`${context}\n${table.members.length} ${table.memberColumns.length}\n`)
  graph.update(keys)
  for (const column of table.memberColumns) graph.update(contentOf(inOrder(column, order)))
  graph.update(`\n${table.sources.length} ${table.relationshipColumns.length}\n`)
  graph.update(relationshipContent(table, order))
  return { members: createHash('sha256').update(keys).digest('hex'), graph: graph.digest('hex') }
}

/** Positions of the members by ascending key; `null` where they are in this order, as they come from a database. */
function ascending(members: readonly Key[]): Int32Array | null {
  const isLess = (a: Key, b: Key) => (typeof a === typeof b ? a < b : typeof a < typeof b)
  const isAscending = members.every((key, v) => v === 0 || isLess(members[v - 1] ?? key, key))
  if (isAscending) return null
  const keyAt = (v: number) => members[v] ?? ''
  return Int32Array.from(members.keys()).sort((a, b) => (isLess(keyAt(a), keyAt(b)) ? -1 : 1))
}

function inOrder<T extends PropertyValue>(values: readonly T[], order: Int32Array | null): readonly PropertyValue[] {
  return order === null ? values : Array.from(order, (v) => values[v] ?? null)
}

/** Ends by the place of their member; with values, these follow. */
function relationshipContent(
  { members, sources, targets, relationshipColumns }: SubgraphTable,
  order: Int32Array | null,
): string | Uint8Array {
  const places = Int32Array.from(members.keys())
  order?.forEach((v, place) => {
    places[v] = place
  })
  const place = (v: number) => places[v] ?? 0
  // Below 2^53 for any graph that fits in memory.
  const ends = Float64Array.from(sources, (source, e) => place(source) * members.length + place(targets[e] ?? 0))
  if (relationshipColumns.length === 0) return bytesOf(ends.sort())
  return Array.from(
    ends,
    (pair, e) => `${pair}${relationshipColumns.map((column) => canonical(column[e] ?? null)).join('')}`,
  )
    .sort()
    .join()
}

/** Differs between different lists of one length. Numbers are not made into text, which takes long. */
function contentOf(values: readonly PropertyValue[]): string | Uint8Array {
  if (values.every((value) => typeof value === 'number')) {
    // Adding 0 makes 0 of -0.
    return Buffer.concat([Buffer.from('F'), bytesOf(Float64Array.from(values, (value) => Number(value) + 0))])
  }
  return `T${values.map(canonical).join('')}`
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Text that differs between different values: type letter, length where it varies, value. */
function canonical(value: PropertyValue): string {
  if (value === null) return 'n;'
  if (typeof value === 'string') return `s${value.length}:${value};`
  if (typeof value === 'bigint') return `i${value};`
  if (typeof value === 'number') return `f${value};`
  if (typeof value === 'boolean') return value ? 't;' : 'b;'
  if ('type' in value) return `u${value.type};`
  return `l${value.length}:${value.map(canonical).join('')};`
}
