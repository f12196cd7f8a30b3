/** The user's own statements: whether they can be run and return what is needed, and what goes wrong in them. */
import neo4j from 'neo4j-driver'
import { didYouMean } from '../config/nearest.ts'
import type { CypherProjection } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import type { WantedProperties } from './catalogue.ts'
import type { Database } from './database.ts'
import { explainGraphsQuery, explainSubgraphQuery } from './projection-catalogue.ts'

/**
 * Lets the server plan the statements, without running them.
 * @throws ConfigError naming the first one that cannot be run, or that lacks columns
 */
export async function requireColumns(
  database: Database,
  projection: CypherProjection,
  wanted: WantedProperties,
): Promise<void> {
  const { name, graphsQuery, nodesQuery, relationshipsQuery } = projection
  const ofGraph = (cypher: string) =>
    database.columnsOf(explainSubgraphQuery, { subgraphQuery: { cypher } }, { keys: [] })
  const { withType, weightProperty, relationshipProperties } = wanted
  const withProperties = weightProperty !== null || relationshipProperties.length > 0
  const checks = [
    {
      setting: 'graphsQuery',
      columns: () => database.columnsOf(explainGraphsQuery, { graphsQuery: { cypher: graphsQuery } }, {}),
      needed: ['key'],
    },
    { setting: 'nodesQuery', columns: () => ofGraph(nodesQuery), needed: ['node'] },
    {
      setting: 'relationshipsQuery',
      columns: () => ofGraph(relationshipsQuery),
      needed: ['source', 'target', ...(withType ? ['type'] : []), ...(withProperties ? ['properties'] : [])],
    },
  ]
  for (const { setting, columns, needed } of checks) {
    const got = await runUserQuery(name, setting, columns())
    // In the statements for one graph the key is ours.
    const own = setting === 'graphsQuery' ? got : got.filter((column) => column !== 'key')
    const missing = needed.filter((column) => !own.includes(column))
    if (missing.length > 0)
      throw new ConfigError(
        `Cannot read the projection '${name}': expected ${setting} to return ${needed.join(', ')}, got ${own.join(', ') || 'nothing'}; return ${missing.join(' and ')} as well${didYouMean(missing[0] ?? '', own)}`,
      )
  }
}

/** @throws ConfigError naming the setting where the server finds fault with the statement */
export async function runUserQuery<T>(projection: string, setting: string, running: Promise<T>): Promise<T> {
  try {
    return await running
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.cause : undefined
    if (!(cause instanceof neo4j.Neo4jError) || !cause.code.startsWith('Neo.ClientError.Statement.')) throw thrown
    const [sentence] = cause.message.split('\n')
    throw new ConfigError(`Cannot read the projection '${projection}': ${setting} cannot be run: ${sentence}`, {
      cause,
    })
  }
}
