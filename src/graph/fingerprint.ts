/** A graph's fingerprint: equal exactly when topology, used features and scoring model are the same. */
import { createHash } from 'node:crypto'
import type { PropertyValue, Subgraph } from './subgraph.ts'

/**
 * SHA-256 over the member keys, their feature values and the relationships of a subgraph, in an order that does not
 * depend on the order of rows, after `context`: whatever else decides the scores (model checksum, orientation).
 */
export function fingerprintOf(subgraph: Subgraph, context: string): string {
  const { graph } = subgraph
  const nodes = graph.mapNodes((_name, { key, values }) => canonical(key) + canonical(values))
  const edges = graph.mapEdges(
    (_edge, { values = [] }, source, target) =>
      canonical(source) + canonical(target) + (values.length === 0 ? '' : canonical(values)),
  )
  const hash = createHash('sha256').update(context)
  for (const part of [nodes.sort(), edges.sort()]) {
    hash.update(`\n${part.length}\n`)
    for (const line of part) hash.update(line)
  }
  return hash.digest('hex')
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
