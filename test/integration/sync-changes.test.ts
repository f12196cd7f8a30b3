/** What a sync does after graphs changed. Every test leaves a database that is in sync again. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { testServer } from './support/server.ts'
import {
  createSmallGraphs,
  smallConfig,
  smallCounts,
  smallGraph,
  smallSettings,
  syncOptions,
} from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'

let folder: string
let database: Database
let config: Config

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-changes-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await createSmallGraphs(database)
  config = smallConfig(folder)
  await sync(database, config, syncOptions('first'))
})
afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function rows(statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await database.query(statement, {})).rows
}

/** Keys of the graphs that a run scored. */
async function scoredBy(runId: string): Promise<unknown[]> {
  const { rows: found } = await database.query(
    'MATCH (g:Molecule {smgRunId: $runId}) RETURN g.moleculeId ORDER BY g.moleculeId',
    { runId },
  )
  return found.flat()
}

describe('a sync', () => {
  it.each([
    ['a feature of a member', "MATCH (a:Atom {atomId: 'm3-2'}) SET a.element = 'C'"],
    ['a relationship between members', "MATCH (:Atom {atomId: 'm3-1'})-[b:BOND]->(:Atom {atomId: 'm3-2'}) DELETE b"],
    ['its members, one less', "MATCH (a:Atom {atomId: 'm3-4'}) DETACH DELETE a"],
    [
      'its members, one more',
      "MATCH (g:Molecule {moleculeId: 'm3'}) CREATE (:Atom {atomId: 'm3-9', element: 'C', charge: 0.5})-[:PART_OF]->(g)",
    ],
  ])('scores one graph anew after a change of %s', async (what, change) => {
    await database.execute(change, {})
    const result = await sync(database, config, syncOptions(what))
    expect(result).toMatchObject({ scored: 1, changed: 1, added: 0, unchanged: smallCounts.graphs - 1, retracted: 0 })
    expect(await scoredBy(what)).toEqual(['m3'])
  })

  it('scores nothing after a change of what the model does not see', async () => {
    await database.execute("MATCH (a:Atom {atomId: 'm5-1'}) SET a.colour = 'red'", {})
    await database.execute("MATCH (g:Molecule {moleculeId: 'm5'}) SET g.shape = 'ring'", {})
    expect(await sync(database, config, syncOptions('unseen'))).toMatchObject({ runId: null, scored: 0 })
  })

  it('scores a new graph, with a target or without', async () => {
    const { shape: _, ...properties } = smallGraph(13).properties
    await createSmallGraphs(database, [{ ...smallGraph(13), properties }, smallGraph(14)])
    const result = await sync(database, config, syncOptions('new'))
    expect(result).toMatchObject({ scored: 2, added: 2, changed: 0, unchanged: smallCounts.graphs })
    expect(await scoredBy('new')).toEqual(['m13', 'm14'])
  })

  it('takes the masks from a member that was moved out, and scores the graph that it left', async () => {
    await database.execute("MATCH (:Atom {atomId: 'm6-1'})-[p:PART_OF]->() DELETE p", {})
    expect(await sync(database, config, syncOptions('moved'))).toMatchObject({ scored: 1, changed: 1, retracted: 1 })
    expect(await rows("MATCH (a:Atom {atomId: 'm6-1'}) RETURN keys(a)")).toEqual([
      [expect.arrayContaining(['atomId', 'charge', 'element'])],
    ])
    expect(await rows('MATCH (a:Atom) WHERE a.smgMaskLayer1 IS NOT NULL AND NOT (a)-[:PART_OF]->() RETURN a')).toEqual(
      [],
    )
  })

  it('takes the masks from the members of a graph that was deleted, and scores none', async () => {
    const [[members]] = (await rows("MATCH (a)-[:PART_OF]->(:Molecule {moleculeId: 'm8'}) RETURN count(a)")) as [
      [bigint],
    ]
    await database.execute("MATCH (g:Molecule {moleculeId: 'm8'}) DETACH DELETE g", {})
    expect(await sync(database, config, syncOptions('deleted'))).toMatchObject({
      runId: null,
      scored: 0,
      retracted: Number(members),
    })
    expect(
      await rows("MATCH (a:Atom) WHERE a.atomId STARTS WITH 'm8-' AND a.smgMaskLayer1 IS NOT NULL RETURN a"),
    ).toEqual([])
  })
})

describe('a projection that has become narrower', () => {
  const left = () =>
    rows(
      "MATCH (n) WHERE (n:Retired OR n.atomId STARTS WITH 'm10-') AND any(name IN keys(n) WHERE name STARTS WITH 'smg') RETURN n",
    )

  it('takes back what it said of a graph that lost its label, and of its five members', async () => {
    await database.execute("MATCH (g:Molecule {moleculeId: 'm10'}) REMOVE g:Molecule SET g:Retired", {})
    const plan = await sync(database, config, syncOptions('plan', { dryRun: true }))
    expect(plan).toMatchObject({ scored: 0, retracted: 5 })
    expect(await sync(database, config, syncOptions('narrower'))).toMatchObject({ scored: 0, retracted: 5 })
    expect(await left()).toEqual([])
  })

  it('takes the masks from a member that lost its label', async () => {
    await database.execute("MATCH (a:Atom {atomId: 'm9-2'}) REMOVE a:Atom SET a:Retired", {})
    expect(await sync(database, config, syncOptions('member'))).toMatchObject({ scored: 1, changed: 1 })
    expect(await left()).toEqual([])
  })
})

describe('a graph with more members than maxGraphNodes', () => {
  it('is refused by name, and keeps what it has', async () => {
    const small = smallConfig(folder, { maxGraphNodes: 5 })
    const { problems, failed, scored } = await sync(database, small, syncOptions('small'))
    expect({ failed, scored }).toEqual({ failed: problems.length, scored: 0 })
    expect(problems).toContainEqual({
      key: 'm5',
      message:
        'Cannot read graph m5: expected at most 5 members, got 6; raise maxGraphNodes where there is the memory, or leave members out',
    })
    expect(problems).not.toContainEqual(expect.objectContaining({ key: 'm4' }))
    expect(await rows("MATCH (g:Molecule {moleculeId: 'm5'}) RETURN g.smgPrediction IS NULL")).toEqual([[false]])
  })
})

describe('sync --dry-run', () => {
  it('counts what would be done, and writes nothing', async () => {
    await database.execute("MATCH (a:Atom {atomId: 'm1-1'}) SET a.element = 'O'", {})
    await database.execute("MATCH (:Atom {atomId: 'm2-1'})-[p:PART_OF]->() DELETE p", {})
    await createSmallGraphs(database, [smallGraph(15)])
    const before = await snapshotOf(database)
    const plan = await sync(database, config, syncOptions('plan', { dryRun: true }))
    expect(plan).toMatchObject({
      dryRun: true,
      runId: null,
      model: 'shapes:1',
      trained: false,
      scored: 3,
      added: 1,
      changed: 2,
      retracted: 1,
      addedKeys: ['m15'],
      changedKeys: ['m1', 'm2'],
    })
    expect(await snapshotOf(database)).toEqual(before)
    const done = await sync(database, config, syncOptions('done'))
    expect(done).toMatchObject({ scored: 3, added: 1, changed: 2, retracted: 1 })
    expect(done.nodePropertiesWritten).toBe(plan.nodePropertiesWritten)
  })

  it('trains no model where there is none', async () => {
    const { model } = smallSettings('')
    const changes = { writing: { prefix: 'other' }, model: { ...model, modelName: 'never trained' } }
    const without = smallConfig(join(folder, 'nothing'), changes)
    const before = await snapshotOf(database)
    const plan = await sync(database, without, syncOptions('plan', { dryRun: true }))
    expect(plan).toMatchObject({ model: null, trained: false, metrics: null, added: plan.graphCount, unchanged: 0 })
    expect(await snapshotOf(database)).toEqual(before)
    expect(await readdir(folder)).toEqual(['shapes'])
  })
})

describe('sync --retrain', () => {
  it('makes the next version of the model and scores every graph with it', async () => {
    const runs = async () => (await rows('MATCH (r:SmgRun) RETURN count(r)')).flat().map(Number)
    const [before = 0] = await runs()
    const result = await sync(database, config, syncOptions('retrained', { retrain: true }))
    expect(result).toMatchObject({ model: 'shapes:2', trained: true, scored: result.graphCount, unchanged: 0 })
    expect(await runs()).toEqual([before + 1])
    expect(await rows('MATCH (m:SmgModel) RETURN m.version ORDER BY m.version')).toEqual([['1'], ['2']])
    expect(await rows('MATCH (g:Molecule) RETURN DISTINCT g.smgModel')).toEqual([['shapes:2']])
    expect(await rows("MATCH (:SmgRun {runId: 'retrained'})-[:USED_MODEL]->(m) RETURN m.version")).toEqual([['2']])
  })

  it('leaves no mask of a layer that the new version does not have', async () => {
    const shallow = smallConfig(folder, { model: { modelName: 'shapes', layers: 1, hidden: 4 } })
    await sync(database, shallow, syncOptions('shallow', { retrain: true }))
    expect(
      await rows(
        "MATCH (a:Atom) UNWIND [name IN keys(a) WHERE name STARTS WITH 'smg'] AS name RETURN DISTINCT name ORDER BY name",
      ),
    ).toEqual([['smgMaskLayer1']])
  })
})
