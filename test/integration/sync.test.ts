/** What a sync writes, and that it writes it once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { type SyncResult, sync } from '../../src/pipeline/sync.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallConfig, smallCounts, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'

const { graphs, nodes } = smallCounts
const layers = 2
const propertiesOfGraph = 8

let folder: string
let database: Database
let config: Config
let result: SyncResult

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-sync-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await createSmallGraphs(database)
  config = smallConfig(folder)
  result = await sync(database, config, syncOptions('run-1'))
})
afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function rows(statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await database.query(statement, {})).rows
}

describe('the first sync', () => {
  it('trains a model and scores every graph', () => {
    expect(result).toMatchObject({
      runId: 'run-1',
      model: 'shapes:1',
      trained: true,
      dryRun: false,
      graphCount: graphs,
      nodeCount: nodes,
      scored: graphs,
      added: graphs,
      changed: 0,
      unchanged: 0,
      retracted: 0,
      failed: 0,
      nodePropertiesWritten: graphs * propertiesOfGraph + nodes * layers,
      problems: [],
      warnings: [],
    })
    const score = expect.any(Number)
    expect(result.metrics).toEqual({ accuracy: score, f1Macro: score, f1Weighted: score, rocAuc: score })
  })

  it('writes its properties to the graph nodes, in the types of the contract', async () => {
    const types = await rows(
      `MATCH (g:Molecule)
       UNWIND [name IN keys(g) WHERE name STARTS WITH 'smg'] AS name
       RETURN name, valueType(g[name]) AS type, count(*) ORDER BY name`,
    )
    const count = BigInt(graphs)
    expect(types).toEqual([
      ['smgEmbedding', 'LIST<FLOAT NOT NULL> NOT NULL', count],
      ['smgFingerprint', 'STRING NOT NULL', count],
      ['smgModel', 'STRING NOT NULL', count],
      ['smgPrediction', 'STRING NOT NULL', count],
      ['smgProbabilities', 'LIST<FLOAT NOT NULL> NOT NULL', count],
      ['smgProbability', 'FLOAT NOT NULL', count],
      ['smgRunId', 'STRING NOT NULL', count],
      ['smgScoredAt', 'ZONED DATETIME NOT NULL', count],
    ])
    expect(types).toHaveLength(propertiesOfGraph)
  })

  it('names model, run and time on every graph node', async () => {
    expect(await rows('MATCH (g:Molecule) RETURN DISTINCT g.smgModel, g.smgRunId, toString(g.smgScoredAt)')).toEqual([
      ['shapes:1', 'run-1', '2026-01-02T03:04:05.678Z'],
    ])
  })

  it('predicts the class of the highest probability, in the class order of the model', async () => {
    const [classes] = await rows('MATCH (m:SmgModel) RETURN m.classes')
    expect(classes).toEqual([['chain', 'ring']])
    const scores = await rows('MATCH (g:Molecule) RETURN g.smgPrediction, g.smgProbability, g.smgProbabilities')
    for (const [prediction, probability, probabilities] of scores) {
      const [chain, ring] = probabilities as [number, number]
      expect(chain + ring).toBeCloseTo(1, 6)
      expect(probability).toBe(Math.max(chain, ring))
      expect(prediction).toBe(chain >= ring ? 'chain' : 'ring')
    }
  })

  it('writes one mask per layer to every member, between 0 and 1, and nothing else', async () => {
    const written = await rows(
      `MATCH (a:Atom)
       UNWIND [name IN keys(a) WHERE name STARTS WITH 'smg'] AS name
       RETURN name, valueType(a[name]), count(*), all(mask IN collect(a[name]) WHERE 0 < mask < 1) ORDER BY name`,
    )
    const count = BigInt(nodes)
    expect(written).toEqual([
      ['smgMaskLayer1', 'FLOAT NOT NULL', count, true],
      ['smgMaskLayer2', 'FLOAT NOT NULL', count, true],
    ])
  })

  it('records the model in the catalog', async () => {
    const [[properties]] = (await rows('MATCH (m:SmgModel) RETURN properties(m)')) as [[Record<string, unknown>]]
    expect(properties).toMatchObject({
      name: 'shapes',
      version: '1',
      task: 'classification',
      variant: 'smg-jk',
      readout: 'sum',
      layers: 2n,
      hidden: 4n,
      targetProperty: 'shape',
      featureProperties: ['element', 'charge'],
      classes: ['chain', 'ring'],
      epochs: 3n,
      trainGraphCount: 8n,
      validationGraphCount: 2n,
      testGraphCount: 2n,
      ...result.metrics,
    })
  })

  it('records the run with its counts and the model that it used', async () => {
    const [[run, model, ...others]] = (await rows(
      `MATCH (r:SmgRun)-[:USED_MODEL]->(m:SmgModel)
       RETURN properties(r), m.name + ':' + m.version, toString(r.startedAt), toString(r.finishedAt)`,
    )) as [[Record<string, unknown>, ...unknown[]]]
    expect(run).toMatchObject({
      runId: 'run-1',
      projection: 'molecules',
      status: 'FINISHED',
      graphCount: BigInt(graphs),
      scored: BigInt(graphs),
      failed: 0n,
      nodePropertiesWritten: BigInt(result.nodePropertiesWritten),
    })
    expect([model, ...others]).toEqual(['shapes:1', '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'])
  })

  it('makes a vector index that finds similar graphs', async () => {
    const found = await rows(
      "SHOW VECTOR INDEXES YIELD name, state, labelsOrTypes, properties WHERE name = 'smg_molecules_embedding'",
    )
    expect(found).toEqual([['smg_molecules_embedding', 'ONLINE', ['Molecule'], ['smgEmbedding']]])
    const similar = await rows(
      `MATCH (g:Molecule {moleculeId: 'm4'})
       CALL db.index.vector.queryNodes('smg_molecules_embedding', 3, g.smgEmbedding) YIELD node, score
       RETURN node.moleculeId, score`,
    )
    expect(similar).toHaveLength(3)
    // The index keeps quantised copies: a graph's similarity with itself is 1 to about four digits.
    expect(similar).toContainEqual(['m4', expect.closeTo(1, 3)])
  })
})

describe('the second sync', () => {
  it('finds every graph unchanged and leaves the database as it is', async () => {
    const before = await snapshotOf(database)
    const second = await sync(database, config, {
      ...syncOptions('run-2'),
      now: () => new Date('2026-01-03T00:00:00Z'),
    })
    expect(second).toMatchObject({
      runId: null,
      model: 'shapes:1',
      trained: false,
      graphCount: graphs,
      scored: 0,
      unchanged: graphs,
      nodePropertiesWritten: 0,
      metrics: result.metrics,
    })
    expect(await snapshotOf(database)).toEqual(before)
  })
})
