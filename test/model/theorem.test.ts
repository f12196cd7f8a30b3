/** Lemma 3.1, Theorem 3.2 and the stacks of section 3.2: given masks cut subgraphs out exactly. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import type { NetworkShape } from '../../src/model/parameters.ts'
import { subgraphMasks } from '../../src/model/preassigned.ts'
import { predictGraphs } from '../../src/model/predict.ts'
import { propagate } from '../../src/model/smg-layer.ts'
import type { NumberArray } from '../../src/model/step.ts'
import { at, computed, layerBatch, matrix } from './support/compute.ts'
import { expectClose } from './support/expect-close.ts'
import { type FixtureArray, graphOfCase, type TheoremCase, theoremCases } from './support/fixtures.ts'
import { randomGraph, randomNetwork } from './support/graphs.ts'

/** W as [H, 2 in] in its two halves: for the node itself, for the sum. */
function halvesOf({ shape: [rows = 0, columns = 0], data }: FixtureArray): [NumberArray, NumberArray] {
  const half = columns / 2
  const part = (first: number) =>
    matrix(Array.from({ length: rows }, (_, r) => data.slice(r * columns + first, r * columns + first + half)))
  return [part(0), part(half)]
}

/** Equation (3), layer after layer, once for each set of masks [K] of [N]: the embeddings of the last layer. [N, H] each */
function represent(
  graph: EncodedGraph,
  x: NumberArray,
  weights: readonly FixtureArray[],
  ...sets: readonly (readonly number[][])[]
): number[][] {
  const { arrays, stepsOf } = layerBatch(graph)
  const halves = weights.flatMap(halvesOf)
  const masks = sets.flatMap((set) => set.map((mask) => matrix(mask.map((m) => [m]))))
  return computed(
    (values) => {
      const steps = stepsOf(values.slice(1 + halves.length + masks.length))
      return sets.map((_, s) => {
        let h = at(values, 0)
        weights.forEach((_, k) => {
          const parameters = { self: at(values, 1 + 2 * k), messages: { weight: at(values, 2 + 2 * k) } }
          h = propagate(parameters, h, at(values, 1 + halves.length + s * weights.length + k), steps).h
        })
        return h
      })
    },
    [x, ...halves, ...masks, ...arrays],
  )
}

const featuresOf = ({ x, nodeCount, featureCount }: EncodedGraph): NumberArray => ({
  values: x,
  shape: [nodeCount, featureCount],
})
/** Rows of a matrix with `rowCount` rows. */
function rowsOf(numbers: readonly number[], rowCount: number): number[][] {
  const width = numbers.length / rowCount
  return Array.from({ length: rowCount }, (_, v) => numbers.slice(v * width, (v + 1) * width))
}
const sumOf = (rows: readonly (readonly number[])[]) =>
  (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0))
const flat = (data: ArrayLike<number>) => ({ shape: [data.length], data })

describe.each(['native', 'wasm', 'cpu'] as const)('masks on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it.each(theoremCases())('cut the subgraph of %s out of propagate()', (_name, one) => {
    const graph = graphOfCase(one)
    const masks = rowsOf(one.masks.data, one.weights.length)
    const ones = masks.map((mask) => mask.map(() => 1))
    const [cut = [], whole = []] = represent(graph, featuresOf(graph), one.weights, masks, ones)
    const rows = rowsOf(cut, one.num_nodes)
    expectClose(flat(sumOf(rows)), flat(one.expected.h_G.data), 1e-5)
    expectClose(flat(one.subset.flatMap((v) => rows[v] ?? [])), flat(one.expected.h_S.data), 1e-5)
    expectClose(flat(sumOf(rowsOf(whole, one.num_nodes))), flat(one.expected.h_G_unmasked.data), 1e-5)
  })

  it('cut them out of whole networks as well, given for the layers where they matter', async () => {
    for (const [, one] of theoremCases().slice(0, 8)) {
      const graph = graphOfCase(one)
      const network = networkOf(one)
      const givenMasks = new Map([[graph, Float32Array.from(one.masks.data)]])
      const [prediction] = await predictGraphs(network, [graph], { givenMasks })
      expectClose(flat(prediction?.embedding ?? []), flat(one.expected.h_G.data), 1e-5)
      expectClose(flat(prediction?.masks ?? []), flat(one.masks.data), 1e-7)
    }
  })

  it('need a sum at the end: a mean still divides by all nodes', async () => {
    const graph = randomGraph(3, 8)
    const inside = [1, 2, 5]
    const sum = randomNetwork(1, { layers: 2 })
    const alone = induced(graph, inside)
    const ones = new Map([[alone, new Float32Array(2 * inside.length).fill(1)]])
    const [expected] = await predictGraphs(sum, [alone], { givenMasks: ones })
    const mean = { ...sum, shape: { ...sum.shape, readout: 'mean' as const } }
    const isInside = Array.from({ length: 8 }, (_, v) => inside.includes(v))
    const [got] = await predictGraphs(mean, [graph], { givenMasks: new Map([[graph, subgraphMasks(isInside, 2)]]) })
    expectClose(flat(got?.embedding.map((h) => 8 * h) ?? []), flat(expected?.embedding ?? []), 1e-5)
  })

  it('cut out one subgraph after the other, each on what the one before has left', async () => {
    // Three subgraphs of two layers each. In the end of a block all outside is 0, so the next one starts from that.
    const blocks = [[0, 1, 2, 3], [2, 3, 4, 5, 6], [1, 2, 3, 4]] // biome-ignore format: short
    const graph = randomGraph(7, 9)
    const hidden = 6
    const network = randomNetwork(2, { variant: 'smg-jk', layers: 6, hidden, inputProjection: false })
    const weights = [0, 1, 2, 3, 4, 5].map((k): FixtureArray => {
      const { shape = [], data = [] } = network.weights[`layers.${k}.update.weight`] ?? {}
      return { shape: [...shape], data: [...data] }
    })

    // Masks as in the theorem, block by block: beside the set 0 in odd layers, all outside 0 in even ones, else anything.
    const random = createRandom(1, 'masks')
    const masks = blocks.flatMap((inside) => [
      maskOf(graph, (v) => (inside.includes(v) ? 1 : isBeside(graph, v, inside) ? 0 : random.nextFloat())),
      maskOf(graph, (v) => (inside.includes(v) ? 1 : 0)),
    ])
    const givenMasks = new Map([[graph, Float32Array.from(masks.flat())]])
    const [prediction] = await predictGraphs(network, [graph], { givenMasks })

    // What is expected: each subgraph alone, its features those that the block before has given to the same nodes.
    let features = rowsOf([...graph.x], graph.nodeCount)
    blocks.forEach((inside, block) => {
      const alone = induced(graph, inside)
      const x = matrix(inside.map((v) => features[v] ?? []))
      const two = weights.slice(2 * block, 2 * block + 2)
      const ones = [inside.map(() => 1), inside.map(() => 1)]
      const rows = rowsOf(represent(alone, x, two, ones)[0] ?? [], inside.length)
      features = features.map((_, v) => rows[inside.indexOf(v)] ?? Array(hidden).fill(0))
      const last = 2 * block + 1
      const readout = prediction?.embedding.subarray(last * hidden, (last + 1) * hidden) ?? []
      expectClose(flat(readout), flat(sumOf(rows)), 1e-5)
      expect(Math.max(...readout)).toBeGreaterThan(0.001)
    })
  })
})

/** A network whose embedding is h_G of a theorem case. */
function networkOf({ weights, x }: TheoremCase) {
  const shape: Partial<NetworkShape> = {
    variant: 'smg',
    layers: weights.length,
    hidden: weights[0]?.shape[0] ?? 0,
    inputProjection: false,
    featureCount: x.shape[1] ?? 0,
  }
  const network = randomNetwork(1, shape)
  const given = weights.map(({ shape: sides, data }, k) => {
    return [`layers.${k}.update.weight`, { shape: sides, data: Float32Array.from(data) }] as const
  })
  return { ...network, weights: { ...network.weights, ...Object.fromEntries(given) } }
}

const maskOf = ({ nodeCount }: EncodedGraph, of: (v: number) => number) =>
  Array.from({ length: nodeCount }, (_, v) => of(v))

function isBeside({ source, target }: EncodedGraph, v: number, inside: readonly number[]): boolean {
  return source.some((u, e) => u === v && inside.includes(target[e] ?? -1))
}

function induced(graph: EncodedGraph, inside: readonly number[]): EncodedGraph {
  const kept = [...graph.source.keys()].filter(
    (e) => inside.includes(graph.source[e] ?? -1) && inside.includes(graph.target[e] ?? -1),
  )
  return {
    ...graph,
    nodeCount: inside.length,
    source: Int32Array.from(kept, (e) => inside.indexOf(graph.source[e] ?? -1)),
    target: Int32Array.from(kept, (e) => inside.indexOf(graph.target[e] ?? -1)),
    x: Float32Array.from(inside.flatMap((v) => [...graph.x.subarray(3 * v, 3 * v + 3)])),
  }
}
