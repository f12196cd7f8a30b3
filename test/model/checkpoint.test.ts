import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelFileError } from '../../src/errors.ts'
import { listModels, loadModel, nextVersion, readModel, saveModel, versionsOf } from '../../src/model/checkpoint.ts'
import { sha256 } from '../../src/model/manifest.ts'
import { networkShapeOf } from '../../src/model/model.ts'
import { featureSchema, modelNamed, regressionModel } from './support/models.ts'

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'smg-models-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** What reading the model in `folder` says. */
async function complaintAbout(folder: string): Promise<string> {
  const error: unknown = await readModel(folder).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ModelFileError)
  return error instanceof Error ? error.message : ''
}

/** Replaces text in the manifest, with a checksum that fits if `sealed`. */
async function edit(folder: string, from: string, to: string, { sealed = false } = {}): Promise<void> {
  const path = join(folder, 'model.json')
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  const edited = text.replace(from, to)
  const content = JSON.stringify(JSON.parse(edited).content)
  await writeFile(path, sealed ? JSON.stringify({ sha256: sha256(content), content: JSON.parse(content) }) : edited)
}

describe('saveModel() and loadModel()', () => {
  it('give back the same model: integers, accents, numbers and weights, bit for bit', async () => {
    const model = modelNamed('rings')
    await saveModel(directory, model)
    expect(await loadModel(directory, 'rings')).toEqual(model)
    expect(await readModel(join(directory, 'rings', '1', 'model.json'))).toEqual(model)
  })

  it('give back a regression with a mask per channel, several targets and an edge network', async () => {
    const model = regressionModel()
    await saveModel(directory, model)
    const loaded = await loadModel(directory, 'sizes')
    expect(loaded).toEqual(model)
    expect(networkShapeOf(loaded)).toEqual({
      ...{ variant: 'm-smg', readout: 'mean', task: 'regression', layers: 2, hidden: 8, inputProjection: true },
      ...{ featureCount: featureSchema.featureCount, typeCount: 3, edgeFeatureCount: 1, edgeHidden: 5, outputCount: 2 },
    })
  })

  it('give back how good its masks are, and leave out what was never measured', async () => {
    const maskQuality = {
      ...{ graphCount: 7, share: 0.2, sparsity: [0.5, 0.25], rocAuc: [0.9, 1], truthProperty: 'inRing' },
      ...{ deletionFidelity: [0.5, 0.25], randomDeletionFidelity: 0.125, stability: null },
      ...{ insertionFidelity: [0.1, 1e-9], randomInsertionFidelity: 0.4 },
    }
    await saveModel(directory, { ...modelNamed('rings'), maskQuality })
    await saveModel(directory, modelNamed('rings', '2'))
    expect((await loadModel(directory, 'rings', '1')).maskQuality).toEqual(maskQuality)
    expect(await loadModel(directory, 'rings')).not.toHaveProperty('maskQuality')
  })

  it('store the weights as little-endian float32 in the order of the manifest', async () => {
    const model = modelNamed('rings')
    const folder = await saveModel(directory, model)
    const bytes = await readFile(join(folder, 'weights.bin'))
    const first = model.weights['input.weight']?.data ?? new Float32Array()
    expect(bytes.readFloatLE(0)).toBe(first[0])
    expect(bytes.readFloatLE(4 * first.length)).toBe(model.weights['input.bias']?.data[0])
  })

  it('load the latest version by number, not by text', async () => {
    for (const version of ['1', '2', '10']) await saveModel(directory, modelNamed('rings', version))
    expect(await versionsOf(directory, 'rings')).toEqual(['1', '2', '10'])
    expect((await loadModel(directory, 'rings')).version).toBe('10')
    expect((await loadModel(directory, 'rings', '2')).version).toBe('2')
    expect(await nextVersion(directory, 'rings')).toBe('11')
    expect(await nextVersion(directory, 'other')).toBe('1')
  })

  it('refuse to overwrite a version', async () => {
    await saveModel(directory, modelNamed('rings'))
    await expect(saveModel(directory, modelNamed('rings'))).rejects.toThrow('that version is there already')
    expect(await readdir(join(directory, 'rings'))).toEqual(['1'])
  })

  it('take any name as text, never as a path', async () => {
    const names = ['../up', '/etc', '..', '.', 'a b', 'ü😀', 'con:*?', '`x`', "it's", '%2e', '__proto__', '.saving-x']
    for (const name of names) {
      const folder = await saveModel(join(directory, 'models'), modelNamed(name))
      expect(folder.startsWith(join(directory, 'models'))).toBe(true)
      expect((await loadModel(join(directory, 'models'), name)).name).toBe(name)
    }
    expect(await readdir(directory)).toEqual(['models'])
    expect((await listModels(join(directory, 'models'))).map(({ name }) => name).sort()).toEqual([...names].sort())
  })

  it.each(['', '\uD800', 'x'.repeat(256), 'é'.repeat(50)])('refuse the name %j', async (name) => {
    await expect(nextVersion(directory, name)).rejects.toThrow(ModelFileError)
  })

  it.each(['0', '01', '../1', '1/..', 'x', ''])('refuse the version %j', async (version) => {
    await saveModel(directory, modelNamed('rings'))
    await expect(saveModel(directory, modelNamed('rings', version))).rejects.toThrow(ModelFileError)
    await expect(loadModel(directory, 'rings', version)).rejects.toThrow('got versions 1')
  })

  it('say what is there where a model is missing', async () => {
    await expect(loadModel(directory, 'rings')).rejects.toThrow(
      new ModelFileError(
        `Cannot load model 'rings' version latest from ${directory}: got no version of it; train it, or name another modelDirectory`,
      ),
    )
  })

  it('notice that a folder was moved to another name', async () => {
    await saveModel(directory, modelNamed('rings'))
    await cp(join(directory, 'rings'), join(directory, 'others'), { recursive: true })
    await expect(loadModel(directory, 'others')).rejects.toThrow("it is of 'rings' version 1; the folder was moved")
  })
})

describe('readModel()', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await saveModel(directory, modelNamed('rings'))
  })

  it('names a missing file', async () => {
    await rm(join(folder, 'weights.bin'))
    expect(await complaintAbout(folder)).toBe(
      `Cannot use model file ${join(folder, 'weights.bin')}: it is missing. Restore it from a copy, or train the model anew`,
    )
    await rm(join(folder, 'model.json'))
    expect(await complaintAbout(folder)).toContain('model.json: it is missing')
  })

  it('notices truncated files', async () => {
    await truncate(join(folder, 'weights.bin'), 100)
    expect(await complaintAbout(folder)).toMatch(/weights\.bin: expected \d+ bytes, got 100/)
    await truncate(join(folder, 'model.json'), 100)
    expect(await complaintAbout(folder)).toContain('model.json: it is not JSON (truncated?)')
  })

  it('notices a single changed bit of the weights', async () => {
    const path = join(folder, 'weights.bin')
    const bytes = await readFile(path)
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
    await writeFile(path, bytes)
    expect(await complaintAbout(folder)).toContain('weights.bin: its checksum does not fit')
  })

  it('notices a changed manifest', async () => {
    await edit(folder, '"accuracy": 0.9', '"accuracy": 0.99')
    expect(await complaintAbout(folder)).toContain('model.json: its checksum does not fit')
  })

  it.each([
    [
      'an unknown format',
      '"format": "smg-model/2"',
      '"format": "smg-model/9"',
      'expected format smg-model/2, got smg-model/9',
    ],
    ['other layers than the weights have', '"layers": 2', '"layers": 3', 'the names and shapes of the network'],
    [
      'a wrong number of features',
      '"maxDegree": 3',
      '"maxDegree": 4',
      'featureCount is not that of its feature groups',
    ],
    ['unknown settings', '"hidden": 8', '"hidden": 8, "exec": "x"', 'Unrecognized key'],
    ['wrong types', '"bestEpoch": 1', '"bestEpoch": "1"', 'expected number'],
  ])('refuses %s even under a checksum that fits', async (_name, from, to, complaint) => {
    await edit(folder, from, to, { sealed: true })
    expect(await complaintAbout(folder)).toContain(complaint)
  })

  it('refuses the format of earlier versions in one clear sentence', async () => {
    await edit(folder, '"format": "smg-model/2"', '"format": "smg-model/1"')
    expect(await complaintAbout(folder)).toBe(
      `Cannot use model file ${join(folder, 'model.json')}: expected format smg-model/2, got smg-model/1; it was written by another version of this program. Restore it from a copy, or train the model anew`,
    )
  })

  it('refuses other JSON', async () => {
    await writeFile(join(folder, 'model.json'), '[1, 2]')
    expect(await complaintAbout(folder)).toContain('it is no model manifest')
  })

  it('names a file that cannot be read', async () => {
    await rm(join(folder, 'weights.bin'))
    await mkdir(join(folder, 'weights.bin'))
    expect(await complaintAbout(folder)).toContain('EISDIR')
  })
})

describe('listModels()', () => {
  it('lists names and versions with their manifests, and says which cannot be used', async () => {
    await saveModel(directory, modelNamed('b'))
    const broken = await saveModel(directory, modelNamed('a', '2'))
    await saveModel(directory, modelNamed('a'))
    await writeFile(join(broken, 'model.json'), '{')
    const listings = await listModels(directory)
    expect(listings.map(({ name, version }) => `${name}:${version}`)).toEqual(['a:1', 'a:2', 'b:1'])
    expect(listings[0]?.manifest).toMatchObject({ name: 'a', metrics: { accuracy: 0.9 } })
    expect(listings[1]?.manifest).toBeInstanceOf(ModelFileError)
  })

  it('passes over folders that are no models, and finds nothing in a folder that is not there', async () => {
    await mkdir(join(directory, 'a', '.saving-abc'), { recursive: true })
    await mkdir(join(directory, 'not encoded'))
    expect(await listModels(directory)).toEqual([])
    expect(await listModels(join(directory, 'nowhere'))).toEqual([])
  })
})
