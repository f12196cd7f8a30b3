import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { InterruptedError } from '../../src/errors.ts'
import { makeBatch } from '../../src/graph/batch.ts'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { createRandom, shuffled } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { batchTensors } from '../../src/model/batch-tensors.ts'
import { forward } from '../../src/model/network.ts'
import { flatFromWeights, splitParameters } from '../../src/model/parameters.ts'
import { type Prediction, predictGraphs } from '../../src/model/predict.ts'
import { expectClose } from './support/expect-close.ts'
import { graphOf, randomGraph, randomNetwork } from './support/graphs.ts'

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
const seeds = fc.nat(1000)

function expectSame(actual: Prediction | undefined, expected: Prediction | undefined, tolerance = 1e-6): void {
  if (!actual || !expected) throw new Error('no prediction')
  const flat = (numbers: ArrayLike<number>) => ({ shape: [numbers.length], data: numbers })
  expectClose(flat(actual.probabilities), flat(expected.probabilities), tolerance)
  expectClose(flat(actual.embedding), flat(expected.embedding), tolerance)
  expectClose(flat(actual.masks), flat(expected.masks), tolerance)
}

/** The graph with its rows in another order: row v of the result is row `order[v]` of the graph. */
function permuted(graph: EncodedGraph, order: readonly number[]): EncodedGraph {
  const place = new Map(order.map((old, v) => [old, v]))
  const x = Float32Array.from(order.flatMap((old) => [...graph.x.subarray(old * 3, old * 3 + 3)]))
  const edges = [...graph.source].map((u, e): [number, number] => [
    place.get(u) ?? -1,
    place.get(graph.target[e] ?? -1) ?? -1,
  ])
  return graphOf(String(graph.key), x, edges, graph.y)
}

describe('predictGraphs()', () => {
  beforeAll(async () => {
    await loadBackend()
  })

  it('gives probabilities that add up to 1, masks in (0, 1), and the most probable class', async () => {
    const graphs = [randomGraph(1, 5), randomGraph(2, 1), randomGraph(3, 7)]
    const predictions = await predictGraphs(randomNetwork(1, { classCount: 3 }), graphs)
    expect(predictions.map(({ key }) => key)).toEqual(['g1', 'g2', 'g3'])
    predictions.forEach(({ probabilities, probability, classIndex, embedding, masks }, g) => {
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6)
      expect(probabilities[classIndex]).toBe(Math.max(...probabilities))
      expect(probability).toBe(probabilities[classIndex])
      expect(embedding).toHaveLength(3 * 8)
      expect(masks).toHaveLength(3 * (graphs[g]?.nodeKeys.length ?? 0))
      for (const mask of masks) expect(mask > 0 && mask < 1).toBe(true)
    })
  })

  it('gives a graph the same in a batch of one, of many, and in any order', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, seeds, async (list, seed) => {
        const graphs = list.map((size, i) => randomGraph(seed + i, size))
        const network = randomNetwork(seed)
        const together = await predictGraphs(network, graphs)
        const alone = await predictGraphs(network, graphs, { limits: { graphs: 1 } })
        const backwards = (await predictGraphs(network, [...graphs].reverse())).reverse()
        together.forEach((prediction, g) => {
          expectSame(alone[g], prediction)
          expectSame(backwards[g], prediction)
        })
      }),
      { numRuns: 15 },
    )
  })

  it('does not depend on the order of the nodes: masks move with them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), seeds, async (size, seed) => {
        const graph = randomGraph(seed, size)
        const order = shuffled([...graph.nodeKeys.keys()], createRandom(seed, 'order'))
        const network = randomNetwork(seed)
        const [original, moved] = await predictGraphs(network, [graph, permuted(graph, order)])
        if (!original || !moved) throw new Error('no prediction')
        const masks = original.masks.map((_, i, all) => {
          const k = Math.floor(i / size)
          return all[k * size + (order[i % size] ?? 0)] ?? Number.NaN
        })
        expectSame(moved, { ...original, masks }, 1e-5)
      }),
      { numRuns: 15 },
    )
  })

  it('leaves no tensors behind, also when it is interrupted', async () => {
    const graphs = [randomGraph(1, 5), randomGraph(2, 4), randomGraph(3, 6)]
    const before = tf.memory().numTensors
    await predictGraphs(randomNetwork(1), graphs)
    expect(tf.memory().numTensors).toBe(before)
    const stopping = new AbortController()
    function* stopAfterTwo() {
      yield* graphs.slice(0, 2)
      stopping.abort()
      yield* graphs.slice(2)
    }
    const options = { signal: stopping.signal, limits: { graphs: 1 } }
    await expect(predictGraphs(randomNetwork(1), stopAfterTwo(), options)).rejects.toThrow(InterruptedError)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses graphs with another number of features, and leaves no tensors behind', async () => {
    const before = tf.memory().numTensors
    const predicting = predictGraphs(randomNetwork(1, { featureCount: 5 }), [randomGraph(1, 4)])
    await expect(predicting).rejects.toThrow('expected 5 features, got 3')
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('forward() with preassigned masks', () => {
  beforeAll(async () => {
    await loadBackend()
  })

  it('is not changed by an isolated node with mask 0 in every layer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), seeds, (size, seed) => {
        const { shape, weights } = randomNetwork(seed, { variant: 'smg-jk' })
        const graph = randomGraph(seed, size)
        const edges = [...graph.source].map((u, e): [number, number] => [u, graph.target[e] ?? 0])
        const larger = graphOf('larger', Float32Array.of(...graph.x, 5, -5, 5), edges, null)
        tf.tidy(() => {
          const parameters = splitParameters(shape, tf.tensor1d(flatFromWeights(shape, weights)))
          const random = createRandom(seed, 'masks')
          const given = Array.from({ length: shape.layers }, () =>
            Array.from({ length: size }, () => random.nextFloat()),
          )
          const logitsOf = (encoded: EncodedGraph, masks: number[][]) =>
            forward(parameters, batchTensors(makeBatch([encoded])), {
              variant: shape.variant,
              preassignedMasks: masks.map((layer) => tf.tensor2d(layer, [layer.length, 1])),
            }).logits
          const expected = logitsOf(graph, given)
          const actual = logitsOf(
            larger,
            given.map((layer) => [...layer, 0]),
          )
          expectClose(actual, { shape: [1, 2], data: expected.dataSync() }, 1e-6)
        })
      }),
      { numRuns: 15 },
    )
  })

  it('uses given masks in one layer and learns those of the others', () => {
    tf.tidy(() => {
      const { shape, weights } = randomNetwork(3)
      const parameters = splitParameters(shape, tf.tensor1d(flatFromWeights(shape, weights)))
      const tensors = batchTensors(makeBatch([randomGraph(3, 4)]))
      const free = forward(parameters, tensors, shape)
      const second = tf.tensor2d([0, 1, 0, 1], [4, 1])
      const held = forward(parameters, tensors, { ...shape, preassignedMasks: [null, second] })
      expectClose(held.masks[0] ?? second, { shape: [4, 1], data: free.masks[0]?.dataSync() ?? [] }, 0)
      expectClose(held.masks[1] ?? second, { shape: [4, 1], data: [0, 1, 0, 1] }, 0)
      const [third, freeThird] = [held.masks[2]?.dataSync(), free.masks[2]?.dataSync()]
      expect(third).not.toEqual(freeThird)
    })
  })
})
