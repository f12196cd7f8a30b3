/** Graphs whose node says that nothing has changed since they were scored are not read. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { modelFolder } from './support/model-folder.ts'
import { refusalOf } from './support/refusal.ts'
import { createSmallGraphs, smallConfig, smallCounts, smallSettings, syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const models = modelFolder()
const { graphs, nodes } = smallCounts
const { projection: byMembership } = smallSettings('')
const { graphLabel, graphKey, membershipType, nodeLabels, relationshipTypes, ...everyKind } = byMembership
const change = (cypher: string) => place.database.execute(cypher, {})
const config = (projection: object = byMembership): Config =>
  smallConfig(models.path, {
    projection: { ...projection, changedSinceProperty: 'changedAt' },
    training: { epochs: 1, batchSize: 4 },
  })
const run = (id: string, settings = config(), retrain = false) =>
  sync(place.database, settings, syncOptions(id, { retrain }))
/** Changes that the graphs m1 and m2 do not tell of. */
const changeMembers = () => change("MATCH (a:Atom) WHERE a.atomId IN ['m1-1', 'm2-1'] SET a.charge = 0.75")
const touch = (time: string) => change(`MATCH (g:Molecule {moleculeId: 'm1'}) SET g.changedAt = ${time}`)

/** Every sync begins on 2 January. */
const before = "datetime('2026-01-02T03:04:05.677Z')"
const meanwhile = "datetime('2026-01-02T03:04:05.678Z')"

beforeEach(async () => {
  await createSmallGraphs(place.database)
  await change(`MATCH (g:Molecule) SET g.changedAt = ${before}`)
})

describe('with a changedSinceProperty', () => {
  it('reads a graph again once it is touched, or in another context, and says which values it cannot use', async () => {
    expect(await run('run-1')).toMatchObject({ scored: graphs, nodeCount: nodes })
    await changeMembers()
    const unread = { graphCount: graphs, nodeCount: 0, scored: 0, unchanged: graphs, warnings: [] }
    expect(await run('run-2')).toMatchObject({ runId: null, ...unread })

    await touch(meanwhile)
    await change("MATCH (g:Molecule {moleculeId: 'm3'}) SET g.changedAt = null")
    await change("MATCH (g:Molecule {moleculeId: 'm4'}) SET g.changedAt = localdatetime()")
    await change("MATCH (g:Molecule {moleculeId: 'm5'}) SET g.changedAt = 'yesterday'")
    expect(await run('run-3')).toMatchObject({
      graphCount: graphs,
      // m1, m3, m4 and m5 have 5, 4, 5 and 6 atoms.
      nodeCount: 20,
      changed: 1,
      unchanged: graphs - 1,
      warnings: [
        "2 graphs were read whether changed or not: expected a ZONED DATETIME 'changedAt', got LOCAL DATETIME and STRING; set it with datetime()",
      ],
    })

    const shared = config({ ...byMembership, sharedMembers: true })
    expect(await run('run-4', shared)).toMatchObject({ changed: graphs, nodeCount: nodes })
    expect(await run('run-5', shared, true)).toMatchObject({ changed: graphs, nodeCount: nodes })
  })

  it.each([
    ['neighbourhood', { ...everyKind, graphLabel, graphKey, nodeLabels, relationshipTypes: [membershipType], hops: 1 }],
    [
      'cypher',
      {
        ...everyKind,
        graphLabel,
        graphKey,
        graphsQuery: 'MATCH (m:Molecule) RETURN m.moleculeId AS key, m.shape AS target',
        nodesQuery: 'MATCH (node:Atom)-[:PART_OF]->(:Molecule {moleculeId: key}) RETURN node',
        relationshipsQuery:
          'MATCH (:Molecule {moleculeId: key})<-[:PART_OF]-(source)-[:BOND]->(target) RETURN source, target',
      },
    ],
  ])('does the same where kind is %s', async (kind, projection) => {
    const settings = config({ ...projection, kind })
    expect(await run('run-1', settings)).toMatchObject({ scored: graphs, nodeCount: nodes })
    await changeMembers()
    await touch(meanwhile)
    expect(await run('run-2', settings)).toMatchObject({ changed: 1, unchanged: graphs - 1, nodeCount: 5 })
  })

  it('is refused if the database has no such property', async () => {
    const unknown = smallConfig(models.path, { projection: { ...byMembership, changedSinceProperty: 'changedAtt' } })
    expect(await refusalOf(run('run-1', unknown))).toEqual({
      exitCode: 2,
      message:
        "Cannot read the projection 'molecules': the database has no property 'changedAtt'; did you mean 'changedAt'?",
    })
  })
})
