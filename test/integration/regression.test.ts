/** Learning and predicting a number of each graph, through sync. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readMasks } from '../../src/pipeline/masks.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallConfig, smallCounts, smallSettings, syncOptions } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const { graphs, nodes } = smallCounts
const model = { modelName: 'masses', task: 'regression', layers: 2, hidden: 4 }
const regression = { targetProperty: 'mass', model }
const config = (changes: Readonly<Record<string, unknown>> = {}) =>
  smallConfig(join(place.folder, 'models'), { ...regression, ...changes })

/** Molecules of 4, 5 and 6 atoms weigh 140, 150.0 and 160. */
beforeEach(async () => {
  await createSmallGraphs(place.database)
  await place.database.execute(
    `MATCH (g:Molecule) WITH g, COUNT { (g)--(:Atom) } AS atoms
     SET g.mass = CASE atoms WHEN 5 THEN 150.0 ELSE 100 + 10 * atoms END`,
    {},
  )
})

async function rows(statement: string): Promise<readonly (readonly unknown[])[]> {
  return (await place.database.query(statement, {})).rows
}

/** Names and types of what is written to graph nodes. */
const writtenTypes = () =>
  rows(
    `MATCH (g:Molecule)
     UNWIND [name IN keys(g) WHERE name STARTS WITH 'smgPr'] AS name
     RETURN name, valueType(g[name]), count(*) ORDER BY name`,
  )

describe('a sync of a regression', () => {
  it('writes numbers as FLOAT, and neither classes nor probabilities', async () => {
    const result = await sync(place.database, config(), syncOptions('run-1'))
    expect(result).toMatchObject({ scored: graphs, failed: 0, nodePropertiesWritten: graphs * 6 + nodes * 2 })
    expect(result.metrics).toEqual({
      meanAbsoluteError: expect.any(Number),
      rootMeanSquaredError: expect.any(Number),
    })
    expect(await writtenTypes()).toEqual([['smgPrediction', 'FLOAT NOT NULL', BigInt(graphs)]])
    const [[properties]] = (await rows('MATCH (m:SmgModel) RETURN properties(m)')) as [[Record<string, unknown>]]
    expect(properties).toMatchObject({ name: 'masses', task: 'regression', classes: [], ...result.metrics })
    expect(properties).not.toHaveProperty('accuracy')
    expect(await sync(place.database, config(), syncOptions('run-2'))).toMatchObject({ runId: null, scored: 0 })
  })

  it('predicts in the units of the target', async () => {
    const patient = config({ training: { epochs: 60, batchSize: 4, learningRate: 0.02 } })
    const { metrics } = await sync(place.database, patient, syncOptions('run-1'))
    const errors = (await rows('MATCH (g:Molecule) RETURN abs(g.smgPrediction - g.mass)')).flat().map(Number)
    expect(errors.reduce((sum, error) => sum + error, 0) / graphs).toBeLessThan(5)
    // Two graphs are held out.
    expect(metrics).toHaveProperty(
      'meanAbsoluteError',
      expect.toSatisfy((error) => error > 0 && error < 10),
    )
  })

  it('takes away the probabilities of an earlier classification, which writes them again later', async () => {
    const classes = smallConfig(join(place.folder, 'models'), { model: { ...model, task: 'classification' } })
    const numbers = config()
    await sync(place.database, classes, syncOptions('classes'))
    const ofClasses = await writtenTypes()
    expect(ofClasses.map(([name]) => name)).toEqual(['smgPrediction', 'smgProbabilities', 'smgProbability'])
    expect(await refusalOf(sync(place.database, numbers, syncOptions('unfit')))).toEqual({
      exitCode: 2,
      message: expect.stringContaining('with task classification, the configuration asks for regression'),
    })
    await sync(place.database, numbers, syncOptions('numbers', { retrain: true }))
    expect(await writtenTypes()).toEqual([['smgPrediction', 'FLOAT NOT NULL', BigInt(graphs)]])
    await sync(place.database, classes, syncOptions('classes again', { retrain: true }))
    expect(await writtenTypes()).toEqual(ofClasses)
  })

  it('shows numbers where it would show classes', async () => {
    await writeFile(join(place.folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models', regression)))
    const { code, stdout, stderr } = await runSmg(['sync'], { cwd: place.folder })
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /^Training: 3 of 3 loss \d+\.\d{3}, validation loss \d+\.\d{3}, mean absolute error [\d.]+$/m,
    )
    expect(stdout).toMatch(
      /^Model masses:1, trained now: held-out mean absolute error [\d.]+, root mean squared error [\d.]+$/m,
    )
    expect(stdout).toContain('WITH g ORDER BY g.smgPrediction DESC LIMIT 1')
    const [[prediction]] = (await rows("MATCH (g:Molecule {moleculeId: 'm2'}) RETURN g.smgPrediction")) as [[number]]
    expect(await readMasks(place.database, config(), 'm2')).toMatchObject({
      prediction,
      probability: null,
      target: 160,
    })
    const masks = await runSmg(['masks', 'm2'], { cwd: place.folder })
    expect(masks.stdout).toContain(`Graph m2: predicted ${prediction.toPrecision(4)} by masses:1, mass is 160\n`)
  })

  it.each([
    ['text', "'heavy'", 'got STRING at graph m3. Give those graphs a number, or choose'],
    ['not finite', '1.0 / 0.0', 'got Infinity at graph m3. Give'],
    ['a list', '[1.0, 2.0]', 'got a LIST of 2 at graph m3. Give'],
  ])('refuses a target that is %s with exit code 3', async (_case, value, message) => {
    await place.database.execute(`MATCH (g:Molecule {moleculeId: 'm3'}) SET g.mass = ${value}`, {})
    expect(await refusalOf(sync(place.database, config(), syncOptions('run-1')))).toEqual({
      exitCode: 3,
      message: expect.stringContaining(message),
    })
  })

  it('refuses targets that are all equal, and too few, with exit code 3', async () => {
    await place.database.execute('MATCH (g:Molecule) SET g.mass = 7', {})
    expect(await refusalOf(sync(place.database, config(), syncOptions('run-1')))).toEqual({
      exitCode: 3,
      message:
        "Cannot learn property 'mass': expected numbers that differ, got 7 at every graph; add graphs with other values, or choose another targetProperty",
    })
    await place.database.execute(
      "MATCH (g:Molecule) SET g.mass = CASE g.moleculeId WHEN 'm1' THEN 1 WHEN 'm2' THEN 2 END",
      {},
    )
    expect(await refusalOf(sync(place.database, config(), syncOptions('run-1')))).toEqual({
      exitCode: 3,
      message:
        'Cannot split the graphs: expected at least 3 (training, validation, test), got 2 graphs. Add graphs, or choose another targetProperty',
    })
  })
})
