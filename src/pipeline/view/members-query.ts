import { graphNodesOf } from '../../config/graph-nodes.ts'
import type { Config } from '../../config/schema.ts'
import { plainOrQuoted } from '../../neo4j/identifiers.ts'
import { writtenProperties } from '../../write-back/properties.ts'
import { maskHolder, memberPattern } from '../member-pattern.ts'

/** The members of a graph with their masks, for people to run: of the graph with $key, but for those in $without, both as text. */
export function membersQuery({ projection, writing }: Config, layers: number): string {
  const { graphLabel, graphKey } = graphNodesOf(projection)
  const nodeKey = `n.${plainOrQuoted(projection.nodeKey)}`
  const { maskLayer } = writtenProperties(writing.prefix)
  const masks = Array.from({ length: layers }, (_, k) => `${maskHolder(projection)}.${maskLayer(k + 1)}`)
  return `MATCH ${memberPattern(projection)}(g:${plainOrQuoted(graphLabel)})
WHERE toString(g.${plainOrQuoted(graphKey)}) = $key AND NOT toString(${nodeKey}) IN $without
RETURN ${[nodeKey, ...masks].join(', ')}
ORDER BY ${masks.at(-1) ?? nodeKey} DESC`
}
