/** Graphs that three statements of the user's return. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { check } from '../../src/pipeline/check.ts'
import { readMasks } from '../../src/pipeline/masks.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'
import { predictStored } from '../../src/pipeline/predict-stored.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { whatIf } from '../../src/pipeline/what-if.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { modelFolder } from './support/model-folder.ts'
import { refusalOf } from './support/refusal.ts'
import { createSmallGraphs, smallConfig, smallCounts, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const models = modelFolder()
const { graphs, nodes } = smallCounts
const layers = 2
const change = (cypher: string) => place.database.execute(cypher, {})

const queried = {
  kind: 'cypher',
  name: 'queried',
  graphsQuery: 'MATCH (m:Molecule) WHERE m.ignored IS NULL RETURN m.moleculeId AS key, m.shape AS target;',
  nodesQuery: 'MATCH (node:Atom)-[:PART_OF]->(:Molecule {moleculeId: key}) RETURN node // every atom',
  relationshipsQuery: `
MATCH (m:Molecule {moleculeId: key})<-[:PART_OF]-(source)-[r:BOND]->(target)-[:PART_OF]->(m)
RETURN source, target, type(r) AS type, r AS properties
;
`,
  nodeKey: 'atomId',
}
const onMolecules = { graphLabel: 'Molecule', graphKey: 'moleculeId' }
const config = (projection: object = {}, changes: object = {}): Config =>
  smallConfig(models.path, { projection: { ...queried, ...projection }, ...changes })
const run = (id: string, settings = config()) => sync(place.database, settings, syncOptions(id))

async function value(statement: string): Promise<unknown> {
  return (await place.database.query(statement, {})).rows[0]?.[0]
}
const memberships = () => value("MATCH ()-[m:SMG_MEMBER_OF {projection: 'queried'}]->() RETURN count(m)")

beforeEach(() => createSmallGraphs(place.database))

describe('graphs that statements return', () => {
  it('are scored on graph nodes of ours, with the masks on memberships', async () => {
    expect(await run('run-1')).toMatchObject({
      graphCount: graphs,
      nodeCount: nodes,
      scored: graphs,
      retracted: 0,
      failed: 0,
      nodePropertiesWritten: graphs * (8 + 2) + nodes * (layers + 1),
    })
    expect(await memberships()).toBe(BigInt(nodes))
    expect(await value('MATCH (a:Atom) WHERE a.smgMaskLayer1 IS NOT NULL RETURN count(a)')).toBe(0n)
    expect(await value("MATCH (g:SmgGraph {projection: 'queried', key: 'm2'}) RETURN g.smgModel")).toBe('shapes:1')
    const before = await snapshotOf(place.database)
    expect(await run('run-2')).toMatchObject({ runId: null, scored: 0, unchanged: graphs, nodePropertiesWritten: 0 })
    expect(await snapshotOf(place.database)).toEqual(before)
  })

  it('are scored on graph nodes of the user where they are named', async () => {
    await cleanDatabase(place.database)
    await createSmallGraphs(place.database)
    const before = await snapshotOf(place.database)
    const settings = config(onMolecules)
    expect(await run('run-1', settings)).toMatchObject({ scored: graphs })
    expect(await value('MATCH (m:Molecule) WHERE m.smgPrediction IS NOT NULL RETURN count(m)')).toBe(BigInt(graphs))
    expect(await value('MATCH (g:SmgGraph) RETURN count(g)')).toBe(0n)
    await change("MATCH (m:Molecule {moleculeId: 'm3'}) SET m.ignored = true")
    expect(await sync(place.database, settings, syncOptions('dry', { dryRun: true }))).toMatchObject({ retracted: 4 })
    expect(await run('run-2', settings)).toMatchObject({ graphCount: graphs - 1, scored: 0, retracted: 4 })
    expect(await value("MATCH (m:Molecule {moleculeId: 'm3'}) RETURN m.smgPrediction")).toBe(null)
    expect(await memberships()).toBe(BigInt(nodes - 4))
    await change('MATCH (m:Molecule) REMOVE m.ignored')
    expect(await removeEverything(place.database, 'smg')).toMatchObject({ membershipsDeleted: nodes - 4 })
    expect(await snapshotOf(place.database)).toEqual(before)
  })

  it('follow what the statements return, also nodes of several graphs', async () => {
    await run('run-1')
    await change("MATCH (a:Atom {atomId: 'm1-1'}), (m:Molecule {moleculeId: 'm2'}) CREATE (a)-[:PART_OF]->(m)")
    await change("MATCH (a:Atom {atomId: 'm1-2'}), (m:Molecule {moleculeId: 'm2'}) CREATE (a)-[:PART_OF]->(m)")
    expect(await run('run-2')).toMatchObject({ changed: 1, retracted: 0, nodeCount: nodes + 2 })
    await change("MATCH (a:Atom {atomId: 'm1-5'}) DETACH DELETE a")
    await change("MATCH (:Atom {atomId: 'm1-1'})-[p:PART_OF]->(:Molecule {moleculeId: 'm2'}) DELETE p")
    await change("MATCH (:Atom {atomId: 'm1-1'})-[b:BOND]-() DELETE b")
    await change("MATCH (m:Molecule {moleculeId: 'm6'}) DETACH DELETE m")
    expect(await sync(place.database, config(), syncOptions('dry', { dryRun: true }))).toMatchObject({ retracted: 5 })
    expect(await run('run-3')).toMatchObject({ changed: 2, retracted: 5, graphCount: graphs - 1 })
    expect(await memberships()).toBe(BigInt(nodes + 2 - 2 - 4))
    expect(await value("MATCH (g:SmgGraph {key: 'm6'}) RETURN count(g)")).toBe(0n)
  })

  it('may have types, weights and features of relationships, from relationships and from maps', async () => {
    const types = config({}, { relationshipTypeWeights: true, model: { modelName: 'types', layers: 2, hidden: 4 } })
    expect(await run('run-1', types)).toMatchObject({ scored: graphs, warnings: [] })
    const map = queried.relationshipsQuery.replace('r AS properties', '{weight: 0.5 * r.order} AS properties')
    const weights = config(
      { relationshipsQuery: map, orientation: 'REVERSE' },
      { relationshipWeightProperty: 'weight', model: { modelName: 'weights', layers: 2, hidden: 4 } },
    )
    expect(await run('run-2', weights)).toMatchObject({ scored: graphs, warnings: [] })
  })

  it('are shown by masks, score and the queries that sync suggests', async () => {
    await run('run-1')
    expect((await readMasks(place.database, config(), 'm2')).members).toHaveLength(6)
    expect((await predictStored(place.database, config(), ['m2'])).graphs).toMatchObject([{ key: 'm2' }])
    const question = { key: 'm2', without: ['m2-1'] }
    expect(await whatIf(place.database, config(), question)).toMatchObject({ without: ['m2-1'] })
    for (const { cypher } of nextQueries(config())) {
      const { rows } = await place.database.query(cypher, {})
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.flat()).not.toContain(null)
    }
    expect(await refusalOf(predictStored(place.database, config(), ['m99']))).toEqual({
      exitCode: 3,
      message: "Cannot score: expected rows of graphsQuery with key 'm99', found none",
    })
    expect(await refusalOf(readMasks(place.database, config(), 'm99'))).toEqual({
      exitCode: 3,
      message: "Cannot show masks: expected a row of graphsQuery with key 'm99', found none",
    })
  })
})

describe('statements that cannot be used as they are', () => {
  const refusal = (settings = config()) => refusalOf(check(place.database, settings, {}))
  const cannot = (what: string) => `Cannot read the projection 'queried': ${what}`

  it('lack columns', async () => {
    for (const [setting, query, words] of [
      ['graphsQuery', 'MATCH (m:Molecule) RETURN m.moleculeId AS keey', 'return key, got keey; return key as well'],
      ['nodesQuery', 'MATCH (n:Atom {atomId: key}) RETURN n', 'return node, got n; return node as well'],
      [
        'relationshipsQuery',
        'MATCH (source {atomId: key})--(b) RETURN source, b AS targt',
        "return source, target, got source, targt; return target as well; did you mean 'targt'?",
      ],
    ] as const) {
      expect(await refusal(config({ [setting]: query }))).toEqual({
        exitCode: 2,
        message: expect.stringContaining(cannot(`expected ${setting} to ${words}`)),
      })
    }
  })

  it('lack the columns that types and weights are read from', async () => {
    const plain = { relationshipsQuery: 'MATCH (source {atomId: key})--(target) RETURN source, target' }
    expect(await refusal(config(plain, { relationshipTypeWeights: true }))).toMatchObject({
      message: expect.stringContaining(
        'expected relationshipsQuery to return source, target, type, got source, target',
      ),
    })
    expect(await refusal(config(plain, { relationshipWeightProperty: 'order' }))).toMatchObject({
      message: expect.stringContaining('return source, target, properties, got source, target; return properties as'),
    })
  })

  it('cannot be run, or write', async () => {
    for (const [setting, query, words] of [
      ['graphsQuery', 'MATCHH (m) RETURN m.id AS key', 'Invalid input'],
      ['graphsQuery', 'MATCH (m:Molecule) RETURN m.moleculeId', 'must be aliased'],
      ['nodesQuery', 'MATCH (node:Atom {atomId: other}) RETURN node', 'other'],
      ['graphsQuery', 'MATCH (m:Molecule) SET m.hacked = true RETURN m.moleculeId AS key', 'read access mode'],
      ['graphsQuery', 'UNWIND $molecules AS key RETURN key', 'molecules'],
    ] as const) {
      const before = await snapshotOf(place.database)
      const refused = await refusal(config({ [setting]: query }))
      expect(refused).toEqual({ exitCode: 2, message: expect.stringContaining(words) })
      expect(refused.message).toContain(cannot(''))
      expect(await snapshotOf(place.database)).toEqual(before)
    }
  })

  it('return keys that cannot be used', async () => {
    for (const [expression, words] of [
      ['null', '12 of 12 rows without'],
      ["'m1'", 'several rows with key m1'],
      ['0.5 + toInteger(substring(m.moleculeId, 1))', 'FLOAT'],
      ['[m.moleculeId]', 'LIST'],
      ["CASE m.moleculeId WHEN 'm1' THEN 1 ELSE m.moleculeId END", 'INTEGER'],
    ] as const) {
      const graphsQuery = `MATCH (m:Molecule) RETURN ${expression} AS key, m.shape AS target`
      expect(await refusal(config({ graphsQuery }))).toEqual({
        exitCode: 3,
        message: expect.stringContaining(words),
      })
    }
  })

  it('return graphs that cannot be used', async () => {
    for (const [setting, query, words] of [
      [
        'graphsQuery',
        'MATCH (m:Nothing) RETURN m.id AS key',
        'Cannot find graphs: expected rows of graphsQuery, got none',
      ],
      [
        'graphsQuery',
        'MATCH (m:Molecule) RETURN m.moleculeId AS key',
        "Cannot learn 'shape': expected some rows of graphsQuery with a target, got none",
      ],
      [
        'nodesQuery',
        "MATCH (node:Atom) WHERE key <> 'm3' AND node.atomId STARTS WITH key + '-' RETURN node",
        'Cannot use graph m3: expected members, got none',
      ],
      [
        'nodesQuery',
        'MATCH (a:Atom) UNWIND [a, a.atomId] AS node RETURN node',
        'expected nodesQuery to return a NODE in every row, got STRING',
      ],
      [
        'relationshipsQuery',
        "MATCH (source:Atom {atomId: key + '-1'}), (target:Atom {atomId: 'm1-1'}) RETURN source, target",
        'Cannot use graph m2: expected relationshipsQuery to return relationships between nodes that nodesQuery returns, got 1 of 1 with another source or target',
      ],
    ] as const) {
      expect(await refusal(config({ [setting]: query }))).toEqual({
        exitCode: 3,
        message: expect.stringContaining(words),
      })
    }
  })

  it('are refused on an empty database, and where graph nodes for the scores are missing', async () => {
    const graphsQuery =
      "MATCH (m:Molecule) RETURN m.moleculeId AS key, m.shape AS target UNION RETURN 'm0' AS key, 'ring' AS target"
    expect(await refusal(config({ graphsQuery, ...onMolecules }))).toEqual({
      exitCode: 3,
      message:
        'Cannot use graph m0: expected one (:Molecule) with moleculeId m0 to write its scores to, got none; create it, or leave it out of graphsQuery',
    })
    await change('MATCH (n) DETACH DELETE n')
    expect(await refusal()).toEqual({
      exitCode: 3,
      message: expect.stringMatching(/^Cannot find graphs: expected rows of graphsQuery, got (an empty database|none)/),
    })
  })
})
