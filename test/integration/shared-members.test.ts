/** Members that belong to several graphs: each graph has masks of its own on them, on the membership relationship. */
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readMasks } from '../../src/pipeline/masks.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { refusalOf } from './support/refusal.ts'
import { createSmallGraphs, smallConfig, smallCounts, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const { graphs, nodes } = smallCounts
const change = (cypher: string) => place.database.execute(cypher, {})
const layers = 2
/** Atom m1-1 is in m2 as well, bound to its first atom. */
const share = `
MATCH (a:Atom {atomId: 'm1-1'}), (b:Atom {atomId: 'm2-1'}), (m:Molecule {moleculeId: 'm2'})
CREATE (a)-[:PART_OF]->(m), (a)-[:BOND]->(b)`

function config(sharedMembers: boolean) {
  const { projection } = smallSettings('')
  return smallConfig(join(place.folder, 'models'), { projection: { ...projection, sharedMembers } })
}

async function value(statement: string): Promise<unknown> {
  return (await place.database.query(statement, {})).rows[0]?.[0]
}
const masksOfMembers = () => value('MATCH (a:Atom) WHERE a.smgMaskLayer1 IS NOT NULL RETURN count(a)')
const masksOfMemberships = () =>
  value('MATCH (:Atom)-[m:PART_OF]->() WHERE m.smgMaskLayer1 + m.smgMaskLayer2 > 0 RETURN count(m)')

beforeEach(async () => {
  await createSmallGraphs(place.database)
})

describe('members of several graphs', () => {
  beforeEach(() => change(share))

  it('are refused unless the configuration says that there are some', async () => {
    expect(await refusalOf(sync(place.database, config(false), syncOptions('run-1')))).toEqual({
      exitCode: 3,
      message: expect.stringMatching(
        /^Cannot use graph m[12]: expected each member in one graph, got members of another graph too: m1-1; take them out of one, or set sharedMembers: true/,
      ),
    })
  })

  it('have a mask in each of them, and none of their own', async () => {
    const result = await sync(place.database, config(true), syncOptions('run-1'))
    expect(result).toMatchObject({
      scored: graphs,
      nodeCount: nodes + 1,
      failed: 0,
      nodePropertiesWritten: graphs * 8 + (nodes + 1) * layers,
    })
    expect(await masksOfMemberships()).toBe(BigInt(nodes + 1))
    expect(await masksOfMembers()).toBe(0n)
    const of = (key: string) =>
      value(`MATCH (:Atom {atomId: 'm1-1'})-[m:PART_OF]->(:Molecule {moleculeId: '${key}'}) RETURN m.smgMaskLayer2`)
    expect(await of('m1')).not.toBe(await of('m2'))
    const { members } = await readMasks(place.database, config(true), 'm2')
    expect(members.find(({ key }) => key === 'm1-1')?.masks[1]).toBe(await of('m2'))
    expect(await sync(place.database, config(true), syncOptions('run-2'))).toMatchObject({ scored: 0 })
  })

  it('change the scores of each graph that they are in', async () => {
    await sync(place.database, config(true), syncOptions('run-1'))
    await change("MATCH (a:Atom {atomId: 'm1-1'}) SET a.charge = 0.75")
    expect(await sync(place.database, config(true), syncOptions('run-2'))).toMatchObject({ changed: 2 })
    await change("MATCH (:Atom {atomId: 'm1-1'})-[m:PART_OF]->(:Molecule {moleculeId: 'm2'}) DELETE m")
    expect(await sync(place.database, config(true), syncOptions('run-3'))).toMatchObject({ changed: 1 })
    expect(await masksOfMemberships()).toBe(BigInt(nodes))
  })

  it('are found by the queries that sync suggests', async () => {
    await sync(place.database, config(true), syncOptions('run-1'))
    for (const { cypher } of nextQueries(config(true))) {
      const { columns, rows } = await place.database.query(cypher, {})
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.every((row) => row.every((cell) => cell !== null))).toBe(true)
      expect(columns).not.toContain('n.smgMaskLayer2')
    }
  })

  it('leave no trace after remove', async () => {
    await cleanDatabase(place.database)
    await createSmallGraphs(place.database)
    await change(share)
    const before = await snapshotOf(place.database)
    await sync(place.database, config(true), syncOptions('run-1'))
    expect(await removeEverything(place.database, 'smg')).toMatchObject({
      relationshipCount: nodes + 1,
      relationshipPropertiesRemoved: (nodes + 1) * layers,
    })
    expect(await snapshotOf(place.database)).toEqual(before)
  })
})

describe('a projection of shared members that has become narrower', () => {
  it('takes back what it said of a graph that lost its label, and of a member that did', async () => {
    await change(share)
    await sync(place.database, config(true), syncOptions('run-1'))
    // Molecule m2 has six atoms, and one of m1; m3 has four.
    await change("MATCH (m:Molecule {moleculeId: 'm2'}) REMOVE m:Molecule")
    await change("MATCH (a:Atom {atomId: 'm3-1'}) REMOVE a:Atom")
    expect(await sync(place.database, config(true), syncOptions('run-2'))).toMatchObject({ changed: 1, retracted: 7 })
    expect(await masksOfMemberships()).toBe(BigInt(nodes - 6 - 1))
    expect(await value('MATCH (n)-[m:PART_OF]->() WHERE NOT n:Atom RETURN keys(m)')).toEqual([])
    expect(
      await value(
        "MATCH (m {moleculeId: 'm2'}) OPTIONAL MATCH (:Atom {atomId: 'm1-1'})-[p:PART_OF]->(m) UNWIND keys(m) + keys(p) AS name WITH name ORDER BY name RETURN collect(name)",
      ),
    ).toEqual(['moleculeId', 'shape'])
  })
})

describe('a change of sharedMembers', () => {
  it('moves the masks, there and back, whatever the order', async () => {
    await sync(place.database, config(false), syncOptions('run-1'))
    const before = await snapshotOf(place.database, /runId|RunId|millis|Millis/)
    expect(await masksOfMembers()).toBe(BigInt(nodes))
    expect(await sync(place.database, config(true), syncOptions('run-2'))).toMatchObject({ changed: graphs })
    expect([await masksOfMembers(), await masksOfMemberships()]).toEqual([0n, BigInt(nodes)])
    expect(await sync(place.database, config(false), syncOptions('run-3'))).toMatchObject({ changed: graphs })
    expect([await masksOfMembers(), await masksOfMemberships()]).toEqual([BigInt(nodes), 0n])
    const { relationships } = await snapshotOf(place.database, /runId|RunId|millis|Millis/)
    const bonds = (rows: readonly string[]) => rows.filter((row) => /"(PART_OF|BOND)"/.test(row))
    expect(bonds(relationships)).toEqual(bonds(before.relationships))
  })
})
