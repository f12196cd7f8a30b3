import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, InterruptedError, SmgError } from '../../../src/errors.ts'
import type { LabelledGraphs } from '../../../src/pipeline/evaluate/dataset-graphs.ts'
import { type EvaluateOptions, evaluateGraphs } from '../../../src/pipeline/evaluate/evaluate-graphs.ts'
import { searchTrials, type Trial } from '../../../src/pipeline/evaluate/search-trials.ts'
import type { EvaluationSummary } from '../../../src/pipeline/evaluate/summary.ts'
import { ringsAndChains } from './support/rings-and-chains.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-evaluate-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type TestOptions = EvaluateOptions & { readonly trials?: readonly Trial[] }

const options = (name: string, changes: Partial<TestOptions> = {}): TestOptions => ({
  protocol: 'gin',
  folds: 3,
  repeats: 1,
  randomSeed: 1,
  validationFraction: 0.2,
  folder: join(folder, name),
  processes: 1,
  ...changes,
})

/** Of the model alone. */
async function evaluated(graphs: LabelledGraphs, { trials, ...rest }: TestOptions): Promise<EvaluationSummary> {
  const [summary] = await evaluateGraphs(graphs, [{ kind: 'smg', trials }], rest)
  if (summary === undefined) throw new Error('expected a summary')
  return summary
}

/** All but the times. */
const withoutTimes = ({ folds, ...rest }: EvaluationSummary) => ({
  ...rest,
  folds: folds.map(({ trainSeconds: _, ...fold }) => fold),
})

describe('evaluateGraphs()', () => {
  it('tests every graph once by protocol gin, at the epoch that is best over all folds', async () => {
    const summary = await evaluated(ringsAndChains(24), options('gin'))
    expect(summary.confusion?.flat().reduce((sum, count) => sum + count)).toBe(24)
    const epochs = new Set(summary.folds.map(({ epoch }) => epoch))
    expect(epochs.size).toBe(1)
    const [epoch = 0] = epochs
    const means = Array.from({ length: 6 }, (_, at) =>
      summary.folds.reduce((sum, { curves }) => sum + (curves.test[at] ?? 0) / 3, 0),
    )
    expect(summary.measures['accuracy']?.mean).toBeCloseTo(Math.max(...means), 12)
    expect(means[epoch - 1]).toBeCloseTo(Math.max(...means), 12)
    for (const { validation } of summary.folds) expect(validation).toBeNull()
    // What is done is not done again.
    const records = (await readdir(join(folder, 'gin'))).filter((name) => name.startsWith('smg-repeat-1-fold-'))
    const changes = () => Promise.all(records.map(async (name) => (await stat(join(folder, 'gin', name))).mtimeMs))
    const before = await changes()
    expect(await evaluated(ringsAndChains(24), options('gin'))).toEqual(summary)
    expect(await changes()).toEqual(before)
    expect(records).toHaveLength(3)
  })

  it('chooses each epoch on a validation part by protocol nested, and gives the same for the same seed', async () => {
    const graphs = ringsAndChains(30)
    const [one, two] = [
      await evaluated(graphs, options('one', { protocol: 'nested', repeats: 2 })),
      await evaluated(graphs, options('two', { protocol: 'nested', repeats: 2, processes: 2 })),
    ]
    expect(withoutTimes(two)).toEqual(withoutTimes(one))
    expect(one.folds.map(({ repeat, fold }) => [repeat, fold])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
    ])
    for (const { validation } of one.folds) expect(validation).not.toBeNull()
  })

  it('stops a fold of protocol nested whose validation loss gets no lower', async () => {
    const training = { epochs: 40, patience: 1, batchSize: 8, learningRate: 0.5, concurrency: 1 }
    const summary = await evaluated(ringsAndChains(30, { training }), options('patience', { protocol: 'nested' }))
    for (const { epoch, epochs } of summary.folds) expect([epoch + 1, 40]).toContain(epochs)
    expect(Math.min(...summary.folds.map(({ epochs }) => epochs))).toBeLessThan(40)
  })

  it('goes on after an interruption, and ends with the same numbers', async () => {
    const graphs = ringsAndChains(24, { training: { epochs: 40, batchSize: 8, concurrency: 1 } })
    const undisturbed = await evaluated(graphs, options('undisturbed'))
    let interruptions = 0
    for (const after of [5, 90]) {
      const interrupt = new AbortController()
      const { signal } = interrupt
      const onEpoch = (done: number) => {
        if (done >= after) interrupt.abort()
      }
      const attempt = evaluated(graphs, options('disturbed', { signal, onEpoch, saveEveryMillis: 1 }))
      await attempt.then(undefined, (thrown: unknown) => {
        expect(thrown).toEqual(
          new InterruptedError('Interrupted while evaluating; the same command goes on where it was'),
        )
        interruptions++
      })
    }
    expect(interruptions).toBe(2)
    const resumed = await evaluated(graphs, options('disturbed'))
    expect(withoutTimes(resumed)).toEqual(withoutTimes(undisturbed))
  })

  it('goes on to more epochs than were wanted at first, and takes fewer of those that there are', async () => {
    const of = (epochs: number) => ringsAndChains(24, { training: { epochs, batchSize: 8, concurrency: 1 } })
    const at = (epochs: number, name: string) => evaluated(of(epochs), options(name, { withTrainingCurve: true }))
    const [five, three] = [await at(5, 'five'), await at(3, 'three')]
    expect(three.folds.map(({ curves }) => curves.train?.length)).toEqual([3, 3, 3])
    expect(withoutTimes(await at(5, 'three'))).toEqual(withoutTimes(five))
    expect(withoutTimes(await at(3, 'three'))).toEqual(withoutTimes(three))
  })

  it('searches settings on validation data, and goes on with a search that was ended', async () => {
    const search = { maxTrials: 5, parameters: { learningRate: [0.3, 0.03, 0.003], layers: [1, 2] } }
    const training = { epochs: 14, batchSize: 8, learningRate: 0.01, concurrency: 1 }
    const graphs = ringsAndChains(30, { training, evaluation: { search } })
    const trials = searchTrials(graphs.config, 1)
    const nested = (name: string, signal?: AbortSignal, onEpoch?: (done: number) => void) =>
      evaluated(graphs, options(name, { protocol: 'nested', folds: 2, trials, processes: 2, signal, onEpoch }))
    const interrupt = new AbortController()
    const disturbed = nested('disturbed', interrupt.signal, (done) => {
      if (done > 70) interrupt.abort()
    })
    await expect(disturbed).rejects.toThrow(InterruptedError)
    const [resumed, undisturbed] = [await nested('disturbed'), await nested('undisturbed')]
    expect(withoutTimes(resumed)).toEqual(withoutTimes(undisturbed))
    const outcomes = resumed.trials ?? []
    expect(outcomes.map(({ parameters }) => parameters)).toEqual(trials.map(({ parameters }) => parameters))
    expect(outcomes.reduce((sum, { chosenIn }) => sum + chosenIn, 0)).toBe(2)
    expect(outcomes.reduce((sum, { endedEarlyIn }) => sum + endedEarlyIn, 0)).toBeGreaterThan(0)
    for (const { validation } of resumed.folds) expect(validation?.loss).toBeLessThan(Math.log(2))
  })

  it('searches nothing by protocol gin, which has no validation data', async () => {
    const graphs = ringsAndChains(24)
    const trials = [1, 2].map((layers) => ({ parameters: { layers }, config: graphs.config }))
    await expect(evaluated(graphs, options('gin', { trials }))).rejects.toThrow(ConfigError)
  })

  it('names the fold whose training diverges', async () => {
    const training = { epochs: 3, batchSize: 8, learningRate: 1e30, concurrency: 1 }
    const attempt = evaluated(ringsAndChains(24, { training }), options('diverges'))
    await expect(attempt).rejects.toThrow(SmgError)
    await expect(attempt).rejects.toThrow(/^Cannot evaluate fold \d: Cannot train further: /)
  })

  it('measures a regression in the units of its target', async () => {
    const graphs = ringsAndChains(24, { model: { task: 'regression', layers: 2, hidden: 8 } })
    const sized = {
      ...graphs,
      graphs: graphs.graphs.map((table) => ({ ...table, target: BigInt(table.members.length) })),
    }
    const { measures, confusion } = await evaluated(sized, options('regression'))
    expect(Object.keys(measures)).toEqual(['loss', 'meanAbsoluteError', 'rootMeanSquaredError', 'rSquared'])
    expect(measures['meanAbsoluteError']?.mean).toBeLessThan(3)
    expect(confusion).toBeNull()
  })
})
