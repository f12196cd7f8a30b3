/** The hand-written gradient of whole networks against finite differences. */
import { beforeAll, describe, it } from 'vitest'
import { makeBatch } from '../../src/graph/batch.ts'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { foldGraphs } from '../../src/graph/fold.ts'
import { unfolded } from '../../src/graph/fold-plan.ts'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { forward } from '../../src/model/network.ts'
import { slice } from '../../src/model/ops.ts'
import { joinParameters, mapParameters, type NetworkShape, parameterSpecs } from '../../src/model/parameters.ts'
import { batchArrays, mapBatch, type NumberArray } from '../../src/model/step.ts'
import { at, randomArray, shapedAs } from './support/compute.ts'
import { gradientCheck } from './support/finite-differences.ts'
import { shape as anyShape, coarseGraph, variants, withEdgeFeatures, withTypesAndWeights } from './support/graphs.ts'

interface Case {
  readonly shape: Partial<NetworkShape>
  readonly withEdges?: (graph: EncodedGraph) => EncodedGraph
  readonly dropout?: true
}

const readouts = ['sum', 'mean'] as const
const tasks = ['classification', 'regression'] as const
const cases: [string, Case][] = [
  ...variants.flatMap((variant) =>
    readouts.flatMap((readout) =>
      tasks.map((task): [string, Case] => [`${variant}, ${readout}, ${task}`, { shape: { variant, readout, task } }]),
    ),
  ),
  ['no input projection', { shape: { variant: 'smg-jk', inputProjection: false } }],
  ['one layer', { shape: { variant: 'smg', layers: 1 } }],
  ['dropout', { shape: { variant: 'smg-jk' }, dropout: true }],
  ['relationship types', { shape: { typeCount: 2 }, withEdges: (graph) => withTypesAndWeights(graph, 2) }],
  ['an edge network', { shape: { variant: 'm-smg', edgeFeatureCount: 2 }, withEdges: withEdgeFeatures }],
]

describe.each([
  ['native', cases, 1],
  ['cpu', cases.slice(-3), 1],
] as const)('forward() on the backend %s has the gradients of differences', (backend, some, seedCount) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it.each(some)('with %s', (_name, { shape: given, withEdges = (graph) => graph, dropout }) => {
    const shape = { ...anyShape, layers: 2, hidden: 4, outputCount: 3, edgeHidden: 3, ...given }
    const specs = parameterSpecs(shape)
    const sizes = specs.map(({ shape: sides }) => sides.reduce((size, side) => size * side, 1))
    const plan = shape.edgeFeatureCount > 0 ? unfolded : { rounds: 2 * shape.layers, stageCount: 3 }

    const pointOf = (seed: number) => {
      const random = createRandom(seed, 'network')
      const graphs = [4, 1, 6].map((size, i) => withEdges(coarseGraph(10 * seed + i, size)))
      const batch = makeBatch(foldGraphs(graphs, plan), Int32Array.of(0, 1, 2), { layers: shape.layers })
      const factors: NumberArray = {
        // 0, 1 or 2 times each unit of the classifier
        values: Float32Array.from({ length: 3 * shape.hidden }, () => random.nextBelow(3)),
        shape: [3, shape.hidden],
      }
      const constants = [factors]
      const places = mapBatch(batchArrays(batch, shape.readout), (array) => constants.push(array) - 1)
      return {
        variables: specs.map((spec) => randomArray(spec.shape, random)),
        constants,
        cotangents: [randomArray([3, shape.outputCount], random)],
        places,
      }
    }

    const { places, ...example } = pointOf(0)
    const { check, finish } = gradientCheck((variables, constants) => {
      const shaped = shapedAs(example.variables, variables)
      let next = 0
      const tree = mapParameters(shape, () => at(shaped, next++))
      const batch = mapBatch(places, (i) => at(constants, i))
      const dropoutFactors = dropout ? at(constants, 0) : undefined
      const { output, backward } = forward(tree, batch, shape, { training: true, dropoutFactors })
      return {
        outputs: [output],
        backward: (cotangents) => {
          const flat = joinParameters(backward(at(cotangents, 0)))
          let first = 0
          return sizes.map((size) => {
            first += size
            return slice(flat, first - size, size)
          })
        },
      }
    }, example)
    for (let seed = 1; seed <= seedCount; seed++) check(pointOf(seed))
    finish()
  })
})
