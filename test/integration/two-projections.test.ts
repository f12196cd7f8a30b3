/** Two projections in one database whose members have the same label and the same properties for their masks. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { createGraphsInBatches } from '../../src/pipeline/create-graphs.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { testServer } from './support/server.ts'
import {
  createSmallGraphs,
  smallConfig,
  smallCounts,
  smallGraph,
  smallSettings,
  smallShape,
  syncOptions,
} from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'

let folder: string
let database: Database
let molecules: Config
let compounds: Config

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-two-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await createSmallGraphs(database)
  const others = Array.from({ length: smallCounts.graphs }, (_, i) => smallGraph(101 + i))
  await createGraphsInBatches(database, { ...smallShape, graphLabel: 'Compound', commonLabel: 'Compound' }, others)
  molecules = smallConfig(folder)
  const { projection, model } = smallSettings(folder)
  compounds = smallConfig(folder, {
    projection: { ...projection, name: 'compounds', graphLabel: 'Compound' },
    model: { ...model, modelName: 'compounds' },
  })
})
afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const maskedAtoms = async (graphLabel: 'Molecule' | 'Compound') =>
  (
    await database.query(
      `MATCH (a:Atom)-[:PART_OF]->(:${graphLabel}) WHERE a.smgMaskLayer2 IS NOT NULL RETURN count(a)`,
      {},
    )
  ).rows.flat()

describe('two projections', () => {
  it('keep the masks of each other', async () => {
    await sync(database, molecules, syncOptions('molecules'))
    const masked = await maskedAtoms('Molecule')
    expect(masked).toEqual([BigInt(smallCounts.nodes)])
    expect(await sync(database, compounds, syncOptions('compounds'))).toMatchObject({ scored: 12, retracted: 0 })
    expect(await maskedAtoms('Molecule')).toEqual(masked)
    const both = await snapshotOf(database)
    for (const config of [molecules, compounds])
      expect(await sync(database, config, syncOptions('again'))).toMatchObject({
        unchanged: 12,
        retracted: 0,
        nodePropertiesWritten: 0,
      })
    expect(await snapshotOf(database)).toEqual(both)
  })

  it('take back the masks of a member that left either', async () => {
    await database.execute("MATCH (:Atom {atomId: 'm6-1'})-[p:PART_OF]->() DELETE p", {})
    expect(await sync(database, compounds, syncOptions('left'))).toMatchObject({ scored: 0 })
    expect(await sync(database, molecules, syncOptions('rescored'))).toMatchObject({ scored: 1 })
    const { rows } = await database.query("MATCH (a:Atom {atomId: 'm6-1'}) RETURN a.smgMaskLayer1", {})
    expect(rows).toEqual([[null]])
  })
})
