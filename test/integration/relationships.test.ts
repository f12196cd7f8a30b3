/** What relationships have besides their ends, through sync: a weight, their type, and properties for an edge network. */
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { sync } from '../../src/pipeline/sync.ts'
import { refusalOf } from './support/refusal.ts'
import { smallConfig, smallSettings, syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const change = (cypher: string) => place.database.execute(cypher, {})
const graphCount = 60

/** Squares of four equal atoms: nothing but their relationships tells odd ones from even ones. */
const createSquares = `
UNWIND range(1, ${graphCount}) AS i
CREATE (m:Molecule {moleculeId: 'm' + i, shape: CASE i % 2 WHEN 0 THEN 'even' ELSE 'odd' END})
WITH m, i
UNWIND range(1, 4) AS v
CREATE (m)<-[:PART_OF]-(:Atom {atomId: 'm' + i + '-' + v, element: 'C'})
WITH m, i, collect(v) AS members
UNWIND members AS v
MATCH (m)<-[:PART_OF]-(a:Atom {atomId: 'm' + i + '-' + v}), (m)<-[:PART_OF]-(b:Atom {atomId: 'm' + i + '-' + (v % 4 + 1)})
FOREACH (_ IN CASE WHEN i % 2 = 0 OR v = 1 THEN [1] END | CREATE (a)-[:BOND {order: 1 + i % 2, length: 1.0 + i % 2}]->(b))
FOREACH (_ IN CASE WHEN i % 2 = 1 AND v > 1 THEN [1] END | CREATE (a)-[:LINK {order: 2, length: 2.0}]->(b))`

function config(settings: Readonly<Record<string, unknown>>) {
  const { projection } = smallSettings('')
  return smallConfig(join(place.folder, 'models'), {
    projection: { ...projection, relationshipTypes: ['BOND', 'LINK'] },
    featureProperties: ['element'],
    model: { modelName: 'shapes', layers: 2, hidden: 8 },
    training: { epochs: 60, batchSize: 8, learningRate: 0.01 },
    ...settings,
  })
}

beforeEach(() => change(createSquares))

describe('a sync that reads relationships', () => {
  it.each([
    ['their weight', { relationshipWeightProperty: 'length' }],
    ['their type', { relationshipTypeWeights: true }],
    ['their properties, one-hot', { relationshipFeatureProperties: [{ property: 'order', encoding: 'oneHot' }] }],
    ['their properties, as they are', { relationshipFeatureProperties: ['length'] }],
  ])('learns from %s what nothing else tells, and scores a graph anew when one changes', async (_what, settings) => {
    const first = await sync(place.database, config(settings), syncOptions('run-1'))
    expect(first).toMatchObject({ scored: graphCount, failed: 0, metrics: { accuracy: 1 } })
    expect(await sync(place.database, config(settings), syncOptions('run-2'))).toMatchObject({ scored: 0 })
    await change("MATCH (:Atom {atomId: 'm2-1'})-[r:BOND]->() SET r.order = 2, r.length = 2.0, r.other = 1")
    await change(
      "MATCH (a:Atom {atomId: 'm4-1'})-[r:BOND]->(b) CREATE (a)-[:LINK {order: 1, length: 1.0}]->(b) DELETE r",
    )
    // Each setting sees one of the two changes.
    expect(await sync(place.database, config(settings), syncOptions('run-3'))).toMatchObject({ changed: 1 })
  })

  it('learns nothing where the model does not read them', async () => {
    const { metrics } = await sync(place.database, config({}), syncOptions('run-1'))
    expect(metrics).toMatchObject({ accuracy: 0.5 })
  })

  it('asks for a new model when other values are wanted than it was trained with', async () => {
    await sync(place.database, config({ relationshipTypeWeights: true }), syncOptions('run-1'))
    const other = sync(place.database, config({ relationshipWeightProperty: 'length' }), syncOptions('run-2'))
    expect(await refusalOf(other)).toEqual({
      exitCode: 2,
      message: expect.stringContaining(
        'relationshipWeightProperty none, the configuration asks for length; with relationshipTypeWeights true, the configuration asks for false;',
      ),
    })
  })

  it('names relationships whose values cannot be used, with exit code 3', async () => {
    await change("MATCH (:Atom {atomId: 'm2-1'})-[r:BOND]->() SET r.length = null")
    expect(
      await refusalOf(sync(place.database, config({ relationshipWeightProperty: 'length' }), syncOptions('run-1'))),
    ).toEqual({
      exitCode: 3,
      message:
        "Cannot encode property 'length': expected a finite number as in training, got null at relationship m2-1 -> m2-2 of graph m2. Give those relationships such a value, or leave relationshipWeightProperty out and train anew",
    })
  })

  it('names a relationship type that no training graph had, and scores the others', async () => {
    const settings = { relationshipTypeWeights: true }
    await change('MATCH (a)-[r:LINK]->(b) CREATE (a)-[:BOND]->(b) DELETE r')
    await change("MATCH (a:Atom {atomId: 'm1-1'})-[r:BOND]->(b) CREATE (a)-[:LINK]->(b), (a)-[:LINK]->(b) DELETE r")
    await change("MATCH (m:Molecule {moleculeId: 'm1'}) SET m.shape = null")
    const result = await sync(place.database, config(settings), syncOptions('run-1'))
    expect(result).toMatchObject({ scored: graphCount - 1, failed: 1 })
    expect(result.problems).toEqual([
      {
        key: 'm1',
        message: expect.stringMatching(
          /^Cannot encode relationship 'type': expected a STRING, one of 'BOND' as in training, got the unknown type 'LINK' at relationships/,
        ),
      },
    ])
  })

  it('says which property of relationships the database does not have', async () => {
    const settings = { relationshipWeightProperty: 'lenght', relationshipFeatureProperties: ['ordre'] }
    expect(await refusalOf(sync(place.database, config(settings), syncOptions('run-1')))).toEqual({
      exitCode: 2,
      message:
        "Cannot read the projection 'molecules': the database has no property 'ordre'; did you mean 'order'?; the database has no property 'lenght'; did you mean 'length'?",
    })
  })
})
