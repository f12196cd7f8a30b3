import { beforeAll, describe, expect, it } from 'vitest'
import { modelSchema, trainingSchema } from '../../src/config/schema.ts'
import { InterruptedError } from '../../src/errors.ts'
import { createFeatureSchema } from '../../src/graph/feature-schema.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { networkShape, type TrainedModel } from '../../src/model/model.ts'
import { predictGraphs } from '../../src/model/predict.ts'
import { scoreGraphs } from '../../src/scoring/score.ts'
import { randomGraph, randomNetwork } from '../model/support/graphs.ts'

const options = modelSchema.parse({ modelName: 'random', layers: 2, hidden: 4 })
const featureSchema = createFeatureSchema([{ kind: 'none', property: 'position', list: true, length: 3 }])
const network = randomNetwork(1, networkShape(options, 3, 2))

const model: TrainedModel = {
  name: 'random',
  version: '1',
  createdAt: '2026-01-01T00:00:00.000Z',
  options,
  training: trainingSchema.parse({}),
  targetProperty: 'y',
  classes: [-7n, 12n],
  orientation: 'UNDIRECTED',
  featureSchema,
  split: { train: [], validation: [], test: [] },
  metrics: { loss: 0, accuracy: 1, f1Macro: 1, f1Weighted: 1, rocAuc: null },
  history: [],
  bestEpoch: 1,
  weights: network.weights,
}

describe('scoreGraphs()', () => {
  beforeAll(async () => {
    await loadBackend()
  })

  it('names the class, and tells whose masks there are, graph by graph in their order', async () => {
    const graphs = [4, 1, 6, 3].map((size) => randomGraph(size, size))
    const scores = await scoreGraphs(model, graphs)
    const predictions = await predictGraphs(network, graphs)
    expect(scores).toEqual(
      predictions.map(({ classIndex, ...prediction }, i) => ({
        ...prediction,
        prediction: ['-7', '12'][classIndex],
        nodeKeys: graphs[i]?.nodeKeys,
        layers: 2,
      })),
    )
    expect(scores.map(({ key, masks }) => [key, masks.length])).toEqual([
      ['g4', 8],
      ['g1', 2],
      ['g6', 12],
      ['g3', 6],
    ])
  })

  it('gives nothing for no graphs', async () => {
    expect(await scoreGraphs(model, [])).toEqual([])
  })

  it('ends when it is interrupted', async () => {
    await expect(scoreGraphs(model, [randomGraph(1, 3)], AbortSignal.abort())).rejects.toBeInstanceOf(InterruptedError)
  })
})
