/** Laws that predictions obey for every kind of network, on each backend. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { createPredictor, predictGraphs } from '../../src/model/predict.ts'
import { expectSamePrediction } from './support/expect-prediction.ts'
import { graphOf, permuted, randomNetwork, randomOrder, variants, withTypesAndWeights } from './support/graphs.ts'
import { graphOfKind, networkKinds, networkOfKind } from './support/networks.ts'

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
const seeds = fc.nat(1000)

describe.each([
  ['native', 4],
  ['wasm', 20],
  ['cpu', 20],
] as const)('predictions on the backend %s', (backend, numRuns) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it('are the same in a batch of one, of many, within any limits, and in any order of the graphs', async () => {
    const limits = fc.record({
      graphs: fc.integer({ min: 1, max: 4 }),
      nodes: fc.integer({ min: 1, max: 20 }),
      edges: fc.integer({ min: 0, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(networkKinds, sizes, seeds, limits, async (kind, list, seed, few) => {
        const graphs = list.map((size, i) => graphOfKind(kind, seed + i, size))
        const predictor = createPredictor(networkOfKind(kind, seed))
        const together = await predictor.predict(graphs)
        const alone = await predictor.predict(graphs, { limits: { graphs: 1 } })
        const bySome = await predictor.predict(graphs, { limits: few })
        const backwards = (await predictor.predict([...graphs].reverse())).reverse()
        predictor.dispose()
        together.forEach((prediction, g) => {
          for (const others of [alone, bySome, backwards]) expectSamePrediction(others[g], prediction, 1e-6)
        })
      }),
      { numRuns },
    )
  })

  it('do not depend on the order of the nodes: masks move with them', async () => {
    await fc.assert(
      fc.asyncProperty(networkKinds, fc.integer({ min: 1, max: 9 }), seeds, async (kind, size, seed) => {
        const graph = graphOfKind(kind, seed, size)
        const order = randomOrder(seed, size)
        const [original, moved] = await predictGraphs(networkOfKind(kind, seed), [graph, permuted(graph, order)])
        if (!original) throw new Error('no prediction')
        const { masks, maskChannels } = original
        expectSamePrediction(
          moved,
          {
            ...original,
            masks: rowsMoved(masks, { size, width: 1 }, order),
            maskChannels: maskChannels && rowsMoved(maskChannels, { size, width: 8 }, order),
          },
          1e-6,
        )
      }),
      { numRuns },
    )
  })

  it('are the same whether or not nodes that look alike are computed as one', async () => {
    await fc.assert(
      fc.asyncProperty(networkKinds, sizes, seeds, async (kind, list, seed) => {
        const graphs = list.map((size, i) => graphOfKind({ ...kind, coarse: true }, seed + i, size))
        const network = networkOfKind(kind, seed)
        const folded = await predictGraphs(network, graphs)
        const unfolded = await predictGraphs(network, graphs, { givenMasks: new Map() })
        folded.forEach((prediction, g) => {
          expectSamePrediction(prediction, unfolded[g], 1e-6)
        })
      }),
      { numRuns },
    )
  })

  it('give nodes that look the same the same masks, exactly', async () => {
    // a star: the centre, and leaves that nothing tells apart
    const leaves = [1, 2, 3, 4]
    const star = graphOf(
      'star',
      new Float32Array(15).fill(1),
      leaves.flatMap((v): [number, number][] => [
        [0, v],
        [v, 0],
      ]),
      null,
    )
    for (const variant of variants) {
      const [prediction] = await predictGraphs(randomNetwork(1, { variant }), [star])
      const masks = prediction?.masks ?? new Float32Array()
      for (let k = 0; k < 3; k++) {
        const [centre, ...others] = masks.subarray(5 * k, 5 * k + 5)
        expect(new Set(others).size).toBe(1)
        expect(others[0]).not.toBe(centre)
      }
    }
  })

  it('tell types, weights and directions of edges apart', async () => {
    const path = graphOf('path', new Float32Array(9).fill(1), [[0, 1], [1, 2]], null) // biome-ignore format: short
    const typed: EncodedGraph = { ...withTypesAndWeights(path, 2), edgeType: Int32Array.of(0, 1) }
    const variations = [
      typed,
      { ...typed, edgeType: Int32Array.of(1, 0) },
      { ...typed, edgeWeight: Float32Array.of(2, 2) },
      { ...typed, source: Int32Array.of(1, 2), target: Int32Array.of(0, 1) },
    ]
    const predictions = await predictGraphs(randomNetwork(1, { typeCount: 2 }), variations)
    expect(new Set(predictions.map(({ masks, embedding }) => `${masks}/${embedding}`)).size).toBe(variations.length)
  })
})

/** Numbers [K, size, width] with row v of each layer taken from row `order[v]`. */
function rowsMoved(
  numbers: Float32Array,
  { size, width }: { size: number; width: number },
  order: readonly number[],
): Float32Array {
  return numbers.map((_, i) => {
    const layer = Math.floor(i / (size * width))
    const v = Math.floor(i / width) % size
    return numbers[(layer * size + (order[v] ?? 0)) * width + (i % width)] ?? Number.NaN
  })
}
