import { beforeAll, describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { evaluateNetwork } from '../../src/model/evaluate.ts'
import { predictGraphs } from '../../src/model/predict.ts'
import { numbersOf } from './support/expect-prediction.ts'
import { randomGraph, randomNetwork } from './support/graphs.ts'

const scaling = { mean: [10, -1], std: [2, 0.5] }
const network = randomNetwork(1)
const regression = randomNetwork(1, { task: 'regression', outputCount: 2 }, scaling)
const graphs = [0, 1, 1, 0].map((y, seed) => randomGraph(seed, 3 + seed, y))

describe('evaluateNetwork()', () => {
  beforeAll(async () => {
    await loadBackend({ backend: 'cpu' })
  })

  it('measures classes: the mean cross-entropy of what is predicted, and how much of it is right', async () => {
    const rows = (await predictGraphs(network, graphs)).map(({ outcome }) => numbersOf(outcome))
    const losses = rows.map((row, g) => -Math.log(row[graphs[g]?.y ?? 0] ?? 0))
    const right = rows.filter(([first = 0, second = 0], g) => Number(second > first) === graphs[g]?.y).length
    const metrics = await evaluateNetwork(network, graphs)
    expect(metrics).toMatchObject({ accuracy: right / 4 })
    expect(metrics.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 4, 12)
  })

  it('measures targets: errors in their own units, and the loss of the standardised ones, mean over targets', async () => {
    const rows = (await predictGraphs(regression, graphs)).map(({ outcome }) => numbersOf(outcome))
    // Off by 4 units (2 deviations) in the first target of every graph, by 0.5 units (1 deviation) in the second.
    const wanted = graphs.map((graph, g) => ({
      ...graph,
      targets: [(rows[g]?.[0] ?? 0) + 4, (rows[g]?.[1] ?? 0) - 0.5],
    }))
    const metrics = await evaluateNetwork(regression, wanted)
    if (!('meanAbsoluteError' in metrics)) throw new Error('Cannot go on: expected the metrics of a regression')
    expect(metrics.meanAbsoluteError).toBeCloseTo((4 + 0.5) / 2, 9)
    expect(metrics.rootMeanSquaredError).toBeCloseTo((4 + 0.5) / 2, 9)
    expect(metrics.loss).toBeCloseTo((2 ** 2 + 1 ** 2) / 2, 9)
  })

  it('refuses graphs without a class or targets, and no graphs', async () => {
    const plain = randomGraph(7, 3)
    await expect(evaluateNetwork(network, [plain])).rejects.toThrow('g7 has no class of the model')
    await expect(evaluateNetwork(regression, [plain])).rejects.toThrow('graph g7: expected 2 targets, got none')
    await expect(evaluateNetwork(network, [])).rejects.toThrow('expected graphs, got none')
  })

  it('ends when it is interrupted, naming what was being done', async () => {
    const measuring = evaluateNetwork(network, graphs, { signal: AbortSignal.abort(), phase: 'training' })
    await expect(measuring).rejects.toThrow(InterruptedError)
    await expect(measuring).rejects.toThrow('Interrupted while training')
  })
})
