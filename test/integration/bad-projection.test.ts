/** What people read when the configuration names things that the database does not have, or has unknown keys. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { check } from '../../src/pipeline/check.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallConfig, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const { projection } = smallSettings('')

async function writeConfig(config: object): Promise<string> {
  const path = join(place.folder, 'smg.config.yaml')
  await writeFile(path, JSON.stringify(config))
  return path
}

describe('a name that the database does not have', () => {
  it.each([
    ['label', 'Molecul', 'Molecule', { projection: { ...projection, graphLabel: 'Molecul' } }],
    ['label', 'atom', 'Atom', { projection: { ...projection, nodeLabels: ['Atom', 'atom'] } }],
    ['relationship type', 'PARTOF', 'PART_OF', { projection: { ...projection, membershipType: 'PARTOF' } }],
    ['relationship type', 'BONDS', 'BOND', { projection: { ...projection, relationshipTypes: ['BOND', 'BONDS'] } }],
    ['property', 'moleculId', 'moleculeId', { projection: { ...projection, graphKey: 'moleculId' } }],
    ['property', 'atom_id', 'atomId', { projection: { ...projection, nodeKey: 'atom_id' } }],
    ['property', 'elment', 'element', { featureProperties: ['elment'] }],
    ['property', 'schape', 'shape', { targetProperty: 'schape' }],
  ])('is refused with exit code 2 and the nearest one: %s %s', async (what, name, nearest, change) => {
    await createSmallGraphs(place.database)
    const before = await snapshotOf(place.database)
    const config = smallConfig(join(place.folder, 'models'), change)
    const refusal = {
      exitCode: 2,
      message: `Cannot read the projection 'molecules': the database has no ${what} '${name}'; did you mean '${nearest}'?`,
    }
    expect(await refusalOf(sync(place.database, config, syncOptions('run-1')))).toEqual(refusal)
    expect(await refusalOf(check(place.database, config, {}))).toEqual(refusal)
    expect(await snapshotOf(place.database)).toEqual(before)
  })

  it('is named together with all others, and alone where nothing is near', async () => {
    await createSmallGraphs(place.database)
    const config = smallConfig(join(place.folder, 'models'), {
      projection: { ...projection, graphLabel: 'Molecul', membershipType: 'Q' },
      featureProperties: ['elment', 'element'],
    })
    expect(await refusalOf(sync(place.database, config, syncOptions('run-1')))).toEqual({
      exitCode: 2,
      message:
        "Cannot read the projection 'molecules': the database has no label 'Molecul'; did you mean 'Molecule'?; the database has no relationship type 'Q'; the database has no property 'elment'; did you mean 'element'?",
    })
  })

  it('ends the smg command with 2 and one sentence', async () => {
    await createSmallGraphs(place.database)
    await writeConfig(smallSettings('models', { targetProperty: 'schape' }))
    expect(await runSmg(['sync', '--json'], { cwd: place.folder })).toEqual({
      code: 2,
      stdout: '',
      stderr: "Cannot read the projection 'molecules': the database has no property 'schape'; did you mean 'shape'?\n",
    })
  })
})

describe('an unknown configuration key', () => {
  it.each([
    ['targetProprety', 'targetProperty', { targetProprety: 'shape' }],
    ['training.epoch', 'epochs', { training: { epoch: 5 } }],
    ['projection.nodeLabel', 'nodeLabels', { projection: { ...projection, nodeLabel: 'Atom' } }],
  ])('%s is refused with exit code 2 and %s suggested', async (key, nearest, change) => {
    const path = await writeConfig(smallSettings('models', change))
    expect(await refusalOf(loadConfig(path))).toEqual({
      exitCode: 2,
      message: `Cannot use the configuration ${path}: unknown key ${key}; did you mean '${nearest}'?`,
    })
  })

  it('ends the smg command with 2 before it connects', async () => {
    await writeConfig(smallSettings('models', { training: { epoch: 5 } }))
    const nowhere = { NEO4J_URI: 'bolt://127.0.0.1:1' }
    expect(await runSmg(['sync'], { cwd: place.folder, env: nowhere })).toEqual({
      code: 2,
      stdout: '',
      stderr: "Cannot use the configuration smg.config.yaml: unknown key training.epoch; did you mean 'epochs'?\n",
    })
  })

  it('stands beside values that cannot be, all in one message', async () => {
    const path = await writeConfig(
      smallSettings('models', { training: { epochs: 0, validationFraction: 0.5, testFraction: 0.5 }, seed: 3 }),
    )
    const { exitCode, message } = await refusalOf(loadConfig(path))
    expect(exitCode).toBe(2)
    expect(message).toContain('unknown key seed')
    expect(message).toContain('training.epochs: ')
  })
})

describe('shares of the split that leave nothing to train on', () => {
  it('are refused with exit code 2', async () => {
    const path = await writeConfig(
      smallSettings('models', { training: { validationFraction: 0.5, testFraction: 0.5 } }),
    )
    expect(await refusalOf(loadConfig(path))).toEqual({
      exitCode: 2,
      message: `Cannot use the configuration ${path}: training: expected validationFraction + testFraction below 1; lower one, so that there are graphs to train on`,
    })
  })
})
