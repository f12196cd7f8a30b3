import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { modelSchema, trainingSchema } from '../../src/config/schema.ts'
import { InterruptedError } from '../../src/errors.ts'
import { createFeatureSchema } from '../../src/graph/feature-schema.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { networkShape, type TrainedModel } from '../../src/model/model.ts'
import { predictGraphs } from '../../src/model/predict.ts'
import { createScorer, type Scorer } from '../../src/scoring/score.ts'
import { randomGraph, randomNetwork } from '../model/support/graphs.ts'

const options = modelSchema.parse({ modelName: 'random', layers: 2, hidden: 4 })
const featureSchema = createFeatureSchema([{ kind: 'none', property: 'position', list: true, length: 3 }])
const network = randomNetwork(1, networkShape(options, { featureCount: 3, outputCount: 2 }))

const model: TrainedModel = {
  name: 'random',
  version: '1',
  createdAt: '2026-01-01T00:00:00.000Z',
  options,
  training: trainingSchema.parse({}),
  targetProperty: 'y',
  classes: [-7n, 12n],
  targetScaling: null,
  orientation: 'UNDIRECTED',
  featureSchema,
  split: { train: [], validation: [], test: [] },
  metrics: { loss: 0, accuracy: 1, f1Macro: 1, f1Weighted: 1, rocAuc: null },
  history: [],
  bestEpoch: 1,
  weights: network.weights,
}

let scorer: Scorer
const scorerOf = (scored: TrainedModel) => {
  scorer = createScorer(scored)
  return scorer
}

describe('createScorer()', () => {
  beforeAll(async () => {
    await loadBackend()
  })
  afterEach(() => scorer.dispose())

  it('names the class, and tells whose masks there are, graph by graph in their order', async () => {
    const graphs = [4, 1, 6, 3].map((size) => randomGraph(size, size))
    const scores = await scorerOf(model).score(graphs)
    const predictions = await predictGraphs(network, graphs)
    expect(scores).toEqual(
      predictions.map(({ outcome, ...prediction }, i) => {
        if ('values' in outcome) throw new Error('expected classes')
        const { classIndex, ...rest } = outcome
        const nodeKeys = graphs[i]?.nodeKeys
        return { ...prediction, ...rest, prediction: ['-7', '12'][classIndex], nodeKeys, layers: 2 }
      }),
    )
    expect(scores.map(({ key, masks, maskChannels }) => [key, masks.length, maskChannels])).toEqual([
      ['g4', 8, null],
      ['g1', 2, null],
      ['g6', 12, null],
      ['g3', 6, null],
    ])
  })

  it('gives the number of a regression in the units of the target', async () => {
    const regression = modelSchema.parse({ ...options, task: 'regression' })
    const shape = networkShape(regression, { featureCount: 3, outputCount: 1 })
    const targetScaling = { mean: [100], std: [10] }
    const { weights } = randomNetwork(2, shape)
    const graphs = [randomGraph(1, 5)]
    const [standardised] = await predictGraphs({ shape, weights, targetScaling: { mean: [0], std: [1] } }, graphs)
    const [score] = await scorerOf({ ...model, options: regression, classes: [], targetScaling, weights }).score(graphs)
    const [output = Number.NaN] = standardised && 'values' in standardised.outcome ? standardised.outcome.values : []
    expect(score).toMatchObject({ prediction: 100 + 10 * output, probability: null, probabilities: null })
  })

  it('gives the masks of all channels, and their means, where there is one per channel', async () => {
    const multiChannel = modelSchema.parse({ ...options, variant: 'm-smg' })
    const { weights } = randomNetwork(3, networkShape(multiChannel, { featureCount: 3, outputCount: 2 }))
    const [score] = await scorerOf({ ...model, options: multiChannel, weights }).score([randomGraph(1, 5)])
    // 2 layers, 5 members, 4 channels.
    expect([score?.masks.length, score?.maskChannels?.length]).toEqual([10, 40])
    const ofFirst = Array.from(score?.maskChannels?.subarray(0, 4) ?? [])
    expect(score?.masks[0]).toBeCloseTo(
      ofFirst.reduce((sum, mask) => sum + mask / 4, 0),
      6,
    )
  })

  it('gives nothing for no graphs', async () => {
    expect(await scorerOf(model).score([])).toEqual([])
  })

  it('ends when it is interrupted', async () => {
    const scored = scorerOf(model).score([randomGraph(1, 3)], { signal: AbortSignal.abort() })
    await expect(scored).rejects.toBeInstanceOf(InterruptedError)
  })
})
