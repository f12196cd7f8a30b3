import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { type GivenMasks, masksWithout, preassignedArrays, subgraphMasks } from '../../src/model/preassigned.ts'
import { type Prediction, predictGraphs, type ScoringNetwork } from '../../src/model/predict.ts'
import { expectClose } from './support/expect-close.ts'
import { numbersOf } from './support/expect-prediction.ts'
import { graphOf, randomGraph, randomNetwork } from './support/graphs.ts'
import { graphOfKind, networkKinds, networkOfKind } from './support/networks.ts'

const seeds = fc.nat(1000)
const learned = Number.NaN

describe('masksWithout()', () => {
  it('gives 0 to the nodes left out in every layer, and leaves all others to the network', () => {
    expect([...masksWithout([false, true, false], 2)]).toEqual([learned, 0, learned, learned, 0, learned])
  })
})

describe('subgraphMasks()', () => {
  it('gives 1 inside and 0 outside, in every layer', () => {
    expect([...subgraphMasks([true, false, true], 2)]).toEqual([1, 0, 1, 1, 0, 1])
  })
})

describe('preassignedArrays()', () => {
  it('tells given masks from learned ones, layer by layer, graph after graph', () => {
    // 2 nodes with masks given for both layers, 1 node without
    const given = [Float32Array.of(0.5, learned, learned, 0.25), undefined]
    const layers = preassignedArrays(given, { nodeStart: Int32Array.of(0, 2, 3) }, 2)
    expect(layers.map((layer) => [...layer.given.values])).toEqual([
      [0.5, 0, 0],
      [0, 0.25, 0],
    ])
    expect(layers.map((layer) => [...layer.learned.values])).toEqual([
      [0, 1, 1],
      [1, 0, 1],
    ])
    expect(layers[0]?.given.shape).toEqual([3, 1])
  })
})

describe.each([
  ['native', 4],
  ['cpu', 20],
] as const)('predictions with given masks on the backend %s', (backend, numRuns) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it('use the masks that are given, and learn the others', async () => {
    const graph = randomGraph(3, 4)
    for (const variant of ['smg-jk', 'm-smg'] as const) {
      const network = randomNetwork(3, { variant })
      const free = await predictOne(network, graph)
      const given = Float32Array.of(...Array(4).fill(learned), 0, 1, 0.25, learned, ...Array(4).fill(learned))
      const held = await predictOne(network, graph, given)
      expect(held.masks.subarray(0, 4)).toEqual(free.masks.subarray(0, 4))
      expect([...held.masks.subarray(4, 7)]).toEqual([0, 1, 0.25])
      expect(held.masks[7]).toBe(free.masks[7])
      expect(held.masks.subarray(8)).not.toEqual(free.masks.subarray(8))
    }
  })

  it('do not change with an isolated node that is left out', async () => {
    await fc.assert(
      fc.asyncProperty(networkKinds, fc.integer({ min: 1, max: 8 }), seeds, async (kind, size, seed) => {
        const network = networkOfKind({ ...kind, readout: 'sum' }, seed)
        const graph = graphOfKind(kind, seed, size)
        const larger = { ...graph, nodeCount: size + 1, x: Float32Array.of(...graph.x, 5, -5, 5) }
        const leftOut = Array.from({ length: size + 1 }, (_, v) => v === size)
        expectSameOutcome(
          await predictOne(network, larger, masksWithout(leftOut, kind.layers)),
          await predictOne(network, graph),
          1e-6,
        )
      }),
      { numRuns },
    )
  })

  it('represent a subgraph as it would be alone (Theorem 3.2)', async () => {
    await fc.assert(
      fc.asyncProperty(networkKinds, fc.integer({ min: 2, max: 8 }), seeds, async (kind, size, seed) => {
        const network = networkOfKind({ ...kind, readout: 'sum' }, seed)
        const graph = graphOfKind(kind, seed, size)
        const random = createRandom(seed, 'inside')
        const inside = Array.from({ length: size }, () => random.nextFloat() < 0.6)
        const alone = subgraph(graph, inside)
        expectSameOutcome(
          await predictOne(network, graph, subgraphMasks(inside, kind.layers)),
          await predictOne(network, alone, subgraphMasks(Array(alone.nodeCount).fill(true), kind.layers)),
          1e-6,
        )
      }),
      { numRuns },
    )
  })

  it('ask what would be without a node: leaving out the centre of a star is not leaving out a leaf', async () => {
    const star = graphOf('star', new Float32Array(12).fill(1), [[0, 1], [0, 2], [0, 3], [1, 0], [2, 0], [3, 0]], null) // biome-ignore format: short
    const network = randomNetwork(2)
    const without = async (v: number) => {
      const leftOut = [0, 1, 2, 3].map((u) => u === v)
      return await predictOne(network, star, masksWithout(leftOut, 3))
    }
    expectSameOutcome(await without(2), await without(1), 1e-6)
    expect(numbersOf((await without(0)).outcome)).not.toEqual(numbersOf((await without(1)).outcome))
    for (const k of [0, 1, 2]) expect((await without(1)).masks[4 * k + 1]).toBe(0)
  })

  it('refuse masks that are not one for each node and layer', async () => {
    await expect(predictOne(randomNetwork(1), randomGraph(1, 4), new Float32Array(8))).rejects.toThrow(
      'Cannot use the masks given for graph g1: expected 12 numbers, 3 layers of 4 nodes, got 8',
    )
  })
})

async function predictOne(network: ScoringNetwork, graph: EncodedGraph, given?: GivenMasks): Promise<Prediction> {
  const givenMasks = given && new Map([[graph, given]])
  const [prediction] = await predictGraphs(network, [graph], { givenMasks })
  if (!prediction) throw new Error('Cannot go on: expected a prediction')
  return prediction
}

function expectSameOutcome(actual: Prediction, expected: Prediction, tolerance: number): void {
  const flat = (numbers: ArrayLike<number>) => ({ shape: [numbers.length], data: numbers })
  expectClose(flat(actual.embedding), flat(expected.embedding), tolerance)
  expectClose(flat(numbersOf(actual.outcome)), flat(numbersOf(expected.outcome)), tolerance)
}

/** The subgraph of the nodes `inside`, with the edges between them. */
function subgraph(graph: EncodedGraph, inside: readonly boolean[]): EncodedGraph {
  const nodes = inside.flatMap((kept, v) => (kept ? [v] : []))
  const edges = Array.from(graph.source.keys()).filter(
    (e) => inside[graph.source[e] ?? 0] && inside[graph.target[e] ?? 0],
  )
  const place = (v: number | undefined) => nodes.indexOf(v ?? -1)
  const { edgeWeight, edgeType, edgeFeatures } = graph
  return {
    ...graph,
    nodeCount: nodes.length,
    nodeKeys: nodes.map((v) => graph.nodeKeys[v] ?? ''),
    x: Float32Array.from(nodes.flatMap((v) => [...graph.x.subarray(3 * v, 3 * v + 3)])),
    source: Int32Array.from(edges, (e) => place(graph.source[e])),
    target: Int32Array.from(edges, (e) => place(graph.target[e])),
    edgeWeight: edgeWeight && Float32Array.from(edges, (e) => edgeWeight[e] ?? 0),
    edgeType: edgeType && Int32Array.from(edges, (e) => edgeType[e] ?? 0),
    edgeFeatures: edgeFeatures && Float32Array.from(edges.flatMap((e) => [...edgeFeatures.subarray(2 * e, 2 * e + 2)])),
  }
}
