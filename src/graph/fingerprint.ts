/** A graph's fingerprint: equal exactly when topology, used features and scoring model are the same. */
import { createHash } from 'node:crypto'
import type { SubgraphTable } from './rows.ts'
import type { PropertyValue } from './subgraph.ts'

/**
 * SHA-256 over the member keys, their feature values and the relationships of a subgraph, in an order that does not
 * depend on the order of rows, after `context`: whatever else decides the scores (model checksum, orientation).
 */
export function fingerprintOf(table: SubgraphTable, context: string): string {
  const lines = table.members.map(
    (key, v) => canonical(key) + table.memberColumns.map((column) => canonical(column[v] ?? null)).join(''),
  )
  const order = Array.from(lines.keys()).sort((a, b) => (lineOf(a) < lineOf(b) ? -1 : 1))
  const rank = new Int32Array(lines.length)
  order.forEach((v, place) => {
    rank[v] = place
  })
  function lineOf(v: number): string {
    return lines[v] ?? ''
  }
  return createHash('sha256')
    .update(`${context}\n${lines.length} ${table.memberColumns.length}\n`)
    .update(order.map(lineOf).join(''))
    .update(`\n${table.sources.length} ${table.relationshipColumns.length}\n`)
    .update(relationshipLines(table, rank))
    .digest('hex')
}

/** Ends by the place of their member; with values, these follow. */
function relationshipLines({ sources, targets, relationshipColumns }: SubgraphTable, rank: Int32Array): string {
  const count = rank.length
  // Below 2^53 for any graph that fits in memory.
  const ends = Float64Array.from(sources, (source, e) => (rank[source] ?? 0) * count + (rank[targets[e] ?? 0] ?? 0))
  if (relationshipColumns.length === 0) return ends.sort().join()
  return Array.from(
    ends,
    (pair, e) => `${pair}${relationshipColumns.map((column) => canonical(column[e] ?? null)).join('')}`,
  )
    .sort()
    .join()
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
