/** What people read when the configuration names things that the database does not have, or has unknown keys. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { check } from '../../src/pipeline/check.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { contentsOf } from './support/contents.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { addShapes, parsedShapesConfig, shapesConfig } from './support/shapes.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const syncOptions = { now: () => new Date(), runId: 'run-1' }
const { projection } = shapesConfig('')

async function writeConfig(config: object): Promise<string> {
  const path = join(place.folder, 'smg.config.yaml')
  await writeFile(path, JSON.stringify(config))
  return path
}

describe('a name that the database does not have', () => {
  it.each([
    ['label', 'Shap', 'Shape', { projection: { ...projection, graphLabel: 'Shap' } }],
    ['label', 'corner', 'Corner', { projection: { ...projection, nodeLabels: ['Corner', 'corner'] } }],
    ['relationship type', 'CORNEROF', 'CORNER_OF', { projection: { ...projection, membershipType: 'CORNEROF' } }],
    ['relationship type', 'NEXTT', 'NEXT', { projection: { ...projection, relationshipTypes: ['NEXT', 'NEXTT'] } }],
    ['property', 'shapeKey', 'shapeId', { projection: { ...projection, graphKey: 'shapeKey' } }],
    ['property', 'corner_id', 'cornerId', { projection: { ...projection, nodeKey: 'corner_id' } }],
    ['property', 'kynd', 'kind', { featureProperties: ['kynd'] }],
    ['property', 'clsed', 'closed', { targetProperty: 'clsed' }],
  ])('is refused with exit code 2 and the nearest one: %s %s', async (what, name, nearest, change) => {
    await addShapes(place.database)
    const before = await contentsOf(place.database)
    const config = parsedShapesConfig(join(place.folder, 'models'), change)
    const refusal = {
      exitCode: 2,
      message: `Cannot read the projection 'shapes': the database has no ${what} '${name}'; did you mean '${nearest}'?`,
    }
    expect(await refusalOf(sync(place.database, config, syncOptions))).toEqual(refusal)
    expect(await refusalOf(check(place.database, config, {}))).toEqual(refusal)
    expect(await contentsOf(place.database)).toEqual(before)
  })

  it('is named together with all others, and alone where nothing is near', async () => {
    await addShapes(place.database)
    const config = parsedShapesConfig(join(place.folder, 'models'), {
      projection: { ...projection, graphLabel: 'Shap', membershipType: 'Q' },
      featureProperties: ['kynd', 'kind'],
    })
    expect(await refusalOf(sync(place.database, config, syncOptions))).toEqual({
      exitCode: 2,
      message:
        "Cannot read the projection 'shapes': the database has no label 'Shap'; did you mean 'Shape'?; the database has no relationship type 'Q'; the database has no property 'kynd'; did you mean 'kind'?",
    })
  })

  it('ends the smg command with 2 and one sentence', async () => {
    await addShapes(place.database)
    await writeConfig(shapesConfig('models', { targetProperty: 'clsed' }))
    expect(await runSmg(['sync', '--json'], { cwd: place.folder })).toEqual({
      code: 2,
      stdout: '',
      stderr: "Cannot read the projection 'shapes': the database has no property 'clsed'; did you mean 'closed'?\n",
    })
  })
})

describe('an unknown configuration key', () => {
  it.each([
    ['targetProprety', 'targetProperty', { targetProprety: 'closed' }],
    ['training.epoch', 'epochs', { training: { epoch: 5 } }],
    ['projection.nodeLabel', 'nodeLabels', { projection: { ...projection, nodeLabel: 'Corner' } }],
  ])('%s is refused with exit code 2 and %s suggested', async (key, nearest, change) => {
    const path = await writeConfig(shapesConfig('models', change))
    expect(await refusalOf(loadConfig(path))).toEqual({
      exitCode: 2,
      message: `Cannot use the configuration ${path}: unknown key ${key}; did you mean '${nearest}'?`,
    })
  })

  it('ends the smg command with 2 before it connects', async () => {
    await writeConfig(shapesConfig('models', { training: { epoch: 5 } }))
    const nowhere = { NEO4J_URI: 'bolt://127.0.0.1:1' }
    expect(await runSmg(['sync'], { cwd: place.folder, env: nowhere })).toEqual({
      code: 2,
      stdout: '',
      stderr: "Cannot use the configuration smg.config.yaml: unknown key training.epoch; did you mean 'epochs'?\n",
    })
  })

  it('stands beside values that cannot be, all in one message', async () => {
    const path = await writeConfig(
      shapesConfig('models', { training: { epochs: 0, validationFraction: 0.5, testFraction: 0.5 }, seed: 3 }),
    )
    const { exitCode, message } = await refusalOf(loadConfig(path))
    expect(exitCode).toBe(2)
    expect(message).toContain('unknown key seed')
    expect(message).toContain('training.epochs: ')
  })
})

describe('shares of the split that leave nothing to train on', () => {
  it('are refused with exit code 2', async () => {
    const path = await writeConfig(shapesConfig('models', { training: { validationFraction: 0.5, testFraction: 0.5 } }))
    expect(await refusalOf(loadConfig(path))).toEqual({
      exitCode: 2,
      message: `Cannot use the configuration ${path}: training: expected validationFraction + testFraction below 1; lower one, so that there are graphs to train on`,
    })
  })
})
