import { beforeAll, describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { evaluateNetwork } from '../../src/model/evaluate.ts'
import type { NetworkShape } from '../../src/model/parameters.ts'
import { type TrainingInput, trainNetwork } from '../../src/model/train.ts'
import { randomGraph, shape as smallShape, withEdgeFeatures } from './support/graphs.ts'

const shape: NetworkShape = { ...smallShape, layers: 2, task: 'regression', outputCount: 2 }

/** A random graph of 3 to 9 nodes with equal features. Targets: its number of edges, and a thousand for each node. */
function countedGraph(seed: number): EncodedGraph {
  const graph = randomGraph(seed, 3 + (seed % 7))
  return {
    ...graph,
    x: graph.x.map(() => 1),
    targets: [graph.source.length / 2, 1000 * graph.nodeCount],
  }
}

const graphs = Array.from({ length: 120 }, (_, seed) => countedGraph(seed))
const [train, validation, test] = [graphs.slice(0, 80), graphs.slice(80, 100), graphs.slice(100)]

function input(options: object = {}, overrides: Partial<TrainingInput> = {}): TrainingInput {
  const parsed = trainingSchema.parse({ epochs: 3, batchSize: 16, learningRate: 5e-3, randomSeed: 1, ...options })
  return { shape, dropout: 0, options: parsed, train, validation, ...overrides }
}

describe('trainNetwork() of a regression', () => {
  beforeAll(async () => {
    await loadBackend()
  })

  it('learns two targets of very different units, and reports errors in these units', async () => {
    const result = await trainNetwork(input({ epochs: 60 }))
    const metrics = await evaluateNetwork({ shape, ...result }, test)
    if (!('meanAbsoluteError' in metrics)) throw new Error('Cannot go on: expected the metrics of a regression')
    // Guessing the means is off by 4 edges and 1,700 units. 60 units of error are 120 for the nodes, and none for the edges.
    expect(metrics.meanAbsoluteError).toBeLessThan(60)
    expect(metrics.loss).toBeLessThan(0.02)
    const best = result.history[result.bestEpoch - 1]
    const measured = await evaluateNetwork({ shape, ...result }, validation)
    expect(measured.loss).toBeCloseTo(best?.validationLoss ?? 0, 5)
    expect(measured).toMatchObject({
      meanAbsoluteError: expect.closeTo(best?.validationMeanAbsoluteError ?? 0, 1),
    })
    expect(best?.validationAccuracy).toBeNull()
  })

  it('learns a number of edges to a fraction of one', async () => {
    const edgesOnly = (part: readonly EncodedGraph[]) =>
      part.map((graph) => ({ ...graph, targets: [graph.targets?.[0] ?? 0] }))
    const parts = { shape: { ...shape, outputCount: 1 }, train: edgesOnly(train), validation: edgesOnly(validation) }
    const result = await trainNetwork(input({ epochs: 60 }, parts))
    const metrics = await evaluateNetwork({ shape: parts.shape, ...result }, edgesOnly(test))
    expect(metrics).toMatchObject({ meanAbsoluteError: expect.toSatisfy((error: number) => error < 0.5) })
  })

  it('takes the scaling of the targets from the training graphs alone', async () => {
    const { targetScaling } = await trainNetwork(
      input(
        { epochs: 1 },
        {
          train: train.map((graph, g) => ({ ...graph, targets: [g % 2 === 0 ? 1 : 3, 7] })),
          validation: validation.map((graph) => ({ ...graph, targets: [1e6, 0] })),
        },
      ),
    )
    expect(targetScaling).toEqual({ mean: [expect.closeTo(2, 9), 7], std: [expect.closeTo(1, 9), 1] })
  })

  it('has no dropout: it is part of the classifier', async () => {
    expect(await trainNetwork(input({}, { dropout: 0.5 }))).toEqual(await trainNetwork(input()))
  })

  it('trains on edge features, bit for bit the same for the same seed', async () => {
    const featured = {
      shape: { ...shape, edgeFeatureCount: 2 },
      train: train.map(withEdgeFeatures),
      validation: validation.map(withEdgeFeatures),
    }
    const first = await trainNetwork(input({}, featured))
    expect(await trainNetwork(input({}, featured))).toEqual(first)
    const [start, end] = [first.history[0], first.history.at(-1)]
    expect(end?.trainLoss).toBeLessThan(start?.trainLoss ?? 0)
  })

  it('refuses graphs without targets, and with others than the network has', async () => {
    const without = { validation: [randomGraph(7, 3)] }
    await expect(trainNetwork(input({}, without))).rejects.toThrow('graph g7: expected 2 targets, got none')
    const three = { shape: { ...shape, outputCount: 3 } }
    await expect(trainNetwork(input({}, three))).rejects.toThrow('graph g0: expected 3 targets, got 2')
  })
})
