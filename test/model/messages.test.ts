import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { createRandom, type Random } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { sumMessages } from '../../src/model/messages.ts'
import type { Value } from '../../src/model/ops.ts'
import type { MessageParameters } from '../../src/model/parameters.ts'
import type { NumberArray } from '../../src/model/step.ts'
import { graphOf } from '../graph/graph-arrays.ts'
import { at, computed, type LayerBatch, layerBatch, matrix, randomArray, shapedAs, vector } from './support/compute.ts'
import { gradientCheck, type Point } from './support/finite-differences.ts'

/** Inputs, outputs, edge features and units of the edge network in the gradient tests: all different. */
const [inputs, outputs, edgeFeatureCount, edgeHidden] = [3, 2, 4, 5]

type Parameters = (values: readonly Value[]) => MessageParameters<Value>
const shared: Parameters = (values) => ({ weight: at(values, 0) })
const edgeNetwork: Parameters = (values) => ({
  edge1: { weight: at(values, 0), bias: at(values, 1) },
  edge2: { weight: at(values, 2), bias: at(values, 3) },
})
const listOf = (gradients: MessageParameters<Value>) =>
  'weight' in gradients
    ? [gradients.weight]
    : [gradients.edge1.weight, gradients.edge1.bias, gradients.edge2.weight, gradients.edge2.bias]

/** The sums [N, H] of messages x [N, in]. */
function sumsOf(graph: GraphArrays, weights: readonly NumberArray[], parameters: Parameters, x: NumberArray): number[] {
  const { arrays, stepsOf } = layerBatch(graph)
  const [sums] = computed(
    (values) => {
      const { update } = stepsOf(values.slice(weights.length + 1))
      return [sumMessages(parameters(shapedAs(weights, values)), at(values, weights.length), update).sum]
    },
    [...weights, x, ...arrays],
  )
  return sums ?? []
}

// node 0 hears of 1 and 2, node 1 of 2, node 2 of nobody
const edges = [
  { from: 1, to: 0, type: 0, weight: 1, features: [1, 0] },
  { from: 2, to: 0, type: 1, weight: 10, features: [0, 1] },
  { from: 2, to: 1, type: 0, weight: 1, features: [1, 1] },
]
const rows = [[1], [1], [1]]
const x = matrix([
  [1, 2],
  [3, 4],
  [5, 6],
])

describe.each(['native', 'wasm', 'cpu'] as const)('sumMessages() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it('adds up W x of the neighbours', () => {
    const weight = matrix([
      [1, 0],
      [1, 1],
    ])
    expect(sumsOf(graphOf(rows, edges), [weight], shared, x)).toEqual([8, 18, 5, 11, 0, 0])
  })

  it('multiplies by the weight of the edge', () => {
    const identity = matrix([
      [1, 0],
      [0, 1],
    ])
    expect(sumsOf(graphOf(rows, edges, { weighted: true }), [identity], shared, x)).toEqual([53, 64, 5, 6, 0, 0])
  })

  it('uses the matrix of each type', () => {
    // type 0 takes the first component, type 1 a hundred times the second
    const weight = matrix([
      [1, 0],
      [0, 100],
    ])
    expect(sumsOf(graphOf(rows, edges, { typeCount: 2 }), [weight], shared, x)).toEqual([603, 5, 0])
  })

  it('makes a matrix [in, H] of the features of each edge', () => {
    const network = repeatingNetwork()
    const graph = graphOf(rows, edges, { edgeFeatureCount: 2 })
    // 0 <- 1: [3, 4]; 0 <- 2: [0, 5]; 1 <- 2: [5, 6] + [0, 5]
    expect(sumsOf(graph, network, edgeNetwork, x)).toEqual([3, 9, 5, 11, 0, 0])
  })

  it('sends edges with the same features through one matrix', () => {
    // The same network, and both edges to node 0 are of features (1, 0): [3, 4] + [5, 6]; 1 <- 2: [5, 6] + [0, 5]
    const network = repeatingNetwork()
    const alike = edges.map((edge) => (edge.to === 0 ? { ...edge, features: [1, 0] } : edge))
    const graph = graphOf(rows, alike, { edgeFeatureCount: 2 })
    expect(sumsOf(graph, network, edgeNetwork, x)).toEqual([8, 10, 5, 11, 0, 0])
  })

  it('gives zeros to a graph without edges', () => {
    const none = [1, 2].map(() => [1])
    const twoRows = matrix([
      [1, 2],
      [3, 4],
    ])
    const weight = matrix([[1, 1]])
    expect(sumsOf(graphOf(none, []), [weight], shared, twoRows)).toEqual([0, 0])
    const network = [matrix([[1, 1]]), vector(1), matrix([[1], [1]]), vector(1, 1)]
    expect(sumsOf(graphOf(none, [], { edgeFeatureCount: 2 }), network, edgeNetwork, twoRows)).toEqual([0, 0])
  })
})

it('sumMessages() says when edge features are missing', async () => {
  await loadBackend({ backend: 'cpu' })
  const network = [matrix([[1, 1]]), vector(1), matrix([[1], [1]]), vector(1, 1)]
  expect(() => sumsOf(graphOf(rows, edges), network, edgeNetwork, x)).toThrow(
    'Cannot sum messages: the network expects edge features, got none',
  )
})

const linear = (random: Random, rowCount: number, columnCount: number) => [
  randomArray([rowCount, columnCount], random),
  randomArray([rowCount], random),
]

const edgeNetworkWeights = (random: Random) => [
  ...linear(random, edgeHidden, edgeFeatureCount),
  ...linear(random, inputs * outputs, edgeHidden),
]

const kinds = {
  shared: { kind: {}, parameters: shared, weights: (random: Random) => [randomArray([outputs, inputs], random)] },
  'by type and weight': {
    kind: { typeCount: 3, weighted: true },
    parameters: shared,
    weights: (random: Random) => [randomArray([3 * outputs, inputs], random)],
  },
  'of an edge network, with weights': {
    kind: { edgeFeatureCount, weighted: true },
    parameters: edgeNetwork,
    weights: edgeNetworkWeights,
  },
  'of an edge network, with edges that are alike in pairs': {
    kind: { edgeFeatureCount },
    alike: 2,
    parameters: edgeNetwork,
    weights: edgeNetworkWeights,
  },
}

describe.each([
  ['native', 6],
  ['cpu', 2],
] as const)('sumMessages() on the backend %s has the gradients of differences', (backend, numRuns) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it.each(Object.entries(kinds))('%s', (_name, { kind, parameters, weights, ...rest }) => {
    const alike = 'alike' in rest ? rest.alike : 1
    const pointOf = (seed: number, size: number): Point & Pick<LayerBatch, 'stepsOf'> => {
      const random = createRandom(seed, 'messages')
      const features = Array.from({ length: 2 * size }, () => [...randomArray([edgeFeatureCount], random).values])
      const drawn = Array.from({ length: 2 * size }, (_, e) => ({
        from: random.nextBelow(size),
        to: random.nextBelow(size),
        type: random.nextBelow(3),
        weight: 0.5 + random.nextFloat(),
        features: features[Math.floor(e / alike)] ?? [],
      }))
      const { arrays, stepsOf } = layerBatch(graphOf(Array(size).fill([1]), drawn, kind))
      return {
        variables: [...weights(random), randomArray([size, inputs], random)],
        constants: arrays,
        cotangents: [randomArray([size, outputs], random)],
        stepsOf,
      }
    }
    const example = pointOf(1, 3)
    const { check, finish } = gradientCheck((variables, constants) => {
      const { update } = example.stepsOf(constants)
      const shaped = shapedAs(example.variables.slice(0, -1), variables)
      const { sum, backward } = sumMessages(parameters(shaped), at(variables, shaped.length), update)
      return {
        outputs: [sum],
        backward: (cotangents) => {
          const { dx, gradients } = backward(at(cotangents, 0))
          return [...listOf(gradients), dx]
        },
      }
    }, example)
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 6 }), (seed, size) => {
        check(pointOf(seed, size))
      }),
      { numRuns },
    )
    finish()
  })
})

/** Two hidden units that repeat the features; W_e = e1 [[1, 0], [0, 1]] + e2 [[0, 1], [0, 0]] + bias of 0 */
function repeatingNetwork() {
  const identity = matrix([
    [1, 0],
    [0, 1],
  ])
  const matrices = matrix([
    [1, 0],
    [0, 1],
    [0, 0],
    [1, 0],
  ])
  return [identity, vector(0, 0), matrices, vector(0, 0, 0, 0)]
}
