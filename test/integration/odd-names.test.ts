/** Names that hold spaces, quotes, emoji or Cypher are names: they work from import to remove, and are never run. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/load.ts'
import { listModels } from '../../src/model/checkpoint.ts'
import { createGraphsInBatches, type GraphShape } from '../../src/pipeline/create-graphs.ts'
import { readMasks } from '../../src/pipeline/masks.ts'
import { nextQueries } from '../../src/pipeline/next-queries.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { removeEverything } from '../../src/write-back/remove.ts'
import { refusalOf } from './support/refusal.ts'
import { createSmallGraphs, smallConfig, smallGraphs, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const modelDirectory = () => join(place.folder, 'models')

interface Names {
  readonly graphLabel: string
  readonly nodeLabel: string
  readonly membershipType: string
  readonly relationshipType: string
  readonly graphKey: string
  readonly nodeKey: string
  readonly feature: string
  readonly target: string
  readonly projection: string
  readonly model: string
  /** Before the number of a graph. */
  readonly key: string
}

const cypher: Names = {
  graphLabel: 'X`) DETACH DELETE (n',
  nodeLabel: 'Y` {x: 1}) MATCH (m) DETACH DELETE m //',
  membershipType: 'Z`]-() MATCH (m) DETACH DELETE m //',
  relationshipType: 'R`|`S` {x: 1',
  graphKey: 'k` = 1 OR true DETACH DELETE g //',
  nodeKey: 'n` DETACH DELETE n //',
  feature: 'f`] DETACH DELETE n //',
  target: 't` DETACH DELETE g //',
  projection: "p` FOR (n:X) ON (n.x); MATCH (n) DETACH DELETE n //') ",
  model: '../../m` DETACH DELETE (n) //',
  key: "') DETACH DELETE (n) //",
}
const writing: Names = {
  graphLabel: 'Fall Nr. "7"',
  nodeLabel: "O'Brien's `Konto`",
  membershipType: 'gehört zu',
  relationshipType: '💸 zahlt|an',
  graphKey: 'key: {{graphKey}} $key',
  nodeKey: 'Nr.',
  feature: 'Größe \\ Maß',
  target: '🚩?',
  projection: '  Fälle 🧪 "neu" (1/2)  ',
  model: 'CON: “Modell” 🧪/v1.0 & mehr?',
  key: 'Ω 🧪 "\'`\\n',
}

const shapeOf = (names: Names): GraphShape => ({
  graphLabel: names.graphLabel,
  commonLabel: names.graphLabel,
  graphKey: names.graphKey,
  nodeLabel: names.nodeLabel,
  nodeKey: names.nodeKey,
  membershipType: names.membershipType,
  relationshipType: names.relationshipType,
})

/** The small graphs under other names and keys. */
const renamed = (names: Names) =>
  smallGraphs().map((graph) => ({
    key: names.key + graph.key,
    properties: { [names.graphKey]: names.key + graph.key, [names.target]: graph.properties['shape'] },
    members: graph.members.map(({ atomId, charge }) => ({
      [names.nodeKey]: `${names.key}${atomId}`,
      [names.feature]: charge,
    })),
    relationships: graph.relationships,
  }))

const settingsOf = (names: Names) =>
  smallSettings(modelDirectory(), {
    projection: {
      name: names.projection,
      graphLabel: names.graphLabel,
      graphKey: names.graphKey,
      nodeLabels: [names.nodeLabel],
      nodeKey: names.nodeKey,
      membershipType: names.membershipType,
      relationshipTypes: [names.relationshipType],
    },
    featureProperties: [names.feature],
    targetProperty: names.target,
    model: { modelName: names.model, layers: 2, hidden: 4 },
  })

describe.each([
  ['Cypher and backticks', cypher],
  ['spaces, quotes, emoji and other writing', writing],
])('names with %s', (_title, names) => {
  it('work from import to remove', async () => {
    const { database } = place
    await database.execute("CREATE (:Bystander {name: 'left alone'})-[:KNOWS]->(:Bystander)", {})
    const created = await createGraphsInBatches(database, shapeOf(names), renamed(names))
    expect(created).toMatchObject({ graphsCreated: 12, nodesCreated: 60 })
    const imported = await snapshotOf(database)

    const config = parseConfig(settingsOf(names), 'smg.config.yaml')
    const first = await sync(database, config, syncOptions('run-1'))
    expect(first).toMatchObject({ scored: 12, failed: 0, model: `${names.model}:1` })
    const second = await sync(database, config, syncOptions('run-2'))
    expect(second).toMatchObject({ scored: 0, unchanged: 12, nodePropertiesWritten: 0 })

    const [model] = await listModels(modelDirectory())
    expect(model?.name).toBe(names.model)
    const masks = await readMasks(database, config, `${names.key}m1`)
    expect(masks.members).toHaveLength(5)
    for (const { cypher } of nextQueries(config)) expect((await database.query(cypher, {})).rows).not.toHaveLength(0)

    await removeEverything(database, 'smg')
    expect(await snapshotOf(database)).toEqual(imported)
  })
})

describe('a name with a \\u escape, which Cypher would read as another sign', () => {
  it.each([
    ['the graph label', { graphLabel: 'X\\u0060' }],
    ['a node label', { nodeLabels: ['Atom', 'X\\u0060'] }],
    ['the membership type', { membershipType: 'X\\u0060' }],
    ['a relationship type', { relationshipTypes: ['X\\u0060'] }],
    ['the graph key', { graphKey: 'X\\u0060' }],
    ['the node key', { nodeKey: 'X\\u0060' }],
    ['the projection', { name: 'X\\u0060' }],
  ])('is refused with exit code 2 as %s, before anything is written', async (_what, names) => {
    const { database } = place
    await createSmallGraphs(database)
    await database.execute('DROP CONSTRAINT unique_Molecule_moleculeId', {})
    await database.execute('CREATE (a:$($name))-[:$($name)]->(b) SET a[$name] = 1', { name: 'X\\u0060' })
    const before = await snapshotOf(database)
    const settings = smallSettings(modelDirectory())
    const config = smallConfig(modelDirectory(), { projection: { ...settings.projection, ...names } })
    expect(await refusalOf(sync(database, config, syncOptions('run-1')))).toEqual({
      exitCode: 2,
      message: 'Cannot use the name "X\\\\u0060": expected no \\u escape; rename it',
    })
    expect(await snapshotOf(database)).toEqual(before)
    expect(await listModels(modelDirectory())).toEqual([])
  })

  it.each(['graphLabel', 'nodeLabel', 'membershipType', 'relationshipType', 'graphKey', 'nodeKey'])(
    'is refused with exit code 2 as %s of an import, before anything is written',
    async (what) => {
      const before = await snapshotOf(place.database)
      const shape = { ...shapeOf(writing), [what]: 'X\\u0060' }
      expect(await refusalOf(createGraphsInBatches(place.database, shape, renamed(writing)))).toMatchObject({
        exitCode: 2,
        message: expect.stringContaining('"X\\\\u0060": expected no \\u escape'),
      })
      expect(await snapshotOf(place.database)).toEqual(before)
    },
  )

  it('works as a feature property, which is a value to Cypher', async () => {
    const { database } = place
    await createSmallGraphs(database)
    await database.execute('MATCH (n:Atom) SET n[$name] = n.charge', { name: 'X\\u0060' })
    const config = smallConfig(modelDirectory(), { featureProperties: ['X\\u0060'] })
    expect(await sync(database, config, syncOptions('run-1'))).toMatchObject({ scored: 12, failed: 0 })
  })
})
