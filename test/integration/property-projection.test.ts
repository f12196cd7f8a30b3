/** Graphs of nodes that share a value of a property: graph nodes and memberships are ours. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Key } from '../../src/config/property-value.ts'
import type { Config } from '../../src/config/schema.ts'
import { graphHeadPages } from '../../src/neo4j/projection-reader.ts'
import { projectionReader } from '../../src/neo4j/reader-of-projection.ts'
import { check } from '../../src/pipeline/check.ts'
import { readMasks } from '../../src/pipeline/masks.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'
import { predictStored } from '../../src/pipeline/predict-stored.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { readViewedGraph } from '../../src/pipeline/view/read-viewed-graph.ts'
import { whatIf } from '../../src/pipeline/what-if.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { modelFolder } from './support/model-folder.ts'
import { type Refusal, refusalOf } from './support/refusal.ts'
import { createSmallGraphs, smallConfig, smallCounts, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const models = modelFolder()
const { graphs, nodes } = smallCounts
const layers = 2
const change = (cypher: string) => place.database.execute(cypher, {})

const grouped = {
  kind: 'property',
  name: 'molecules',
  nodeLabels: ['Atom', 'Ion'],
  nodeKey: 'atomId',
  groupProperty: 'molecule',
  relationshipTypes: ['BOND'],
}
const config = (projection: object = {}, changes: object = {}): Config =>
  smallConfig(models.path, { projection: { ...grouped, ...projection }, ...changes })
const run = (id: string, settings = config()) => sync(place.database, settings, syncOptions(id))

async function value(statement: string): Promise<unknown> {
  return (await place.database.query(statement, {})).rows[0]?.[0]
}
const maskedNodes = () => value('MATCH (n) WHERE n.smgMaskLayer1 + n.smgMaskLayer2 > 0 RETURN count(n)')

/** The molecules of the small projection without graph nodes: atoms have its key; the first of each molecule has its shape. */
beforeEach(async () => {
  await createSmallGraphs(place.database)
  await change(`
MATCH (a:Atom)-[:PART_OF]->(m:Molecule)
SET a.molecule = m.moleculeId, a.shape = CASE WHEN a.atomId ENDS WITH '-1' THEN m.shape END`)
  await change("MATCH (a:Atom) WHERE a.atomId ENDS WITH '-2' REMOVE a:Atom SET a:Ion")
  await change('MATCH (m:Molecule) DETACH DELETE m')
  await change("CREATE (:Atom {atomId: 'alone'})")
})

describe('graphs of nodes that share a value', () => {
  it('are scored on graph nodes of ours, explained on their members, shown by every command, and removed', async () => {
    const before = await snapshotOf(place.database)
    expect(await refusalOf(readMasks(place.database, config(), 'm2'))).toEqual({
      exitCode: 1,
      message: "Cannot show the masks of graph m2: it has not been scored; run 'smg sync' first",
    })
    expect(await run('run-1')).toMatchObject({
      graphCount: graphs,
      nodeCount: nodes,
      scored: graphs,
      added: graphs,
      retracted: 0,
      failed: 0,
      // A graph node has 8 properties of every score beside projection and key, a membership its projection.
      nodePropertiesWritten: graphs * (8 + 2) + nodes * (layers + 1),
    })
    expect(await maskedNodes()).toBe(BigInt(nodes))
    const query = `
MATCH (n:Ion)-[:SMG_MEMBER_OF]->(g:SmgGraph {projection: 'molecules', key: 'm2'})
RETURN labels(g), n.atomId, g.smgPrediction IN ['ring', 'chain']`
    expect((await place.database.query(query, {})).rows).toEqual([[['SmgGraph', 'SmgGraph_molecules'], 'm2-2', true]])

    const after = await snapshotOf(place.database)
    expect(await run('run-2')).toMatchObject({ runId: null, scored: 0, unchanged: graphs, nodePropertiesWritten: 0 })
    expect(await snapshotOf(place.database)).toEqual(after)

    const { members, prediction, target } = await readMasks(place.database, config(), 'm2')
    // m2 is a ring, as its members say.
    expect(target).toBe('ring')
    const { nodes: shown, edges } = await readViewedGraph(place.database, config(), 'm2')
    expect([shown.length, edges.length, new Set(edges.map(({ type }) => type))]).toEqual([6, 6, new Set(['BOND'])])
    expect(members.map(({ key }) => key).sort()).toEqual([1, 2, 3, 4, 5, 6].map((v) => `m2-${v}`))
    expect(members.every(({ masks }) => masks.length === layers)).toBe(true)
    const { graphs: predicted } = await predictStored(place.database, config(), ['m2'])
    expect(predicted).toMatchObject([{ key: 'm2', prediction }])
    const question = { key: 'm2', without: ['m2-2'] }
    expect(await whatIf(place.database, config(), question)).toMatchObject({ key: 'm2', without: ['m2-2'] })
    for (const { cypher } of nextQueries(config())) {
      const { rows } = await place.database.query(cypher, {})
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.flat()).not.toContain(null)
    }
    const unknown = "expected (:Atom|Ion) nodes with molecule 'm99', found none"
    expect(await refusalOf(readMasks(place.database, config(), 'm99'))).toEqual({
      exitCode: 3,
      message: `Cannot show masks: ${unknown}`,
    })
    expect(await refusalOf(predictStored(place.database, config(), ['m99', 'm1']))).toEqual({
      exitCode: 3,
      message: `Cannot score: ${unknown}`,
    })
    expect(await removeEverything(place.database, 'smg')).toMatchObject({ membershipsDeleted: nodes })
    expect(await snapshotOf(place.database)).toEqual(before)
  })

  it('have the same masks as those of a membership projection', async () => {
    await run('run-1')
    const masks = 'MATCH (n) WHERE n.atomId <> "alone" RETURN n.atomId, n.smgMaskLayer2 ORDER BY n.atomId'
    const { rows } = await place.database.query(masks, {})
    await removeEverything(place.database, 'smg')
    await change(
      'MATCH (n) WHERE n.molecule IS NOT NULL MERGE (g:Molecule {moleculeId: n.molecule}) MERGE (n)-[:PART_OF]->(g)',
    )
    await change('MATCH (n)-[:PART_OF]->(g) WHERE n.shape IS NOT NULL SET g.shape = n.shape')
    const byMembership = { ...smallSettings('').projection, nodeLabels: ['Atom', 'Ion'] }
    await run('run-2', smallConfig(models.path, { projection: byMembership }))
    expect((await place.database.query(masks, {})).rows).toEqual(rows)
  })

  it('are read key by key over all labels, STRINGs and INTEGERs', async () => {
    const pagesFrom = async (firstKey: Key) => {
      const written = { fingerprintProperty: 'smgFingerprint', scoredAtProperty: 'smgScoredAt' }
      const options = { firstKey, pageSize: 5, targetProperty: 'shape', ...written }
      const pages: (readonly Key[])[] = []
      for await (const page of graphHeadPages(projectionReader(place.database, config().projection), options))
        pages.push(page.map(({ key }) => key))
      return pages
    }
    expect(await pagesFrom('m1')).toEqual([
      ['m1', 'm10', 'm11', 'm12', 'm2'],
      ['m3', 'm4', 'm5', 'm6', 'm7'],
      ['m8', 'm9'],
    ])
    await change('MATCH (n) WHERE n.molecule IS NOT NULL SET n.molecule = -toInteger(substring(n.molecule, 1))')
    expect(await pagesFrom(-7n)).toEqual([
      [-7n, -6n, -5n, -4n, -3n],
      [-2n, -1n],
    ])
    expect(await run('run-1')).toMatchObject({ scored: graphs })
    expect((await readMasks(place.database, config(), '-12')).members).toHaveLength(4)
    expect((await predictStored(place.database, config(), ['-12'])).graphs).toMatchObject([{ key: -12n }])
  })

  it('follow what changes, moves and goes, and take memberships and masks back', async () => {
    await run('run-1')
    await change("MATCH (n {atomId: 'm4-3'}) SET n.charge = 0.5")
    await change("MATCH (n {atomId: 'm1-5'}) SET n.molecule = 'm2'")
    await change("MATCH (n {atomId: 'm7-4'}) DETACH DELETE n")
    await change("MATCH (n {atomId: 'm5-6'}) SET n.molecule = null")
    await change("MATCH (n {molecule: 'm3'}) SET n.molecule = null")
    await change("MATCH (n {molecule: 'm6'}) DETACH DELETE n")
    const plan = await sync(place.database, config(), syncOptions('dry', { dryRun: true }))
    // m1-5 of m1, m5-6 of m5, and all four of m3.
    expect(plan).toMatchObject({ changed: 5, retracted: 6, graphCount: graphs - 2 })
    expect(await run('run-2')).toMatchObject({
      changed: 5,
      retracted: 6,
      graphCount: graphs - 2,
      nodeCount: nodes - 10,
    })
    expect(await value('MATCH ()-[m:SMG_MEMBER_OF]->() RETURN count(m)')).toBe(BigInt(nodes - 10))
    expect(await maskedNodes()).toBe(BigInt(nodes - 10))
    expect(await value('MATCH (g:SmgGraph) RETURN count(g)')).toBe(BigInt(graphs - 2))
    const graphOf = await value("MATCH (n {atomId: 'm1-5'})-[:SMG_MEMBER_OF]->(g) RETURN collect(g.key)")
    expect(graphOf).toEqual(['m2'])

    const atomsOnly = config({ nodeLabels: ['Atom'] })
    expect(await run('run-3', atomsOnly)).toMatchObject({ changed: graphs - 2, retracted: graphs - 2 })
    expect(await value('MATCH (n:Ion) WHERE n.smgMaskLayer1 IS NOT NULL RETURN count(n)')).toBe(0n)
  })

  it('stand beside those of another projection of the same nodes, whose names need quotes', async () => {
    await run('run-1')
    await change(
      'MATCH (n) WHERE n.molecule IS NOT NULL SET n:`Odd }label`, n.`k"ey` = n.atomId, n.`gr\'oup` = n.molecule',
    )
    const names = { name: "o'd`d", nodeLabels: ['Odd }label'], nodeKey: 'k"ey', groupProperty: "gr'oup" }
    const odd = config(names, { writing: { prefix: 'odd' } })
    expect(await run('run-2', odd)).toMatchObject({ scored: graphs, nodeCount: nodes, retracted: 0 })
    expect(await run('run-3')).toMatchObject({ scored: 0, retracted: 0 })
    expect(await value('MATCH (g:SmgGraph) RETURN count(g)')).toBe(BigInt(2 * graphs))
    for (const { cypher } of nextQueries(odd))
      expect((await place.database.query(cypher, {})).rows.length).toBeGreaterThan(0)
    expect((await readMasks(place.database, odd, 'm2')).members).toHaveLength(6)
  })

  it('go on being scored where one graph goes bad', async () => {
    await run('run-1')
    await change("MATCH (n {atomId: 'm3-2'}) SET n.shape = 'knot'")
    await change("MATCH (n {atomId: 'm4-2'}) SET n.charge = 0.5")
    const result = await run('run-2')
    expect(result).toMatchObject({ changed: 1, failed: 1, unchanged: graphs - 2, graphCount: graphs })
    expect(result.problems).toMatchObject([{ key: 'm3' }])
  })
})

describe('nodes to group that cannot be used as they are', () => {
  const refusal = (settings = config()): Promise<Refusal> => refusalOf(check(place.database, settings, {}))

  it('lack names, and the nearest ones are told', async () => {
    for (const [what, name, nearest, changes] of [
      ['label', 'Iom', 'Ion', { nodeLabels: ['Atom', 'Iom'] }],
      ['relationship type', 'BONDS', 'BOND', { relationshipTypes: ['BONDS'] }],
      ['property', 'molecul', 'molecule', { groupProperty: 'molecul' }],
      ['property', 'atomid', 'atomId', { nodeKey: 'atomid' }],
    ] as const)
      expect(await refusal(config(changes))).toEqual({
        exitCode: 2,
        message: `Cannot read the projection 'molecules': the database has no ${what} '${name}'; did you mean '${nearest}'?`,
      })
  })

  it('have values that cannot be keys, or none', async () => {
    await change('MATCH (n) WHERE n.molecule IS NOT NULL SET n.was = n.molecule')
    const page =
      "Cannot page through (:Atom|Ion) nodes with 'molecule': expected STRING or INTEGER values of one type, got"
    for (const [expression, message] of [
      ['null', "Cannot find graphs: expected (:Atom|Ion) nodes with 'molecule', got none; import some first"],
      ['[n.was]', `${page} LIST<STRING>; mend them, or choose another groupProperty`],
      ['0.5', `${page} FLOAT; mend`],
      ["date('2026-01-02')", `${page} DATE; mend`],
      ["CASE WHEN n.was = 'm1' THEN 1 ELSE n.was END", `${page} `],
    ] as const) {
      await change(`MATCH (n) WHERE n.was IS NOT NULL SET n.molecule = ${expression}`)
      expect(await refusal()).toEqual({ exitCode: 3, message: expect.stringContaining(message) })
    }
  })

  it('have keys, features and targets that cannot be used', async () => {
    await change('DROP CONSTRAINT unique_Atom_atomId')
    const unusable = 'Cannot use graph m3: expected'
    for (const [spoil, mend, problem] of [
      [
        "MATCH (n {atomId: 'm3-1'}) SET n.atomId = null, n.was = 1",
        "MATCH (n {was: 1}) SET n.atomId = 'm3-1'",
        `${unusable} every member's key`,
      ],
      [
        "MATCH (n {atomId: 'm3-1'}) SET n.atomId = 'm3-2'",
        "MATCH (n:Atom {atomId: 'm3-2'}) SET n.atomId = 'm3-1'",
        `${unusable} unique member keys, got two members with key m3-2`,
      ],
      [
        "MATCH (n {atomId: 'm3-2'}) SET n.shape = 'knot'",
        "MATCH (n {atomId: 'm3-2'}) SET n.shape = null",
        `${unusable} its members to agree on 'shape', got 'chain' and 'knot'; mend them, or choose another targetProperty`,
      ],
      [
        "MATCH (n {atomId: 'm3-1'}) SET n.charge = 0.0 / 0.0",
        "MATCH (n {atomId: 'm3-1'}) SET n.charge = 0.0",
        'got NaN at member m3-1 of graph m3',
      ],
      [
        'MATCH (n) SET n.shape = null',
        'RETURN 1',
        "Cannot learn 'shape': expected some (:Atom|Ion) nodes with 'molecule' with it, got none",
      ],
    ] as const) {
      await change(spoil)
      expect(await refusal()).toEqual({ exitCode: 3, message: expect.stringContaining(problem) })
      await change(mend)
    }
  })
})
