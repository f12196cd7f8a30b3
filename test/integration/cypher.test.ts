/** Every statement of the catalogue as the server plans it. */
import neo4j, { type Driver, type Plan } from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillIdentifiers } from '../../src/neo4j/statement.ts'
import { readCypherFiles, usedParams } from '../support/cypher-files.ts'
import { testServer } from './support/server.ts'

const names = new Map<string, string | string[]>([
  ['nodeLabels', ['Explained member', 'Other `member`']],
  ['relationshipTypes', ['EXPLAINED', 'OTHER TYPE']],
])
const graphLabel = 'Explained graph'
const graphKey = 'explainedKey'
const index = 'explained_graph_key'

let driver: Driver

beforeAll(async () => {
  const { uri, username, password } = testServer()
  driver = neo4j.driver(uri, neo4j.auth.basic(username, password))
  await run(`CREATE INDEX ${index} IF NOT EXISTS FOR (g:\`${graphLabel}\`) ON (g.${graphKey})`)
  await run('CALL db.awaitIndexes(120)')
})
afterAll(async () => {
  await run(`DROP INDEX ${index} IF EXISTS`)
  await driver.close()
})

/** Summary of a statement that runs alone, with every notification that the server has. */
async function run(statement: string, params: Readonly<Record<string, unknown>> = {}) {
  const session = driver.session({ database: testServer().database })
  try {
    return (await session.run(statement, params)).summary
  } finally {
    await session.close()
  }
}

/** The server's plan for a statement file, its names filled in and its parameters null. */
async function explain({ name, body }: { readonly name: string; readonly body: string }) {
  const used = usedParams(body)
  const identifiers = used.flatMap((param) => /^\{\{(\w+)\}\}$/.exec(param)?.slice(1) ?? [])
  const filled = fillIdentifiers(
    body,
    Object.fromEntries(
      identifiers.map((id) => [id, names.get(id) ?? { graphLabel, graphKey }[id] ?? `explained ${id}`]),
    ),
    name,
  )
  const params = used.filter((param) => param.startsWith('$')).map((param) => [param.slice(1), null])
  return run(`EXPLAIN ${filled}`, Object.fromEntries(params))
}

const files = readCypherFiles()

describe.each(files)('cypher/$name.cypher', (file) => {
  it('is planned without a word about deprecation or cartesian products', async () => {
    const { notifications } = await explain(file)
    const unwanted = notifications.filter(
      ({ category, code }) => category === 'DEPRECATION' || code.includes('CartesianProduct'),
    )
    expect(unwanted.map(({ description }) => description)).toEqual([])
  })
})

describe('the statements that look up graphs', () => {
  it.each(['graph-page', 'read-subgraphs', 'write-scores', 'existing-graph-keys'])(
    '%s finds them by the index over their keys',
    async (name) => {
      const file = files.find((candidate) => candidate.name === name)
      const { plan } = await explain(file ?? { name, body: '' })
      expect(plan && operatorsOf(plan).find((operator) => operator.startsWith('NodeIndexSeek'))).toBeDefined()
    },
  )
})

function operatorsOf({ operatorType, children }: Plan): string[] {
  return [operatorType, ...children.flatMap(operatorsOf)]
}

describe('the check for deprecation', () => {
  it('sees one', async () => {
    const { notifications } = await explain({ name: 'deprecated', body: 'MATCH (n) RETURN id(n)' })
    expect(notifications.map(({ category }) => category)).toContain('DEPRECATION')
  })
})
