/** What the catalog keeps of models and runs: enough to score with on another machine, and to compare runs. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, ModelFileError } from '../../src/errors.ts'
import { type RunDifference, runDifference } from '../../src/pipeline/run-difference.ts'
import { describeModel, exportModel, importModel, promoteModel, removeModel } from '../../src/pipeline/stored-models.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { loadStoredModel, storeModel } from '../../src/write-back/model-store.ts'
import { runSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallConfig, smallCounts, syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const rows = async (cypher: string) => (await place.database.query(cypher, {})).rows
const change = (cypher: string) => place.database.execute(cypher, {})
let minutes = 0
/** Each run a minute after the last. */
const run = (runId: string, { folder = 'models', retrain = false, settings = {} } = {}) =>
  sync(place.database, smallConfig(join(place.folder, folder), settings), {
    ...syncOptions(runId, { retrain }),
    now: () => new Date(Date.UTC(2026, 0, 2, 3, minutes)),
  }).finally(() => minutes++)
const scores = () =>
  rows('MATCH (m:Molecule) RETURN m.moleculeId, m.smgPrediction, m.smgProbability ORDER BY m.moleculeId')
const currentVersions = () => rows('MATCH (m:SmgModel {current: true}) RETURN m.name, m.version')

describe('a model in the database', () => {
  it('scores for whoever has nothing but the database', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    const before = await scores()
    await change('MATCH (m:Molecule) REMOVE m.smgFingerprint, m.smgPrediction')
    expect(await run('run-2', { folder: 'nothing here' })).toMatchObject({ model: 'shapes:1', trained: false })
    expect(await scores()).toEqual(before)
  })

  it('shows its settings, features, classes and history', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    const { model, runCount } = await describeModel(place.database, 'shapes')
    expect(model).toMatchObject({
      name: 'shapes',
      version: '1',
      current: true,
      storedIn: 'database',
      classes: ['chain', 'ring'],
    })
    expect(model['historyTrainLoss']).toHaveLength(3)
    expect(JSON.parse(String(model['configuration']))).toMatchObject({
      model: { layers: 2, hidden: 4 },
      training: { epochs: 3 },
    })
    expect(JSON.parse(String(model['featureSchema'])).groups[0]).toEqual({
      kind: 'oneHot',
      property: 'element',
      categories: ['C', 'N', 'O'],
    })
    expect(runCount).toBe(1)
  })

  it('is used in the version that was promoted, and never two are current', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    const ofFirst = await scores()
    expect(await run('run-2', { retrain: true, settings: { training: { epochs: 1, batchSize: 4 } } })).toMatchObject({
      model: 'shapes:2',
    })
    expect(await currentVersions()).toEqual([['shapes', '2']])
    await Promise.all(['shapes:1', 'shapes:2', 'shapes:1'].map((model) => promoteModel(place.database, model)))
    expect(await currentVersions()).toHaveLength(1)
    await promoteModel(place.database, 'shapes:1')
    expect(await currentVersions()).toEqual([['shapes', '1']])
    expect(await run('run-3')).toMatchObject({ model: 'shapes:1', trained: false, changed: smallCounts.graphs })
    expect(await scores()).toEqual(ofFirst)
    await expect(promoteModel(place.database, 'shapes:7')).rejects.toThrow(
      /'shapes:7': expected one of the catalog, got versions 1, 2;/,
    )
  })

  it('is trained once by a run, however many attempts that takes', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    expect(await run('run-2', { retrain: true })).toMatchObject({ model: 'shapes:2', trained: true })
    await place.database.execute("MATCH (m:Molecule {moleculeId: 'm3'}) REMOVE m.smgFingerprint", {})
    expect(await run('run-2', { retrain: true })).toMatchObject({ model: 'shapes:2', trained: false, scored: 1 })
    expect(await run('run-3', { retrain: true })).toMatchObject({ model: 'shapes:3', trained: true })
  })

  it('cannot be changed, nor dropped while it is the current one of several', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    await run('run-2', { retrain: true })
    const second = await loadStoredModel(place.database, 'shapes', '2')
    const where = { storedIn: 'database', folder: '/elsewhere', isCurrent: true } as const
    await storeModel(place.database, second, where)
    await expect(
      storeModel(place.database, { ...second, createdAt: '2026-02-02T00:00:00.000Z' }, where),
    ).rejects.toThrow(/Cannot record the model shapes:2: expected a new version/)
    await expect(removeModel(place.database, 'shapes')).rejects.toThrow(
      /shapes:2: it is the current one; promote another/,
    )
    expect(await removeModel(place.database, 'shapes:1')).toMatchObject({ model: 'shapes:1' })
    expect(await rows('MATCH (n:SmgModel|SmgModelPart) RETURN DISTINCT n.version ORDER BY n.version')).toEqual([['2']])
    // The runs of the version that is gone stay.
    expect(await rows('MATCH (r:SmgRun) RETURN count(r)')).toEqual([[2n]])
  })

  it('that lost a part, or has a changed one, is named', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    await change("MATCH (p:SmgModelPart {file: 'weights.bin'}) SET p:Kept REMOVE p:SmgModelPart")
    await expect(run('run-2')).rejects.toThrow(
      new ModelFileError(
        'Cannot use model file weights.bin of shapes:1 in the database: it is missing. Restore it from a copy, or train the model anew',
      ),
    )
    await change('MATCH (p:Kept) SET p:SmgModelPart REMOVE p:Kept')
    await change(
      "MATCH (p:SmgModelPart {file: 'weights.bin'}), (o:SmgModelPart {file: 'model.json'}) SET p.bytes = o.bytes",
    )
    await expect(run('run-2')).rejects.toThrow(/weights\.bin of shapes:1 in the database: expected \d+ bytes, got \d+/)
  })

  it('goes to a folder and comes back, under the next version where its own is taken', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    const folder = await exportModel(place.database, 'shapes', join(place.folder, 'saved'))
    expect(folder).toBe(join(place.folder, 'saved', 'shapes', '1'))
    expect(await importModel(place.database, folder)).toMatchObject({ model: { version: '1' }, isCurrent: false })
    await change('MATCH (n:SmgModel|SmgModelPart) DETACH DELETE n')
    expect(await importModel(place.database, folder)).toMatchObject({ model: { version: '1' }, isCurrent: true })
    await change("MATCH (m:SmgModel) SET m.manifestSha256 = 'of another model'")
    expect(await importModel(place.database, folder)).toMatchObject({ model: { version: '2' }, isCurrent: false })
    expect((await loadStoredModel(place.database, 'shapes', '2')).version).toBe('2')
  })
})

it('an attempt that finds nothing left to write ends the run of the one that died after its last graph', async () => {
  await createSmallGraphs(place.database)
  await run('run-1')
  await change("MATCH (r:SmgRun) SET r.status = 'RUNNING', r.finishedAt = null")
  expect(await run('run-1')).toMatchObject({ runId: null, scored: 0 })
  expect(await rows('MATCH (r:SmgRun) RETURN r.runId, r.status, r.finishedAt IS NOT NULL')).toEqual([
    ['run-1', 'FINISHED', true],
  ])
})

describe('the changes of a run', () => {
  const difference = (from: string, to: string): Promise<RunDifference> =>
    runDifference(place.database, { from, to, limit: 20 })

  it('say what was predicted before and after, over one run or several', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    expect(await difference('run-1', 'run-1')).toMatchObject({
      graphCount: 12,
      added: 12,
      changed: 0,
      changes: [],
      transitions: [],
    })
    const [[, prediction, probability] = []] = await scores()
    // As if it had been the other class; it is scored again as something of it changes.
    await change("MATCH (m:Molecule {moleculeId: 'm1'}) SET m.smgPrediction = 'square', m.smgProbability = 0.75")
    await change("MATCH (a:Atom {atomId: 'm1-1'}) SET a.charge = a.charge + 0.000001")
    await run('run-2')
    const { changes, ...counts } = await difference('run-1', 'run-2')
    expect(counts).toMatchObject({
      model: 'shapes:1',
      graphCount: 1,
      added: 0,
      changed: 1,
      unchanged: 0,
      meanAbsoluteDifference: null,
      transitions: [{ before: 'square', after: prediction, count: 1 }],
    })
    expect(changes).toMatchObject([
      { key: 'm1', before: 'square', probabilityBefore: 0.75, after: prediction, difference: null },
    ])
    expect(changes[0]?.probabilityAfter).toBeCloseTo(Number(probability), 4)
    await change("MATCH (a:Atom {atomId: 'm1-1'}) SET a.charge = a.charge - 0.000001")
    await run('run-3')
    // Both runs together; then one alone, in which the class stays.
    expect(await difference('run-1', 'run-3')).toMatchObject({
      graphCount: 1,
      changed: 1,
      changes: [{ before: 'square' }],
    })
    expect(await difference('run-2', 'run-3')).toMatchObject({ graphCount: 1, changed: 0, unchanged: 1 })
    const refused = /expected two runs of one projection, the earlier first, got/
    await expect(difference('run-3', 'run-1')).rejects.toThrow(refused)
    await expect(difference('run-1', 'run-9')).rejects.toThrow(
      new ConfigError(
        "Cannot compare runs: expected two runs of one projection, the earlier first, got no run 'run-9'; 'smg runs list' shows them",
      ),
    )
  })

  it('of numbers are differences, and those of older runs are forgotten', async () => {
    await createSmallGraphs(place.database)
    await change('MATCH (m:Molecule) SET m.mass = toFloat(substring(m.moleculeId, 1))')
    const settings = {
      targetProperty: 'mass',
      model: { modelName: 'masses', task: 'regression', layers: 1, hidden: 4 },
      writing: { keptRuns: 1 },
    }
    await run('run-1', { settings })
    await change(
      "MATCH (m:Molecule {moleculeId: 'm1'}) SET m.smgPrediction = m.smgPrediction - 2.5 REMOVE m.smgFingerprint",
    )
    await run('run-2', { settings })
    const { changes, ...counts } = await difference('run-2', 'run-2')
    expect(counts).toMatchObject({ graphCount: 1, changed: 1, transitions: [], forgotten: [] })
    expect(counts.meanAbsoluteDifference).toBeCloseTo(2.5, 6)
    expect(changes[0]).toMatchObject({ key: 'm1', probabilityBefore: null, difference: expect.closeTo(2.5, 6) })
    expect(await difference('run-1', 'run-1')).toMatchObject({ graphCount: 0, forgotten: ['run-1'] })
  })
})

describe('smg models drop', () => {
  it('asks before it deletes, and does not where nobody can answer', async () => {
    await createSmallGraphs(place.database)
    await run('run-1')
    const { code, stderr } = await runSmg(['models', 'drop', 'shapes:1'], { cwd: place.folder })
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/expected a terminal; add --yes/) })
    expect(await currentVersions()).toEqual([['shapes', '1']])
  })
})
