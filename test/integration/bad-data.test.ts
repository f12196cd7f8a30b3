/** What people read when graphs cannot be learned from or scored as they are, and that nothing is written then. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadModel } from '../../src/model/checkpoint.ts'
import { check } from '../../src/pipeline/check.ts'
import { readMasks } from '../../src/pipeline/masks.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { storeModel } from '../../src/write-back/model-store.ts'
import { cleanDatabase } from './support/clean-database.ts'
import { type Refusal, refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallConfig, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf, withoutPreparation } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const config = () => smallConfig(join(place.folder, 'models'))
const change = (cypher: string) => place.database.execute(cypher, {})
/** Until the end of the test. */
const dropConstraints = async () => {
  onTestFinished(() => cleanDatabase(place.database))
  for (const name of ['unique_Molecule_moleculeId', 'unique_Atom_atomId']) await change(`DROP CONSTRAINT ${name}`)
}
/** What the database holds, but for what a sync makes before it reads. */
const contents = async () => withoutPreparation(await snapshotOf(place.database))

/** How `sync` refuses the database as it is; `check` says the same, and neither writes anything. */
async function refusal(): Promise<Refusal> {
  const before = await contents()
  const bySync = await refusalOf(sync(place.database, config(), syncOptions('run-1')))
  expect(await refusalOf(check(place.database, config(), {}))).toEqual(bySync)
  expect(await contents()).toEqual(before)
  return bySync
}

describe('a database without graphs', () => {
  it('is refused with exit code 3', async () => {
    expect(await refusal()).toEqual({
      exitCode: 3,
      message: `Cannot find graphs: expected (:Molecule) nodes, got an empty database '${place.database.name}'; import some first`,
    })
  })

  it('ends the smg command with 3 and one sentence', async () => {
    await writeFile(join(place.folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models')))
    const outcome = await runSmg(['sync'], { cwd: place.folder })
    expect(outcome).toMatchObject({ code: 3, stdout: '' })
    expect(outcome.stderr).toMatch(/^Cannot find graphs: .*\n$/)
  })
})

describe('a graph', () => {
  it('without members is named, with exit code 3', async () => {
    await createSmallGraphs(place.database)
    await change("CREATE (:Molecule {moleculeId: 'empty', shape: 'ring'})")
    expect(await refusal()).toEqual({
      exitCode: 3,
      message: 'Cannot use graph empty: expected members, got none; connect some or delete the graph node',
    })
  })

  it('with a member that belongs to another graph too is named, and so are the other one and the member', async () => {
    await createSmallGraphs(place.database)
    await change("MATCH (n:Atom {atomId: 'm3-1'}), (g:Molecule {moleculeId: 'm5'}) CREATE (n)-[:PART_OF]->(g)")
    expect(await refusal()).toEqual({
      exitCode: 3,
      message: ['m3', 'm5']
        .map(
          (key) =>
            `Cannot use graph ${key}: expected each member in one graph, got members of another graph too: m3-1; take them out of one, or set sharedMembers: true`,
        )
        .join('\n'),
    })
  })

  it.each([
    ['without a key', 'null', "1 of 12 graph nodes without 'moleculeId'"],
    ['with the key of another one', "'m4'", 'several graph nodes with key m4'],
    ['with a key of another type', '4', /^(STRING and INTEGER|INTEGER and STRING)$/],
  ])('%s is refused with exit code 3', async (_case, key, got) => {
    await createSmallGraphs(place.database)
    await dropConstraints()
    await change(`MATCH (g:Molecule {moleculeId: 'm3'}) SET g.moleculeId = ${key}`)
    const { exitCode, message } = await refusal()
    expect(exitCode).toBe(3)
    const sentence =
      /^Cannot page through \(:Molecule\) by 'moleculeId': expected unique STRING or INTEGER keys of one type, got (.*); mend them, or choose another graphKey$/
    expect(sentence.exec(message)?.[1]).toEqual(typeof got === 'string' ? got : expect.stringMatching(got))
  })

  it.each([
    ['without a key', 'null', "every member's key to be a STRING or INTEGER, got a member without one"],
    ['with the key of another one', "'m3-2'", 'unique member keys, got two members with key m3-2'],
    ['with a number that is no INTEGER as key', '0.5', "every member's key to be a STRING or INTEGER, got 0.5"],
  ])('with a member %s is named', async (_case, key, problem) => {
    await createSmallGraphs(place.database)
    await dropConstraints()
    await change(`MATCH (n:Atom {atomId: 'm3-1'}) SET n.atomId = ${key}`)
    expect(await refusal()).toEqual({
      exitCode: 3,
      message: `Cannot use graph m3: expected ${problem}; choose another nodeKey`,
    })
  })
})

describe('a target', () => {
  it.each([
    ['with one class only', "SET g.shape = 'ring'", "expected at least two classes, got only 'ring'; add graphs of"],
    ['that is a FLOAT', 'SET g.shape = 0.5', 'got FLOAT at graphs m1, m10, m11, m12, m2, 12 in all. Give those graphs'],
    ['that no graph has', 'SET g.shape = null', 'expected some (:Molecule) nodes with it, got none; set it on'],
    [
      'of two types',
      "SET g.shape = CASE g.moleculeId WHEN 'm3' THEN 3 ELSE 'ring' END",
      'expected STRING, INTEGER or BOOLEAN classes of one type, got STRING at graphs m1, m10, m11, m12, m2, 11 in all; INTEGER at graph m3. Give',
    ],
  ])('%s is refused with exit code 3', async (_case, set, message) => {
    await createSmallGraphs(place.database)
    await change(`MATCH (g:Molecule) ${set}`)
    expect(await refusal()).toEqual({ exitCode: 3, message: expect.stringContaining(message) })
  })

  it('with a class of fewer graphs than the split needs is refused with exit code 3', async () => {
    await createSmallGraphs(place.database)
    await change("MATCH (g:Molecule) SET g.shape = CASE WHEN g.moleculeId IN ['m1', 'm2'] THEN 'rare' ELSE 'usual' END")
    expect(await refusal()).toEqual({
      exitCode: 3,
      message:
        "Cannot split the graphs: expected at least 3 of each class (training, validation, test), got: class 'rare' has 2 graphs. Add graphs of that class, or choose another targetProperty",
    })
  })
})

describe('a feature', () => {
  it.each([
    ['missing', 'null', 'null'],
    ['NaN', '0.0 / 0.0', 'NaN'],
    ['infinite', '-1.0 / 0.0', '-Infinity'],
    ['a date', "date('2026-01-02')", 'DATE'],
    ['text in a list', "['a']", 'a LIST with STRING in it'],
  ])('that is %s is named with five of the members that have it, with exit code 3', async (_case, value, got) => {
    await createSmallGraphs(place.database)
    await change(`MATCH (n:Atom) WHERE n.atomId ENDS WITH '-2' SET n.charge = ${value}`)
    const { exitCode, message } = await refusal()
    expect(exitCode).toBe(3)
    const [, sightings] =
      /^Cannot encode property 'charge': expected finite numbers, or numeric lists of one length, got (.*) in all\. Give those members a value, or take the property out of featureProperties$/.exec(
        message,
      ) ?? []
    expect(sightings).toMatch(new RegExp(`^${got} at members (m\\d+-2 of graph m\\d+( and |, )){5}8$`))
  })

  it('of two types is named with members of both', async () => {
    await createSmallGraphs(place.database)
    await change("MATCH (n:Atom) WHERE n.atomId ENDS WITH '-2' SET n.charge = 'high'")
    expect(await refusal()).toEqual({
      exitCode: 3,
      message: expect.stringMatching(
        /^Cannot encode property 'charge': expected values of one type .*, got FLOAT at members .*; STRING at members .*-2 of graph/,
      ),
    })
  })

  it('is named where only a graph held out from training lacks it, and the scores of the model before stay', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, config(), syncOptions('run-1'))
    const { split } = await loadModel(config().modelDirectory, config().model.modelName)
    const [heldOut] = split.test
    await change(`MATCH (n:Atom {atomId: '${heldOut}-1'}) SET n.charge = null`)
    const before = await snapshotOf(place.database)
    const retraining = sync(place.database, config(), syncOptions('run-2', { retrain: true }))
    expect(await refusalOf(retraining)).toEqual({
      exitCode: 3,
      message: `Cannot encode property 'charge': expected a finite number as in training, got null at member ${heldOut}-1 of graph ${heldOut}. Give those members such a value, or take the property out of featureProperties and train anew`,
    })
    expect(await snapshotOf(place.database)).toEqual(before)
  })
})

describe('a graph that goes bad after the model was trained', () => {
  /** What a run wrote about a graph. */
  async function scoresOf(key: string) {
    const { members, ...scores } = await readMasks(place.database, config(), key)
    return { ...scores, members: members.map(({ key: member, masks }) => ({ member, masks })) }
  }

  it('keeps the scores it had, is named, and does not hold up the others', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, config(), syncOptions('run-1'))
    const before = await scoresOf('m3')
    await change("MATCH (n:Atom {atomId: 'm3-1'}) SET n.charge = 0.0 / 0.0")
    await change("MATCH (n:Atom {atomId: 'm4-1'}) SET n.charge = 0.5")
    const result = await sync(place.database, config(), syncOptions('run-2'))
    expect(result).toMatchObject({
      scored: 1,
      unchanged: 10,
      failed: 1,
      problems: [
        {
          key: 'm3',
          message:
            "Cannot encode property 'charge': expected a finite number as in training, got NaN at member m3-1 of graph m3. Give those members such a value, or take the property out of featureProperties and train anew",
        },
      ],
    })
    expect(await scoresOf('m3')).toEqual(before)
  })

  it('keeps its scores as well where the network overflows on it', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, config(), syncOptions('run-1'))
    // A model that multiplies by 100: a large charge is not finite any more after the first product.
    const trained = await loadModel(config().modelDirectory, config().model.modelName)
    const weights = Object.entries(trained.weights).map(([name, { data, shape }]) => [
      name,
      { shape, data: name.startsWith('input') ? data.map((value) => 100 * value) : data },
    ])
    const steep = { ...trained, version: '2', weights: Object.fromEntries(weights) }
    await storeModel(place.database, steep, { storedIn: 'database', folder: '', isCurrent: true })
    await sync(place.database, config(), syncOptions('run-2'))
    const before = await scoresOf('m3')
    await change("MATCH (n:Atom {atomId: 'm3-1'}) SET n.charge = 1e38")
    await change("MATCH (n:Atom {atomId: 'm4-1'}) SET n.charge = 0.5")
    const result = await sync(place.database, config(), syncOptions('run-3'))
    expect(result).toMatchObject({ scored: 1, added: 0, changed: 1, unchanged: 10, failed: 1 })
    expect(result.problems).toEqual([
      {
        key: 'm3',
        message: expect.stringMatching(/^Cannot score graph m3: expected finite \w+, got \S+; its features/),
      },
    ])
    expect(await scoresOf('m3')).toEqual(before)
  })
})
