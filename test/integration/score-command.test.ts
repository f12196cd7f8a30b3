/** `smg score`: with the model that there is, for all that changed, and for single graphs as they are or might be. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/schema.ts'
import { type Database, openDatabase } from '../../src/neo4j/database.ts'
import { predictStored } from '../../src/pipeline/predict-stored.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { whatIf } from '../../src/pipeline/what-if.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { testServer } from './support/server.ts'
import { createSmallGraphs, smallConfig, smallCounts, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf, withoutPreparation } from './support/snapshot.ts'

const { graphs } = smallCounts

let folder: string
let database: Database
let config: Config

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-score-'))
  database = await openDatabase(testServer())
  await cleanDatabase(database)
  await createSmallGraphs(database)
  // An atom without bonds, which no other atom's mask can depend on.
  await database.execute(
    "MATCH (g:Molecule {moleculeId: 'm4'}) CREATE (:Atom {atomId: 'm4-lone', element: 'O', charge: 0.25})-[:PART_OF]->(g)",
    {},
  )
  config = smallConfig(join(folder, 'models'))
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models')))
})
afterAll(async () => {
  await cleanDatabase(database)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function storedOutcome(key: string) {
  const { rows } = await database.query(
    'MATCH (g:Molecule {moleculeId: $key}) RETURN g.smgPrediction, g.smgProbability, g.smgProbabilities',
    { key },
  )
  const [prediction, probability, probabilities] = rows[0] ?? []
  return { prediction, probability, probabilities } as {
    prediction: string
    probability: number
    probabilities: number[]
  }
}

const near = (numbers: readonly number[] = []) => numbers.map((number) => expect.closeTo(number, 6))

describe('smg score', () => {
  it('trains nothing: without a model it says so, and writes nothing', async () => {
    const before = withoutPreparation(await snapshotOf(database))
    const { code, stdout, stderr } = await runSmg(['score'], { cwd: folder })
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr:
        "Cannot load model 'shapes' version latest from models: got no version of it; train it, or name another modelDirectory\n",
    })
    expect(await runSmg(['score', 'm1'], { cwd: folder })).toMatchObject({ code: 1, stderr })
    expect(withoutPreparation(await snapshotOf(database))).toEqual(before)
  })

  it('scores what changed and writes it, as sync does', async () => {
    await sync(database, config, syncOptions('trained'))
    await database.execute("MATCH (a:Atom {atomId: 'm1-1'}) SET a.element = 'O'", {})
    const { code, stdout } = await runSmg(['score', '--json'], { cwd: folder })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ model: 'shapes:1', trained: false, scored: 1, unchanged: graphs - 1 })
    expect(await sync(database, config, syncOptions('again'))).toMatchObject({ scored: 0 })
  })
})

describe('smg score KEYS', () => {
  it('says what the model predicts of these graphs, in their order, and writes nothing', async () => {
    const before = await snapshotOf(database)
    const { code, stdout } = await runSmg(['score', 'm10', 'm2', '--json'], { cwd: folder })
    expect(code).toBe(0)
    const stored = await Promise.all(['m10', 'm2'].map(storedOutcome))
    expect(JSON.parse(stdout)).toEqual({
      model: 'shapes:1',
      classes: ['chain', 'ring'],
      graphs: ['m10', 'm2'].map((key, i) => ({
        key,
        prediction: stored[i]?.prediction,
        probability: expect.closeTo(stored[i]?.probability ?? Number.NaN, 6),
        probabilities: near(stored[i]?.probabilities),
      })),
      warnings: [],
    })
    expect(await snapshotOf(database)).toEqual(before)
  })

  it('names the graphs that there are not, with exit code 3', async () => {
    expect(await runSmg(['score', 'm1', 'm98', 'm99'], { cwd: folder })).toEqual({
      code: 3,
      stdout: '',
      stderr: "Cannot score: expected (:Molecule) nodes with moleculeId 'm98', 'm99', found none\n",
    })
  })

  it('finds graphs and members by INTEGER keys', async () => {
    await database.execute(
      `MATCH (a:Atom)-[:PART_OF]->(g:Molecule)
       SET g.number = toInteger(substring(g.moleculeId, 1)), a.number = coalesce(toIntegerOrNull(split(a.atomId, '-')[1]), 9)`,
      {},
    )
    const { projection } = smallSettings('')
    const numbered = smallConfig(join(folder, 'models'), {
      projection: { ...projection, graphKey: 'number', nodeKey: 'number' },
    })
    const byText = await predictStored(database, config, ['m7'])
    const byNumber = await predictStored(database, numbered, ['7'])
    expect(byNumber).toEqual({ ...byText, graphs: byText.graphs.map((graph) => ({ ...graph, key: 7n })) })
    const { key, without } = await whatIf(database, numbered, { key: '7', without: ['2', '1'] })
    expect({ key, without }).toEqual({ key: 7n, without: [1n, 2n] })
    for (const unknown of ['07', 'm7', '99999999999999999999'])
      expect(await refusalOf(predictStored(database, numbered, [unknown]))).toMatchObject({
        exitCode: 3,
        message: `Cannot score: expected (:Molecule) nodes with number '${unknown}', found none`,
      })
  })
})

describe('smg score KEY --without MEMBERS', () => {
  it('says what would be predicted without them, as people read it, and writes nothing', async () => {
    const before = await snapshotOf(database)
    const { code, stdout, stderr } = await runSmg(['score', 'm2', '--without', 'm2-3,m2-1'], { cwd: folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^Graph m2: predicted (chain|ring) \(0\.\d{3}\) by shapes:1\nWithout m2-1, m2-3: (chain|ring) \(0\.\d{3}\)\n/,
    )
    expect(stdout).toMatch(/│ class +│ as it is +│ without them +│ difference +│/)
    expect(await snapshotOf(database)).toEqual(before)
  })

  it('gives both predictions and the difference as JSON', async () => {
    const { stdout } = await runSmg(['score', 'm2', '--without', 'm2-3', '--json'], { cwd: folder })
    const result = JSON.parse(stdout)
    const stored = await storedOutcome('m2')
    const { probabilities } = result.withoutThem
    expect(result).toEqual({
      key: 'm2',
      model: 'shapes:1',
      classes: ['chain', 'ring'],
      without: ['m2-3'],
      asItIs: {
        prediction: stored.prediction,
        probability: expect.closeTo(stored.probability, 6),
        probabilities: near(stored.probabilities),
      },
      withoutThem: { prediction: expect.any(String), probability: Math.max(...probabilities), probabilities },
      differences: near(probabilities.map((p: number, c: number) => p - (stored.probabilities[c] ?? 0))),
      // m2 has six atoms.
      masks: [1, 2, 3, 4, 5, 6].map((v) => ({
        key: `m2-${v}`,
        masks: v === 3 ? [0, 0] : [expect.any(Number), expect.any(Number)],
      })),
      warnings: [],
    })
    expect(Math.abs(result.differences[0])).toBeGreaterThan(1e-6)
  })

  it('predicts of a graph without an atom that has no bonds what it predicts once the atom is gone', async () => {
    const { withoutThem, differences } = await whatIf(database, config, { key: 'm4', without: ['m4-lone'] })
    expect(Math.abs(differences[0] ?? 0)).toBeGreaterThan(1e-6)
    await database.execute("MATCH (a:Atom {atomId: 'm4-lone'}) DETACH DELETE a", {})
    const { graphs: rest } = await predictStored(database, config, ['m4'])
    expect(withoutThem.probabilities).toEqual(near(rest[0]?.probabilities ?? []))
  })

  it.each([
    [['m2-7'], "expected keys of its members, got 'm2-7'; 'smg masks m2' lists them"],
    [['m2-1', 'm3-1', 'x'], "expected keys of its members, got 'm3-1', 'x'; 'smg masks m2' lists them"],
  ])('names members that there are not, with exit code 3: %j', async (without, problem) => {
    expect(await refusalOf(whatIf(database, config, { key: 'm2', without }))).toEqual({
      exitCode: 3,
      message: `Cannot leave out members of graph m2: ${problem}`,
    })
  })

  it('wants to know which members, with exit code 2', async () => {
    expect(await runSmg(['score', 'm2', '--without', ','], { cwd: folder })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Cannot leave out members of graph m2: expected their keys, got none\n',
    })
  })

  it('says the same of a mask per channel, and of a number', async () => {
    await database.execute("MATCH (g:Molecule) SET g.mass = CASE g.shape WHEN 'ring' THEN 2.5 ELSE 1 END", {})
    const model = { modelName: 'masses', task: 'regression', variant: 'm-smg-jk', layers: 2, hidden: 4 }
    const settings = { targetProperty: 'mass', model, writing: { prefix: 'mass' } }
    const masses = smallConfig(join(folder, 'models'), settings)
    await sync(database, masses, syncOptions('masses'))
    const result = await whatIf(database, masses, { key: 'm2', without: ['m2-3'] })
    const { rows } = await database.query("MATCH (g:Molecule {moleculeId: 'm2'}) RETURN g.massPrediction", {})
    const [[stored]] = rows as [[number]]
    const without = Number(result.withoutThem.prediction)
    expect(result).toMatchObject({
      classes: [],
      asItIs: { prediction: expect.closeTo(stored, 5), probability: null, probabilities: null },
      differences: near([without - stored]),
    })
    const path = join(folder, 'masses.yaml')
    await writeFile(path, JSON.stringify(smallSettings('models', settings)))
    const words = ['score', 'm2', '--without', 'm2-3', '--config', path]
    expect((await runSmg(words, { cwd: folder })).stdout).toMatch(
      /^Graph m2: predicted [\d.]+ by masses:1\nWithout m2-3: [\d.]+\nDifference: -?[\d.]+\n$/,
    )
  })
})
