/** What people read when a model file cannot be used, and that nothing is scored with it. */
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/pipeline/check.ts'
import { sync } from '../../src/pipeline/sync.ts'
import { refusalOf } from './support/refusal.ts'
import { runSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallConfig, smallSettings, syncOptions } from './support/small-projection.ts'
import { snapshotOf } from './support/snapshot.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
// Of those in the database, nobody needs the files.
const inFolder = { modelStore: 'folder' }
const config = () => smallConfig(join(place.folder, 'models'), inFolder)
const modelFolder = () => join(place.folder, 'models', 'shapes', '1')

/** Ways to spoil a file, and the reason that is given for not using it. */
const damages: readonly (readonly [string, (file: string) => Promise<void>, string | RegExp])[] = [
  ['missing', (file) => rm(file), 'it is missing'],
  ['empty', (file) => truncate(file, 0), /^(it is not JSON \(truncated\?\)|expected \d+ bytes, got 0)$/],
  [
    'truncated',
    async (file) => truncate(file, Math.floor((await readFile(file)).length / 2)),
    /^(it is not JSON \(truncated\?\)|expected \d+ bytes, got \d+)$/,
  ],
  [
    'unreadable',
    async (file) => {
      await rm(file)
      await mkdir(file)
    },
    /^EISDIR/,
  ],
]

async function flipOneBit(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
  await writeFile(file, bytes)
}

async function changeAccuracy(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/"accuracy": [0-9.]+/, '"accuracy": 0.123'))
}

const changed = 'its checksum does not fit; it was changed after it was written'

describe('a model file', () => {
  it('that cannot be used is named, with exit code 1, and nothing is written', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, config(), syncOptions('run-1'))
    await place.database.execute("MATCH (n:Atom {atomId: 'm3-1'}) SET n.charge = 0.5", {})
    const before = await snapshotOf(place.database)
    const weights = join(modelFolder(), 'weights.bin')
    const manifest = join(modelFolder(), 'model.json')
    const tampering = [
      ['changed by a bit', weights, flipOneBit, changed],
      ['edited', manifest, changeAccuracy, changed],
    ] as const
    const spoiling = [weights, manifest].flatMap((file) =>
      damages.map(([name, spoil, reason]) => [name, file, spoil, reason] as const),
    )
    for (const [name, file, spoil, reason] of [...tampering, ...spoiling]) {
      const sound = await readFile(file)
      await spoil(file)
      const { exitCode, message } = await refusalOf(sync(place.database, config(), syncOptions('run-2')))
      expect({ name, exitCode }).toEqual({ name, exitCode: 1 })
      const [, named, given] =
        /^Cannot use model file (.*?): (.*)\. Restore it from a copy, or train the model anew$/.exec(message) ?? []
      expect(named).toBe(file)
      expect(given).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason))
      expect(await refusalOf(check(place.database, config(), {}))).toEqual({ exitCode, message })
      await rm(file, { recursive: true, force: true })
      await writeFile(file, sound)
    }
    expect(await snapshotOf(place.database)).toEqual(before)
    const afterMending = await sync(place.database, config(), syncOptions('run-2'))
    expect(afterMending).toMatchObject({ trained: false, scored: 1, unchanged: 11, failed: 0 })
  })

  it('that was tampered with ends the smg command with 1 and one sentence', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, config(), syncOptions('run-1'))
    await writeFile(join(place.folder, 'smg.config.yaml'), JSON.stringify(smallSettings('models', inFolder)))
    await flipOneBit(join(modelFolder(), 'weights.bin'))
    expect(await runSmg(['sync'], { cwd: place.folder })).toEqual({
      code: 1,
      stdout: '',
      stderr: `Cannot use model file ${join('models', 'shapes', '1', 'weights.bin')}: ${changed}. Restore it from a copy, or train the model anew\n`,
    })
  })

  it('that was made for other features is refused with exit code 2, and nothing is written', async () => {
    await createSmallGraphs(place.database)
    await sync(place.database, config(), syncOptions('run-1'))
    const before = await snapshotOf(place.database)
    const other = smallConfig(config().modelDirectory, { ...inFolder, featureProperties: ['charge'] })
    expect(await refusalOf(sync(place.database, other, syncOptions('run-2')))).toEqual({
      exitCode: 2,
      message: expect.stringMatching(
        /^Cannot score with the model shapes:1: it was trained with the features element \(oneHot\), charge \(standardize\), the configuration asks for charge \(auto\).*; train a new version with --retrain, or give the configuration another modelName$/,
      ),
    })
    expect(await snapshotOf(place.database)).toEqual(before)
  })
})
