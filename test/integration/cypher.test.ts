/** Every statement of the catalogue as the server plans it. */
import neo4j, { type Driver, type Plan } from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteIdentifier } from '../../src/neo4j/identifiers.ts'
import { fillIdentifiers, type Identifiers, readStatement } from '../../src/neo4j/statement.ts'
import { readCypherFiles, usedParams } from '../support/cypher-files.ts'
import { testServer } from './support/server.ts'

const nodeLabels = ['Explained member', 'Other `member`']
const names = new Map<string, Identifiers[string]>([
  ['nodeLabels', nodeLabels],
  ['nodeLabel', 'Explained member'],
  ['relationshipTypes', ['EXPLAINED', 'OTHER TYPE']],
  ['groupProperty', 'explainedKey'],
  ['graphsQuery', { cypher: 'MATCH (g:`Explained graph`) RETURN g.explainedKey AS key' }],
  ['nodesQuery', { cypher: 'MATCH (node {case: key}) RETURN node // The members.' }],
  ['relationshipsQuery', { cypher: 'MATCH (source {case: key})-->(target) RETURN source, target;' }],
  ['subgraphQuery', { cypher: 'MATCH (node {case: key}) RETURN node' }],
  ['typeColumn', 'source'],
  ['propertiesColumn', 'target'],
])
const graphLabel = 'Explained graph'
const graphKey = 'explainedKey'
const indexed = [graphLabel, ...nodeLabels].map((label, i) => [`explained_key_${i}`, label] as const)

let driver: Driver

beforeAll(async () => {
  const { uri, username, password } = testServer()
  driver = neo4j.driver(uri, neo4j.auth.basic(username, password))
  for (const [name, label] of indexed)
    await run(`CREATE INDEX ${name} IF NOT EXISTS FOR (g:${quoteIdentifier(label)}) ON (g.${graphKey})`)
  for (const name of ['create-run-constraint', 'create-run-part-constraint', 'create-graph-constraint'])
    await run(readStatement(name, 'auto'))
  await run('CALL db.awaitIndexes(120)')
})
afterAll(async () => {
  for (const [name] of indexed) await run(`DROP INDEX ${name} IF EXISTS`)
  for (const name of ['smg_run_key', 'smg_run_part_key', 'smg_graph_key'])
    await run(`DROP CONSTRAINT ${name} IF EXISTS`)
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
  const identifiers = used.flatMap((param) => /^(?:\{\{|<<)(\w+)/.exec(param)?.slice(1) ?? [])
  const filled = fillIdentifiers(
    body,
    Object.fromEntries(
      identifiers.map((id) => [id, names.get(id) ?? { graphLabel, graphKey }[id] ?? `explained ${id}`]),
    ),
    name,
  )
  const params = used.filter((param) => param.startsWith('$')).map((param) => [param.slice(1), null])
  return run(filled.startsWith('EXPLAIN') ? filled : `EXPLAIN ${filled}`, Object.fromEntries(params))
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
  it.each([
    'graph-page',
    'read-subgraphs',
    'write-scores',
    'existing-graph-keys',
    'property-key-page',
    'property-graph-heads',
    'property-subgraphs',
    'property-existing-keys',
    'neighbourhood-starts',
    'cypher-graph-page',
    'write-made-scores',
    'plan-scores',
    'plan-made-scores',
    'written-graphs',
  ])('%s finds them by the index over their keys, and scans nothing', async (name) => {
    const file = files.find((candidate) => candidate.name === name)
    const { plan } = await explain(file ?? { name, body: '' })
    const operators = plan ? operatorsOf(plan) : []
    expect(operators.find((operator) => operator.startsWith('NodeIndexSeek'))).toBeDefined()
    // But for what the statement of the user's scans.
    if (name !== 'cypher-graph-page') expect(operators.filter((operator) => operator.includes('Scan'))).toEqual([])
  })

  it.each([
    'neighbourhood-hop',
    'neighbourhood-subgraphs',
    'write-made-scores',
    'retract-graphs',
    'plan-made-scores',
    'retractable-graphs',
  ])('%s finds nodes by their element ids', async (name) => {
    const file = files.find((candidate) => candidate.name === name)
    const { plan } = await explain(file ?? { name, body: '' })
    const operators = plan ? operatorsOf(plan) : []
    expect(operators.find((operator) => operator.startsWith('NodeByElementIdSeek'))).toBeDefined()
    expect(operators.filter((operator) => operator.includes('Scan'))).toEqual([])
  })

  it('property-key-page reads no further than its limit', async () => {
    const file = files.find(({ name }) => name === 'property-key-page')
    const { plan } = await explain(file ?? { name: '', body: '' })
    expect(plan && operatorsOf(plan).filter((operator) => /Sort|Top|^Distinct/.test(operator))).toEqual([])
  })
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
