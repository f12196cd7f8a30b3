import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { unfolded } from '../../src/graph/fold-plan.ts'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { maskNetwork } from '../../src/model/mask-network.ts'
import type { Value } from '../../src/model/ops.ts'
import type { MaskParameters } from '../../src/model/parameters.ts'
import type { NumberArray } from '../../src/model/step.ts'
import { anyGraph, graphOf } from '../graph/graph-arrays.ts'
import { at, computed, folded, layerBatch, matrix, randomArray, shapedAs, vector } from './support/compute.ts'
import { expectClose } from './support/expect-close.ts'
import { gradientCheck } from './support/finite-differences.ts'

const parametersOf = (values: readonly Value[]): MaskParameters<Value> => ({
  l1: { weight: at(values, 0), bias: at(values, 1) },
  l2: { weight: at(values, 2), bias: at(values, 3) },
  own: { weight: at(values, 4), bias: at(values, 5) },
  around: at(values, 6),
  mlp2: { weight: at(values, 7), bias: at(values, 8) },
})
const listOf = ({ l1, l2, own, around, mlp2 }: MaskParameters<Value>) => [
  ...[l1.weight, l1.bias, l2.weight, l2.bias],
  ...[own.weight, own.bias, around, mlp2.weight, mlp2.bias],
]

function masksOf(graph: GraphArrays, parameters: readonly NumberArray[], z: NumberArray): readonly number[] {
  const { arrays, stepsOf } = layerBatch(graph)
  const [masks = []] = computed(
    (values) => {
      const { mask } = stepsOf(values.slice(10))
      return [maskNetwork(parametersOf(values), at(values, 9), mask).m]
    },
    [...parameters, z, ...arrays],
  )
  return masks
}

const one = matrix([[1]])
const log3 = Math.log(3) // sigmoid(log 3) = 3/4

describe.each(['native', 'wasm', 'cpu'] as const)('maskNetwork() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  // node 0 hears of 1 and 2, node 1 of 2
  const edges = [
    { from: 1, to: 0 },
    { from: 2, to: 0, weight: 10 },
    { from: 2, to: 1 },
  ]
  const z = matrix([[1], [2], [3]])

  it('is sigmoid(MLP(ReLU([L1 z || sum of L2 z]))), with the bias of L2 once per neighbour', () => {
    // L1 z = z and L2 z = z + 10, so the MLP sees [1, 12 + 13], [2, 13], [3, 0]; it takes 24 off their sums
    const identity = [one, vector(0), one, vector(10), one, vector(-24), one, matrix([[log3 / 2]]), vector(0)]
    const masks = masksOf(graphOf([[1], [1], [1]], edges), identity, z)
    expectClose({ shape: [3], data: masks }, { shape: [3], data: [0.75, 0.5, 0.5] }, 1e-6)
  })

  it('multiplies what an edge carries by its weight', () => {
    // node 0: 1 + 12 + 10 * 13 = 143, of which it keeps 1 above 142
    const weighted = [one, vector(0), one, vector(10), one, vector(-142), one, matrix([[log3]]), vector(0)]
    const masks = masksOf(graphOf([[1], [1], [1]], edges, { weighted: true }), weighted, z)
    expectClose({ shape: [3], data: masks }, { shape: [3], data: [0.75, 0.5, 0.5] }, 1e-6)
  })

  it('gives a mask to each channel where the last map has so many outputs', () => {
    const two = matrix([[log3], [-log3]])
    const parameters = [one, vector(0), one, vector(0), one, vector(0), one, two, vector(0, 0)]
    const masks = masksOf(graphOf([[1]], []), parameters, one)
    expectClose({ shape: [2], data: masks }, { shape: [2], data: [0.75, 0.25] }, 1e-6)
  })
})

describe.each([
  ['native', 6],
  ['cpu', 2],
] as const)('maskNetwork() on the backend %s has the gradients of differences', (backend, numRuns) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  const [inputs, hidden] = [3, 4]
  it.each([
    ['a mask per node', 1, unfolded],
    ['a mask per channel', hidden, unfolded],
    ['a mask per node, folded', 1, folded],
  ] as const)('%s', (_name, outputs, plan) => {
    const pointOf = (graph: GraphArrays, seed: number) => {
      const random = createRandom(seed, 'mask network')
      const linear = (rows: number, columns: number) => [
        randomArray([rows, columns], random),
        randomArray([rows], random),
      ]
      const { arrays, stepsOf, rowCounts } = layerBatch(graph, plan)
      return {
        variables: [
          ...[...linear(hidden, inputs), ...linear(hidden, inputs)],
          ...[...linear(hidden, hidden), randomArray([hidden, hidden], random), ...linear(outputs, hidden)],
          randomArray([rowCounts[0], inputs], random),
        ],
        constants: arrays,
        cotangents: [randomArray([rowCounts[1], outputs], random)],
        stepsOf,
      }
    }
    const example = pointOf(graphOf([[1]], []), 1)
    const { check, finish } = gradientCheck((variables, constants) => {
      const parameters = parametersOf(shapedAs(example.variables.slice(0, 9), variables))
      const { m, backward } = maskNetwork(parameters, at(variables, 9), example.stepsOf(constants).mask)
      return {
        outputs: [m],
        backward: (cotangents) => {
          const { dz, gradients } = backward(at(cotangents, 0))
          return [...listOf(gradients), dz]
        },
      }
    }, example)
    fc.assert(
      fc.property(anyGraph(), fc.nat(1000), (graph, seed) => {
        check(pointOf(graph, seed))
      }),
      { numRuns },
    )
    finish()
  })
})
