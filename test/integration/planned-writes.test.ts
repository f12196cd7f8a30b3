/** What a dry run says that a sync would write is what the next sync writes. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { type SyncResult, sync } from '../../src/pipeline/sync.ts'
import type { PlannedWrite } from '../../src/write-back/planned-writes.ts'
import { modelFolder } from './support/model-folder.ts'
import {
  createSmallGraphs,
  smallConfig,
  smallCounts,
  smallGraph,
  smallSettings,
  syncOptions,
} from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const models = modelFolder()
const { graphs, nodes } = smallCounts
const layers = 2
const change = (cypher: string) => place.database.execute(cypher, {})
const { projection: byMembership } = smallSettings('')
const { graphLabel, graphKey, membershipType, ...everyKind } = byMembership
const config = (projection: object = byMembership, changes: object = {}): Config =>
  smallConfig(models.path, { projection, training: { epochs: 1, batchSize: 4 }, ...changes })
const run = (id: string, settings = config()) => sync(place.database, settings, syncOptions(id))
const plan = (settings = config()) => sync(place.database, settings, syncOptions('plan', { dryRun: true }))

/** "set (:Atom) smgMaskLayer1 60" for each item. */
const shown = ({ plannedWrites = [] }: SyncResult) =>
  plannedWrites.map(({ action, pattern, property, count }: PlannedWrite) =>
    [action, pattern, ...(property === null ? [] : [property]), count].join(' '),
  )
const counted = ({ scored, added, changed, unchanged, retracted, failed, nodePropertiesWritten }: SyncResult) => ({
  scored,
  added,
  changed,
  unchanged,
  retracted,
  failed,
  nodePropertiesWritten,
})

/** The dry run, after a sync that did the same. */
async function planAndSync(settings = config()): Promise<SyncResult> {
  const planned = await plan(settings)
  expect(counted(await run('done', settings))).toEqual(counted(planned))
  return planned
}

beforeEach(async () => {
  await createSmallGraphs(place.database)
})

const ofGraphs = [
  'Prediction',
  'Probability',
  'Probabilities',
  'Embedding',
  'Model',
  'RunId',
  'ScoredAt',
  'Fingerprint',
]
const layer = (action: string, pattern: string, count: number) =>
  [1, 2].map((k) => `${action} ${pattern} smgMaskLayer${k} ${count}`)

describe('a dry run', () => {
  it('lists what a sync of a new database writes before there is a model, and what later changes lead to', async () => {
    const before = await snapshotOf(place.database)
    const untrained = await plan()
    expect(await snapshotOf(place.database)).toEqual(before)
    expect(untrained).toMatchObject({ model: null, scored: graphs, nodePropertiesWritten: graphs * 8 + nodes * layers })
    expect(shown(untrained)).toEqual([
      ...ofGraphs.map((name) => `set (:Molecule) smg${name} ${graphs}`),
      ...layer('set', '(:Atom)', nodes),
      'create (:SmgRun) 1',
      'create [:USED_MODEL] 1',
      'create [:OF] 1',
      'create (:SmgModel) 1',
      'create (:Molecule) smgEmbedding 1',
    ])
    expect(counted(await run('run-1'))).toEqual(counted(untrained))

    await change("MATCH (a:Atom {atomId: 'm1-1'}) SET a.element = 'O'")
    await change("MATCH (:Atom {atomId: 'm2-1'})-[p:PART_OF]->() DELETE p")
    // Beside its graph still, without the label.
    await change("MATCH (a:Atom {atomId: 'm3-1'}) REMOVE a:Atom SET a:Ion")
    // A graph node with 5 atoms.
    await change("MATCH (g:Molecule {moleculeId: 'm4'}) REMOVE g:Molecule SET g:Mixture")
    await createSmallGraphs(place.database, [smallGraph(15)])
    const planned = await planAndSync()
    expect(planned).toMatchObject({ addedKeys: ['m15'], changedKeys: ['m1', 'm2', 'm3'], retracted: 1 + 5 })
    expect(shown(planned).toSorted()).toEqual(
      [
        ...ofGraphs.map((name) => `set (:Molecule) smg${name} 4`),
        // 5 + (6 - 1) + (4 - 1) + 4
        ...layer('set', '(:Atom)', 17),
        // m2-1, m3-1, and those of m4, which has nothing written about itself any more either.
        ...layer('remove', '(:Atom)', 7),
        ...ofGraphs.map((name) => `remove (:Molecule) smg${name} 1`),
        'create (:SmgRun) 1',
        'create [:USED_MODEL] 1',
        'create [:OF] 1',
      ].toSorted(),
    )
    // The masks of m3-1 are taken away with the scores of m3, the others after all scores.
    expect(planned.nodePropertiesWritten).toBe(4 * 8 + 17 * layers + layers)
    expect(shown(await plan())).toEqual([])
  })

  it('moves masks to memberships once members are shared, and takes away what another task leaves', async () => {
    await run('run-1')
    await change('MATCH (g:Molecule) SET g.mass = toFloat(substring(g.moleculeId, 1))')
    await change("MATCH (a:Atom {atomId: 'm1-1'}), (m:Molecule {moleculeId: 'm2'}) CREATE (a)-[:PART_OF]->(m)")
    const numbers = config(
      { ...byMembership, sharedMembers: true },
      { targetProperty: 'mass', model: { modelName: 'masses', task: 'regression', layers: 1, hidden: 4 } },
    )
    expect(shown(await planAndSync(numbers))).toEqual(
      expect.arrayContaining([
        `set [:PART_OF] smgMaskLayer1 ${nodes + 1}`,
        ...layer('remove', '(:Atom)', nodes),
        `remove (:Molecule) smgProbability ${graphs}`,
        'delete (:Molecule) smgEmbedding 1',
      ]),
    )
    // One of the 4 atoms of m3, and m4 with its 5.
    await change("MATCH (a:Atom {atomId: 'm3-1'}) REMOVE a:Atom SET a:Ion")
    await change("MATCH (g:Molecule {moleculeId: 'm4'}) REMOVE g:Molecule SET g:Mixture")
    const planned = await planAndSync(numbers)
    expect(planned).toMatchObject({ changedKeys: ['m3'], retracted: 5 })
    expect(shown(planned)).toEqual(
      expect.arrayContaining([
        'set [:PART_OF] smgMaskLayer1 3',
        'remove [:PART_OF] smgMaskLayer1 6',
        'remove (:Molecule) smgFingerprint 1',
      ]),
    )
    expect(shown(await plan(numbers))).toEqual([])
  })
})

describe('a dry run where memberships are made', () => {
  const grouped = () => config({ ...everyKind, kind: 'property', groupProperty: 'molecule' })
  const near = () => {
    const settings = { kind: 'neighbourhood', graphLabel, graphKey, relationshipTypes: [membershipType], hops: 1 }
    return config({ ...everyKind, ...settings })
  }

  it('lists graph nodes and memberships by property, made and deleted', async () => {
    await change('MATCH (a:Atom)-[:PART_OF]->(m:Molecule) SET a.molecule = m.moleculeId, a.shape = m.shape')
    await change('MATCH (m:Molecule) DETACH DELETE m')
    expect(shown(await planAndSync(grouped()))).toEqual(
      expect.arrayContaining([
        `create (:SmgGraph_molecules) ${graphs}`,
        `set (:SmgGraph_molecules) key ${graphs}`,
        `create [:SMG_MEMBER_OF] ${nodes}`,
        `set [:SMG_MEMBER_OF] projection ${nodes}`,
        `set (:Atom) smgMaskLayer2 ${nodes}`,
      ]),
    )
    // One to a graph before, one to a graph after, one to none, and a graph that is gone.
    await change("MATCH (a:Atom {atomId: 'm3-1'}) SET a.molecule = 'm2' REMOVE a.shape")
    await change("MATCH (a:Atom {atomId: 'm4-1'}) SET a.molecule = 'm5' REMOVE a.shape")
    await change("MATCH (a:Atom {atomId: 'm6-1'}) REMOVE a.molecule")
    await change("MATCH (a:Atom {molecule: 'm9'}) REMOVE a.molecule")
    const planned = await planAndSync(grouped())
    expect(planned).toMatchObject({ changedKeys: ['m2', 'm3', 'm4', 'm5', 'm6'], retracted: 3 + 4 })
    expect(shown(planned)).toEqual(
      expect.arrayContaining([
        'create [:SMG_MEMBER_OF] 2',
        'delete [:SMG_MEMBER_OF] 7',
        'delete (:SmgGraph_molecules) 1',
        'remove (:Atom) smgMaskLayer1 5',
      ]),
    )
  })

  it('lists memberships by neighbourhood', async () => {
    await run('run-1', near())
    await change("MATCH (:Atom {atomId: 'm2-1'})-[p:PART_OF]->() DELETE p")
    const planned = await planAndSync(near())
    expect(planned).toMatchObject({ changedKeys: ['m2'], retracted: 1, nodePropertiesWritten: 8 + 5 * layers })
    expect(shown(planned)).toEqual(
      expect.arrayContaining(['delete [:SMG_MEMBER_OF] 1', 'set [:SMG_MEMBER_OF] smgMaskLayer2 5']),
    )
  })
})
