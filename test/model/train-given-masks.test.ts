import { beforeAll, describe, expect, it } from 'vitest'
import { trainingSchema } from '../../src/config/schema.ts'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { initialParameters, weightsFromFlat } from '../../src/model/parameters.ts'
import { type GivenMasks, subgraphMasks } from '../../src/model/preassigned.ts'
import { trainNetwork } from '../../src/model/train.ts'
import { graphOf, shape, starOrRing } from './support/graphs.ts'

const options = trainingSchema.parse({ epochs: 3, batchSize: 8, learningRate: 1e-2, randomSeed: 1 })
const alone = Array.from({ length: 30 }, (_, seed) => starOrRing(seed))
/** The same graphs, each with two more nodes that hang on its first and last node and on each other. */
const within = alone.map(withTwoMore)

function withTwoMore({ key, x, source, target, nodeCount, y }: EncodedGraph): EncodedGraph {
  const [first, second] = [nodeCount, nodeCount + 1]
  const inside = Array.from(source, (u, e): [number, number] => [u, target[e] ?? 0])
  const outside: [number, number][] = [
    [0, first],
    [nodeCount - 1, second],
    [first, second],
  ]
  const edges = [...inside, ...outside, ...outside.map(([u, v]): [number, number] => [v, u])]
  return graphOf(String(key), Float32Array.from([...x, ...Array.from({ length: 6 }, () => 2)]), edges, y)
}

function train(graphs: readonly EncodedGraph[], givenMasks: ReadonlyMap<EncodedGraph, GivenMasks>) {
  return trainNetwork({
    shape,
    dropout: 0,
    options,
    train: graphs.slice(0, 24),
    validation: graphs.slice(24),
    givenMasks,
  })
}

describe('trainNetwork() with given masks', () => {
  beforeAll(async () => {
    await loadBackend()
  })

  it('learns of a subgraph with mask 1, all else with mask 0, what it learns of the subgraph alone', async () => {
    const allOnes = new Map(
      alone.map((graph) => [
        graph,
        subgraphMasks(
          graph.nodeKeys.map(() => true),
          shape.layers,
        ),
      ]),
    )
    const onlyOld = new Map(
      within.map((graph) => [
        graph,
        subgraphMasks(
          graph.nodeKeys.map((_, v) => v < graph.nodeCount - 2),
          shape.layers,
        ),
      ]),
    )
    const [small, large] = [await train(alone, allOnes), await train(within, onlyOld)]
    expect(small.history.length).toBe(3)
    small.history.forEach(({ trainLoss, validationLoss }, epoch) => {
      expect(large.history[epoch]?.trainLoss).toBeCloseTo(trainLoss, 5)
      expect(large.history[epoch]?.validationLoss).toBeCloseTo(validationLoss, 5)
    })
    const learned = await train(within, new Map())
    expect(learned.history[0]?.trainLoss).not.toBeCloseTo(small.history[0]?.trainLoss ?? 0, 3)
  })

  it('leaves the mask networks as they were where all masks are given', async () => {
    const given = new Map(
      alone.map((graph) => [
        graph,
        subgraphMasks(
          graph.nodeKeys.map(() => true),
          shape.layers,
        ),
      ]),
    )
    const { weights } = await train(alone, given)
    const initial = weightsFromFlat(shape, initialParameters(shape, createRandom(1, 'weights')))
    expect(weights['layers.1.mask.l2.weight']).toEqual(initial['layers.1.mask.l2.weight'])
    expect(weights['layers.1.update.weight']).not.toEqual(initial['layers.1.update.weight'])
  })
})
