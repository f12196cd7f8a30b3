/** Cypher to try after a sync, with the names of the configuration filled in. */
import type { Config } from '../config/schema.ts'
import { plainOrQuoted } from '../neo4j/identifiers.ts'
import { embeddingIndexName, writtenProperties } from '../write-back/properties.ts'

export interface NextQuery {
  readonly purpose: string
  readonly cypher: string
}

export function nextQueries({ projection, writing, model }: Config): readonly NextQuery[] {
  const written = writtenProperties(writing.prefix)
  const graph = `(g:${plainOrQuoted(projection.graphLabel)})`
  const member = `(n:${projection.nodeLabels.map(plainOrQuoted).join('|')})`
  const masked = projection.sharedMembers ? 'm' : 'n'
  const membership = `${projection.sharedMembers ? 'm' : ''}:${plainOrQuoted(projection.membershipType)}`
  const pattern = `${member}-[${membership}]-${graph}`
  const graphKey = `g.${plainOrQuoted(projection.graphKey)}`
  const nodeKey = `n.${plainOrQuoted(projection.nodeKey)}`
  const lastMask = `${masked}.${written.maskLayer(model.layers)}`
  const isRegression = model.task === 'regression'
  const surest = isRegression ? written.prediction : written.probability
  const index = embeddingIndexName(writing.prefix, projection.name)
  return [
    {
      purpose: `Which nodes made it so: members of the ${isRegression ? 'graph with the highest value' : 'surest graph'} by mask`,
      cypher: `MATCH ${graph} WHERE g.${written.prediction} IS NOT NULL
WITH g ORDER BY g.${surest} DESC LIMIT 1
MATCH ${pattern}
RETURN ${graphKey}, g.${written.prediction}, ${nodeKey}, ${lastMask}
ORDER BY ${lastMask} DESC LIMIT 10`,
    },
    {
      purpose: 'Similar graphs by embedding',
      cypher: `MATCH ${graph} WHERE g.${written.embedding} IS NOT NULL
WITH g LIMIT 1
CALL db.index.vector.queryNodes('${index.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}', 5, g.${written.embedding}) YIELD node, score
RETURN ${graphKey} AS graph, node.${plainOrQuoted(projection.graphKey)} AS similar, node.${written.prediction}, score`,
    },
  ]
}
