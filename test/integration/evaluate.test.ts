/** `smg evaluate` as people run it: on the graphs of a database, killed on the way, and what the catalog has of it. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { removeEverything } from '../../src/write-back/remove.ts'
import { runSmg, startSmg } from './support/run-smg.ts'
import { createSmallGraphs, smallSettings } from './support/small-projection.ts'
import { workPlace } from './support/work-place.ts'

const place = workPlace()
const graphCount = 12

beforeEach(async () => {
  await createSmallGraphs(place.database)
})

async function configure(folder: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const settings = smallSettings('models', {
    training: { epochs: 5, batchSize: 8, learningRate: 0.01, concurrency: 1, randomSeed: 3, validationFraction: 0.3 },
    evaluation: { validationFolds: 2, concurrency: 1 },
    ...changes,
  })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'smg.config.yaml'), JSON.stringify(settings))
}

async function evaluated(...words: string[]) {
  const { code, stdout, stderr } = await runSmg(['evaluate', '--json', ...words], { cwd: place.folder })
  expect({ words, code, stderr }).toEqual({
    words,
    code: 0,
    stderr: expect.stringMatching(/^(\S+: \d+ of \d+ \w+\n)*$/),
  })
  return withoutTimes(JSON.parse(stdout))
}

/** All but what differs from run to run. */
function withoutTimes(evaluation: unknown): unknown {
  return JSON.parse(JSON.stringify(evaluation, (name, value: unknown) => (name === 'trainSeconds' ? null : value)))
}

const rows = async (statement: string) => (await place.database.query(statement, {})).rows

describe('smg evaluate', () => {
  it('compares the model with baselines on the same folds, keeps the outcome in the catalog once, and writes a page', async () => {
    await configure(place.folder)
    const report = join(place.folder, 'report.html')
    const evaluation = await evaluated('--protocol', 'gin', '--compare', 'linear,smg-1,linear', '--report', report)
    expect(evaluation).toMatchObject({
      name: 'molecules',
      targetProperty: 'shape',
      protocol: 'gin',
      validationFolds: 2,
      graphCount,
      classes: ['chain', 'ring'],
      models: [
        { learner: 'smg', difference: null },
        { learner: 'linear', difference: { measure: 'accuracy', interval: [expect.any(Number), expect.any(Number)] } },
        { learner: 'smg-1' },
      ],
    })
    const page = await readFile(report, 'utf8')
    expect(page).toContain('<title>Evaluation of molecules</title>')
    expect(page).not.toMatch(/<script|<link|src=|href=/)
    // Everything is known, so that this trains nothing and says the same.
    expect(await evaluated('--protocol', 'gin', '--compare', 'linear,smg-1')).toEqual(evaluation)
    const kept = await rows(
      'MATCH (e:SmgEvaluation) RETURN e.learner AS learner, e.protocol AS protocol, e.graphCount AS graphs, size(e.accuracyFolds) AS folds, e.accuracy >= 0 AS measured, e.difference IS NULL AS isFirst ORDER BY e.place',
    )
    expect(kept).toEqual([
      ['smg', 'gin', 12n, 2n, true, true],
      ['linear', 'gin', 12n, 2n, true, false],
      ['smg-1', 'gin', 12n, 2n, true, false],
    ])
    const { stdout } = await runSmg(['evaluations', 'list', '--json'], { cwd: place.folder })
    expect(JSON.parse(stdout).map(({ model }: { model: string }) => model)).toEqual(['smg-jk', 'linear', 'smg-1'])
    const removed = await removeEverything(place.database, 'smg')
    expect(removed).toMatchObject({ catalogNodesDeleted: 3, constraintsDropped: ['smg_evaluation_key'] })
  })

  it('ends with the same numbers when it is killed at three moments and called again', async () => {
    const settings = {
      training: { epochs: 40, batchSize: 2, learningRate: 0.01, concurrency: 1, validationFraction: 0.3 },
    }
    await configure(place.folder, settings)
    const records = join(place.folder, '.smg', 'evaluations', 'molecules')
    for (const moment of [/^graphs-/, /^smg-repeat-1-fold-1-.*\.bin$/, /^smg-repeat-1-fold-2-.*\.bin$/]) {
      const { child, ended } = startSmg(['evaluate'], { cwd: place.folder })
      let isOver = false
      ended.finally(() => {
        isOver = true
      })
      while (!(await filesIn(records)).some((name) => moment.test(name))) expect(isOver).toBe(false)
      child.kill('SIGKILL')
      await ended
    }
    const resumed = await evaluated()
    const undisturbed = join(place.folder, 'undisturbed')
    await configure(undisturbed, settings)
    const { stdout } = await runSmg(['evaluate', '--json'], { cwd: undisturbed })
    expect(resumed).toEqual(withoutTimes(JSON.parse(stdout)))
  })

  it('searches settings on the folds that files give, and prints which ones to train with', async () => {
    const search = { strategy: 'grid', parameters: { hidden: [4, 8] } }
    await configure(place.folder, { evaluation: { validationFolds: 9, concurrency: 1, search } })
    const folds = join(place.folder, 'folds')
    await mkdir(folds)
    await writeFile(join(folds, 'test_idx-1.txt'), 'm1\nm2\nm3\nm4\n')
    await writeFile(join(folds, 'test_idx-2.txt'), 'm5\nm6\nm7\nm8\nm9\n')
    const words = ['evaluate', '--search', '--fold-files', 'folds']
    const { code, stdout } = await runSmg(words, { cwd: place.folder })
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^molecules: 12 graphs, 2 folds, protocol nested: chosen on validation data alone\n/,
      ),
    })
    expect(stdout).toMatch(/Lowest mean validation loss: settings \d; to train with them, set hidden: [48]\n/)
  })
})

async function filesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}
