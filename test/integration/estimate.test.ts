/** An estimate: what it says is what then happens, as far as that can be counted. */

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/pipeline/check.ts'
import { type Estimate, estimate } from '../../src/pipeline/estimate.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { refusalOf } from './support/refusal.ts'
import { createSmallGraphs, smallConfig, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const modelDirectory = () => join(place.folder, 'models')

const members = { nodeLabels: ['Atom'], nodeKey: 'atomId' }
/** Projections of the small molecules with memberships of ours, by kind. */
const made = {
  property: { ...members, groupProperty: 'molecule', relationshipTypes: ['BOND'] },
  neighbourhood: {
    ...members,
    ...{ graphLabel: 'Molecule', graphKey: 'moleculeId', relationshipTypes: ['PART_OF', 'BOND'], hops: 2 },
  },
  cypher: {
    nodeKey: 'atomId',
    graphsQuery: 'MATCH (m:Molecule) RETURN m.moleculeId AS key, m.shape AS target',
    nodesQuery: 'MATCH (node:Atom)-[:PART_OF]->(:Molecule {moleculeId: key}) RETURN node',
    relationshipsQuery: 'MATCH (m:Molecule {moleculeId: key})<--(source)-[:BOND]->(target)-->(m) RETURN source, target',
  },
}

function whatSyncSays({ graphCount, nodeCount, scored, nodePropertiesWritten }: Estimate) {
  return { graphCount, nodeCount, scored, nodePropertiesWritten }
}

describe('an estimate', () => {
  it('counts exactly what a sync then trains on, scores and writes, and changes nothing itself', async () => {
    const { database } = place
    await createSmallGraphs(database)
    const config = smallConfig(modelDirectory())
    const before = await snapshotOf(database)
    const first = await estimate(database, config)
    expect(await snapshotOf(database)).toEqual(before)
    // Six rings of as many bonds as atoms, six chains of one less.
    expect(first).toMatchObject({ graphCount: 12, nodeCount: 60, relationshipCount: 54, sampledGraphCount: 12 })
    expect(first).toMatchObject({ model: null, scored: 12 })
    for (const [min, max] of [
      [first.bytesMin, first.bytesMax],
      [first.storeBytesMin, first.storeBytesMax],
      [first.minMillis, first.maxMillis],
    ] as const) {
      expect(min).toBeGreaterThan(0)
      expect(max).toBeGreaterThan(min)
    }
    expect(first.trainMaxMillis).toBeGreaterThanOrEqual(first.trainMinMillis)
    expect(first.requiredMemory).toMatch(/^\[\d+ MiB \.\.\. \d+ MiB\]$/)

    const trained = await sync(database, config, syncOptions('run-1'))
    expect(trained.trained).toBe(true)
    // Eight properties of each graph, and two masks of each atom.
    expect(first.nodePropertiesWritten).toBe(12 * 8 + 60 * 2)
    expect(trained.nodePropertiesWritten).toBe(first.nodePropertiesWritten)

    const idle = await estimate(database, config)
    expect(idle).toMatchObject({ model: 'shapes:1', scored: 0, nodePropertiesWritten: 0, trainMaxMillis: 0 })

    await database.execute("MATCH (a:Atom) WHERE a.atomId IN ['m1-1', 'm4-1', 'm7-1'] SET a.charge = 9.5", {})
    const { scored } = await estimate(database, config)
    expect(scored).toBe(3)
    expect((await sync(database, config, syncOptions('run-2'))).scored).toBe(scored)
  })

  it('counts the properties of a regression whose masks go on memberships', async () => {
    const { database } = place
    await createSmallGraphs(database)
    await database.execute('MATCH (m:Molecule) SET m.weight = toFloat(COUNT { (m)--() })', {})
    const { projection, model } = smallSettings(modelDirectory())
    const config = smallConfig(modelDirectory(), {
      projection: { ...projection, sharedMembers: true },
      targetProperty: 'weight',
      model: { ...model, task: 'regression', variant: 'm-smg' },
      writing: { maskChannels: true },
    })
    const said = await estimate(database, config)
    const done = await sync(database, config, syncOptions('run-1'))
    expect(done.nodePropertiesWritten).toBe(12 * 6 + 60 * 3)
    expect(said.nodePropertiesWritten).toBe(done.nodePropertiesWritten)
  })

  // An atom of m1 and one of m2 are bound: each is near the other molecule as well.
  it.each([
    { kind: 'property', nodes: 60, bonds: 54, graphNodes: 12, again: { scored: 2, written: 10 + 8 + 6 * 2 + 1 } },
    { kind: 'neighbourhood', nodes: 62, bonds: 56, graphNodes: 0, again: { scored: 2, written: 2 * 8 + 13 * 2 } },
    { kind: 'cypher', nodes: 60, bonds: 54, graphNodes: 12, again: { scored: 1, written: 8 + 5 * 2 } },
  ] as const)('counts what a sync of the kind $kind makes beside the scores', async (expected) => {
    const { database } = place
    await createSmallGraphs(database)
    await database.execute('MATCH (a:Atom)-->(m:Molecule) SET a.molecule = m.moleculeId, a.shape = m.shape', {})
    await database.execute("MATCH (a {atomId: 'm1-1'}), (b {atomId: 'm2-1'}) CREATE (a)-[:BOND]->(b)", {})
    const { kind, nodes, bonds, graphNodes, again } = expected
    const config = smallConfig(modelDirectory(), { projection: { kind, name: 'found', ...made[kind] } })
    const said = await estimate(database, config)
    expect(said).toMatchObject({ graphCount: 12, nodeCount: nodes, relationshipCount: bonds, sampledGraphCount: 12 })
    // Two properties identify a graph node of ours, one a membership.
    expect(said.nodePropertiesWritten).toBe(12 * 8 + graphNodes * 2 + nodes * 3)
    // Three pages of two graphs; a graph has four to seven members.
    const few = await estimate(database, { ...config, writing: { ...config.writing, pageSize: 2 } })
    expect(few).toMatchObject({ graphCount: 12, sampledGraphCount: 6, scored: 12 })
    expect(few.nodeCount).toBeGreaterThanOrEqual(12 * 4)
    expect(few.nodeCount).toBeLessThanOrEqual(12 * 7)
    expect(await sync(database, config, syncOptions('run-1'))).toMatchObject(whatSyncSays(said))
    expect(await estimate(database, config)).toMatchObject({ scored: 0, nodePropertiesWritten: 0 })

    await database.execute("MATCH (a {atomId: 'm1-1'}) SET a.charge = 9.5", {})
    await database.execute("CREATE (:Atom {atomId: 'm13-1', molecule: 'm13', element: 'C', charge: 0.0})", {})
    const then = await estimate(database, config)
    expect(then).toMatchObject({ scored: again.scored, nodePropertiesWritten: again.written })
    expect(await sync(database, config, syncOptions('run-2'))).toMatchObject(whatSyncSays(then))
  })

  it('is a part of the check, and refuses what the check refuses', async () => {
    const { database } = place
    await createSmallGraphs(database)
    const { estimate: part } = await check(database, smallConfig(modelDirectory()), {})
    expect(part).toMatchObject({ graphCount: 12, nodeCount: 60, nodePropertiesWritten: 216 })
    const unknown = smallConfig(modelDirectory(), { targetProperty: 'shap' })
    expect(await refusalOf(estimate(database, unknown))).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("the database has no property 'shap'; did you mean 'shape'?"),
    })
  })
})
