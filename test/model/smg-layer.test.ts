import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { type FoldPlan, unfolded } from '../../src/graph/fold-plan.ts'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import type { NetworkShape } from '../../src/model/parameters.ts'
import { propagate, smgLayer } from '../../src/model/smg-layer.ts'
import { anyGraph, type EdgeKind, graphOf } from '../graph/graph-arrays.ts'
import { at, computed, folded, layerBatch, matrix, randomArray } from './support/compute.ts'
import { gradientCheck } from './support/finite-differences.ts'
import { layerList } from './support/layer-parameters.ts'

/** The embeddings [N, H] of propagate() with one channel in. */
function propagated(graph: GraphArrays, [self, weight]: readonly number[][], h: number[], m: number[]): number[] {
  const { arrays, stepsOf } = layerBatch(graph)
  const column = (numbers: number[] = []) => matrix(numbers.map((number) => [number]))
  const inputs = [column(self), column(weight), column(h), column(m)]
  const [out = []] = computed(
    (values) => {
      const parameters = { self: at(values, 0), messages: { weight: at(values, 1) } }
      return [propagate(parameters, at(values, 2), at(values, 3), stepsOf(values.slice(4))).h]
    },
    [...inputs, ...arrays],
  )
  return out
}

describe.each(['native', 'wasm', 'cpu'] as const)('propagate() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  // node 0 hears of 1 and 2, node 1 of 2; two channels out: the node itself, and minus what it hears
  const graph = graphOf([[1], [1], [1]], [{ from: 1, to: 0 }, { from: 2, to: 0 }, { from: 2, to: 1 }]) // biome-ignore format: short
  const weights = [[1, 0], [1, 2]] // biome-ignore format: short

  it('is ReLU(m_v (S h_v + sum of W m_u h_u))', () => {
    // node 0: 0.5 (1 + 0.25 * 4 + 8) and 0.5 * 2 (1 + 8); node 1: 0.25 (4 + 8) and 0.25 * 16; node 2: 8 and 0
    expect(propagated(graph, weights, [1, 4, 8], [0.5, 0.25, 1])).toEqual([5, 9, 3, 4, 8, 0])
    expect(propagated(graph, weights, [1, 4, -8], [0.5, 0.25, 1])).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('leaves 0 of a node with mask 0, whatever it is and hears', () => {
    expect(propagated(graph, weights, [1, 4, 8], [0, 1, 1])).toEqual([0, 0, 12, 16, 8, 0])
  })
})

interface Case {
  readonly variant: NetworkShape['variant']
  readonly edges?: EdgeKind
  readonly plan?: FoldPlan
  /** The first layer: there is no mask below. */
  readonly first?: true
  /** The last layer: nothing uses its masks. */
  readonly last?: true
  /** Masks are given for some nodes. */
  readonly given?: true
}

const cases: Readonly<Record<string, Case>> = {
  'a mask per node': { variant: 'smg' },
  'a mask per channel': { variant: 'm-smg' },
  'the first layer': { variant: 'smg', first: true },
  'the last layer': { variant: 'm-smg', last: true },
  'rows that are folded': { variant: 'smg', plan: folded },
  'rows that are folded, a mask per channel': { variant: 'm-smg', plan: folded },
  'weights per relationship type': { variant: 'smg', edges: { typeCount: 3, weighted: true } },
  'weights per relationship type, folded': { variant: 'm-smg', edges: { typeCount: 2, weighted: true }, plan: folded },
  'an edge network': { variant: 'm-smg', edges: { edgeFeatureCount: 2 } },
  'some masks that are given': { variant: 'smg', given: true },
  'some masks that are given, for all channels': { variant: 'm-smg', given: true },
}

describe.each([
  ['native', 5],
  ['cpu', 1],
] as const)('smgLayer() on the backend %s has the gradients of differences', (backend, numRuns) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it.each(Object.entries(cases))('with %s', (_name, { variant, edges = {}, plan = unfolded, first, last, given }) => {
    const hidden = 3
    const width = variant === 'm-smg' ? hidden : 2
    const channels = variant === 'm-smg' ? hidden : 1
    const list = layerList({
      variant,
      readout: 'sum',
      hidden,
      featureCount: width,
      typeCount: edges.typeCount ?? 1,
      edgeFeatureCount: edges.edgeFeatureCount ?? 0,
      edgeHidden: 4,
      task: 'classification',
      outputCount: 2,
    })

    const pointOf = (graph: GraphArrays, seed: number) => {
      const random = createRandom(seed, 'layer')
      const edgeFeatures = Float32Array.from({ length: 2 * graph.source.length }, () => random.nextFloat())
      const withFeatures =
        edges.edgeFeatureCount === undefined ? graph : { ...graph, edgeFeatureCount: 2, edgeFeatures }
      const { arrays, stepsOf, rowCounts } = layerBatch(withFeatures, plan)
      const [below, middle, above] = rowCounts
      const isGiven = Array.from({ length: middle }, () => random.nextBelow(2))
      return {
        variables: [
          ...list.random(random),
          randomArray([below, width], random),
          ...(first ? [] : [randomArray([below, channels], random)]),
        ],
        constants: [matrix(isGiven.map((one) => [one * 0.5])), matrix(isGiven.map((one) => [1 - one])), ...arrays],
        cotangents: [randomArray([above, hidden], random), ...(last ? [] : [randomArray([above, channels], random)])],
        stepsOf,
      }
    }

    const example = pointOf(graphOf([[1, 1]], [], edges), 1)
    const count = list.random(createRandom(1, 'count')).length
    const { check, finish } = gradientCheck((variables, constants) => {
      const input = { h: at(variables, count), m: variables[count + 1] ?? null }
      const preassigned = given ? { given: at(constants, 0), learned: at(constants, 1) } : null
      const steps = example.stepsOf(constants.slice(2))
      const { h, m, backward } = smgLayer(list.treeOf(variables), input, steps, preassigned)
      return {
        outputs: last ? [h] : [h, m],
        backward: (cotangents) => {
          const { dh, dm, gradients } = backward(at(cotangents, 0), cotangents[1] ?? null)
          return [...list.listOf(gradients), dh, ...(dm === null ? [] : [dm])]
        },
      }
    }, example)
    fc.assert(
      fc.property(anyGraph(edges), fc.nat(1000), (graph, seed) => {
        check(pointOf(graph, seed))
      }),
      // The same points each time: by chance most of so few can lie near a kink.
      { numRuns, seed: 1 },
    )
    finish()
  })
})
