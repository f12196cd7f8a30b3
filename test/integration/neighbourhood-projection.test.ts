/** Graphs of what is near a graph node: memberships are ours, and a node may be near several. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { check } from '../../src/pipeline/check.ts'
import { readMasks } from '../../src/pipeline/masks.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'
import { predictStored } from '../../src/pipeline/predict-stored.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { whatIf } from '../../src/pipeline/what-if.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { modelFolder } from './support/model-folder.ts'
import { refusalOf } from './support/refusal.ts'
import { smallConfig, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const models = modelFolder()
const layers = 2
const customers = 12
const change = (cypher: string) => place.database.execute(cypher, {})

const near = {
  kind: 'neighbourhood',
  name: 'customers',
  graphLabel: 'Customer',
  graphKey: 'customerId',
  nodeLabels: ['Account', 'Card'],
  nodeKey: 'id',
  relationshipTypes: ['OWNS', 'PAID'],
  hops: 2,
}
const config = (projection: object = {}, changes: object = {}): Config =>
  smallConfig(models.path, {
    projection: { ...near, ...projection },
    featureProperties: ['score'],
    targetProperty: 'risk',
    ...changes,
  })
const run = (id: string, settings = config()) => sync(place.database, settings, syncOptions(id))

async function rows(statement: string): Promise<(readonly unknown[])[]> {
  return [...(await place.database.query(statement, {})).rows]
}
const value = async (statement: string) => (await rows(statement))[0]?.[0]
const memberships = () => value("MATCH ()-[m:SMG_MEMBER_OF {projection: 'customers'}]->() RETURN count(m)")
async function membersOf(customer: number, settings = config()): Promise<unknown[]> {
  return (await readMasks(place.database, settings, `c${customer}`)).members.map(({ key }) => key).sort()
}

/**
 * Customer c<n> owns account a<n> and card k<n>. Account a<n> has paid account a<n + 1>, that of the last customer none; all
 * cards have paid at the same shop, which is none of the wanted labels.
 */
beforeEach(async () => {
  await change(`
UNWIND range(1, ${customers}) AS i
CREATE (c:Customer {customerId: 'c' + i, risk: CASE i % 2 WHEN 0 THEN 'low' ELSE 'high' END})
CREATE (c)-[:OWNS]->(:Account {id: 'a' + i, score: i / 10.0}), (c)-[:OWNS]->(:Card {id: 'k' + i, score: -i / 10.0})`)
  await change(`
MATCH (a:Account) WITH a, toInteger(substring(a.id, 1)) AS i
MATCH (b:Account {id: 'a' + (i + 1)})
CREATE (a)-[:PAID {amount: 1.0}]->(b)`)
  await change("CREATE (s:Shop {id: 's'}) WITH s MATCH (k:Card) CREATE (k)-[:PAID {amount: 2.0}]->(s)")
})

/** Account, card, and the accounts before and after, which the first and the last customer have one of. */
const memberCount = customers * 4 - 2

describe('graphs of what is within two hops', () => {
  it('have the nodes of the wanted labels as members, their masks on memberships, and are removed', async () => {
    const before = await snapshotOf(place.database)
    expect(await run('run-1')).toMatchObject({
      graphCount: customers,
      nodeCount: memberCount,
      scored: customers,
      retracted: 0,
      failed: 0,
      warnings: [],
      // A graph node has 8 properties of every score, a membership its projection beside the masks.
      nodePropertiesWritten: customers * 8 + memberCount * (layers + 1),
    })
    expect(await membersOf(1)).toEqual(['a1', 'a2', 'k1'])
    expect(await membersOf(5)).toEqual(['a4', 'a5', 'a6', 'k5'])
    expect(await value('MATCH (n) WHERE n.smgMaskLayer1 IS NOT NULL RETURN count(n)')).toBe(0n)
    const after = await snapshotOf(place.database)
    expect(await run('run-2')).toMatchObject({ runId: null, scored: 0, unchanged: customers, nodePropertiesWritten: 0 })
    expect(await snapshotOf(place.database)).toEqual(after)

    expect((await predictStored(place.database, config(), ['c5'])).graphs).toMatchObject([{ key: 'c5' }])
    const question = { key: 'c5', without: ['a4'] }
    expect(await whatIf(place.database, config(), question)).toMatchObject({ without: ['a4'] })
    for (const { cypher } of nextQueries(config())) {
      const { rows: found } = await place.database.query(cypher, {})
      expect(found.length).toBeGreaterThan(0)
      expect(found.flat()).not.toContain(null)
    }
    expect(await removeEverything(place.database, 'smg')).toMatchObject({ membershipsDeleted: memberCount })
    expect(await snapshotOf(place.database)).toEqual(before)
  })

  it('follow what comes, changes and goes, and take memberships back', async () => {
    await run('run-1')
    // a6 is near c5, c6 and c7.
    await change("MATCH (a:Account {id: 'a6'}) SET a.score = 0.65")
    expect(await run('run-2')).toMatchObject({ changed: 3, unchanged: customers - 3, retracted: 0 })
    await change("MATCH (:Account {id: 'a6'})-[p:PAID]->(:Account {id: 'a7'}) DELETE p")
    expect(await sync(place.database, config(), syncOptions('dry', { dryRun: true }))).toMatchObject({ retracted: 2 })
    expect(await run('run-3')).toMatchObject({ changed: 2, retracted: 2 })
    expect(await memberships()).toBe(BigInt(memberCount - 2))
    await change("MATCH (a:Account {id: 'a1'}) DETACH DELETE a")
    expect(await run('run-4')).toMatchObject({ changed: 2, retracted: 1, nodeCount: memberCount - 5 })
    await change("MATCH (c:Customer {customerId: 'c12'}) REMOVE c:Customer")
    await change("MATCH (c:Customer {customerId: 'c11'}) DETACH DELETE c")
    expect(await sync(place.database, config(), syncOptions('dry', { dryRun: true }))).toMatchObject({ retracted: 3 })
    expect(await run('run-5')).toMatchObject({ graphCount: customers - 2, scored: 0, retracted: 3 })
    // The server has no order of keys.
    expect(await rows("MATCH (c {customerId: 'c12'}) UNWIND keys(c) AS key RETURN key ORDER BY key")).toEqual([
      ['customerId'],
      ['risk'],
    ])
  })

  it('shrink with the configuration', async () => {
    await run('run-1')
    expect(await run('run-2', config({ hops: 1 }))).toMatchObject({ changed: customers, retracted: memberCount - 24 })
    expect(await membersOf(5)).toEqual(['a5', 'k5'])
    await run('run-3', config({ nodeLabels: ['Account'], relationshipTypes: ['OWNS'] }))
    expect(await membersOf(5)).toEqual(['a5'])
    expect(await memberships()).toBe(BigInt(customers))
  })

  it('are cut at maxNodes, nearest first and then by key, and sync says so', async () => {
    const cut = config({ maxNodes: 3 })
    expect(await run('run-1', cut)).toMatchObject({
      nodeCount: customers * 3,
      warnings: ['10 graphs have more than maxNodes 3 nodes within 2 hops; the nearest were taken'],
    })
    expect(await membersOf(5, cut)).toEqual(['a4', 'a5', 'k5'])
    expect(await membersOf(10, cut)).toEqual(['a10', 'a11', 'k10'])
    expect(await run('run-2', cut)).toMatchObject({ scored: 0 })
  })

  it('have the graph node as a member where it has a wanted label, and go through it', async () => {
    await change('MATCH (c:Customer) SET c.id = c.customerId, c.score = 0.0')
    const withCustomers = config({ nodeLabels: ['Customer', 'Account', 'Card'], hops: 1 })
    expect(await run('run-1', withCustomers)).toMatchObject({ nodeCount: customers * 3 })
    expect(await membersOf(5, withCustomers)).toEqual(['a5', 'c5', 'k5'])
  })

  it.each(['NATURAL', 'REVERSE'])('read every relationship among members once, orientation %s', async (orientation) => {
    const settings = config(
      { orientation },
      {
        relationshipTypeWeights: true,
        relationshipWeightProperty: 'amount',
        model: { modelName: orientation, layers: 2, hidden: 4 },
      },
    )
    await change('MATCH ()-[o:OWNS]->() SET o.amount = 0.5')
    expect(await run('run-1', settings)).toMatchObject({ scored: customers, failed: 0, warnings: [] })
  })
})

describe('neighbourhoods that cannot be used as they are', () => {
  it.each([
    ['relationship type', 'OWN', 'OWNS', { relationshipTypes: ['OWN', 'PAID'] }],
    ['label', 'Custmer', 'Customer', { graphLabel: 'Custmer' }],
  ])('have no %s %s', async (what, name, nearest, changes) => {
    expect(await refusalOf(check(place.database, config(changes), {}))).toEqual({
      exitCode: 2,
      message: `Cannot read the projection 'customers': the database has no ${what} '${name}'; did you mean '${nearest}'?`,
    })
  })

  it('are named: no members, and members with keys that are missing or repeated', async () => {
    await change("CREATE (:Customer {customerId: 'lonely', risk: 'low'})")
    expect(await refusalOf(check(place.database, config(), {}))).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('Cannot use graph lonely: expected members, got none'),
    })
    await change("MATCH (c:Customer {customerId: 'lonely'}) DELETE c")
    await change("MATCH (k:Card {id: 'k5'}) SET k.id = 'a5'")
    expect(await refusalOf(check(place.database, config(), {}))).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('Cannot use graph c5: expected unique member keys, got two members with key a5'),
    })
    await change("MATCH (k:Card {id: 'a5'}) SET k.id = null")
    expect(await refusalOf(check(place.database, config(), {}))).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("Cannot use graph c5: expected every member's key"),
    })
  })
})
