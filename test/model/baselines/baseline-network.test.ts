import { beforeAll, describe, expect, it } from 'vitest'
import type { EncodedGraph } from '../../../src/graph/encoded-graph.ts'
import { createRandom } from '../../../src/graph/random.ts'
import { loadBackend } from '../../../src/model/backend.ts'
import {
  type BaselineKind,
  type BaselineShape,
  baselineParameters,
  initialBaseline,
} from '../../../src/model/baselines/baseline-shape.ts'
import { coarseGraph, withTypesAndWeights } from '../support/graphs.ts'
import { flatWeights, logitsOf } from './support/passes.ts'
import { smallGraph } from './support/small-graph.ts'

beforeAll(async () => {
  await loadBackend()
})

const shapeOf = (kind: BaselineKind, hidden: number): BaselineShape => ({
  kind,
  layers: 2,
  hidden,
  isJk: false,
  featureCount: 1,
  outputCount: 1,
})

/** Logits of graphs by a network whose weights are all `value`, its biases 0. */
function logits(shape: BaselineShape, value: number, ...graphs: readonly EncodedGraph[]): number[] {
  const weights = flatWeights(shape, ({ name }) => (name.endsWith('.bias') ? 0 : name.includes('.norm') ? 1 : value))
  return logitsOf(shape, weights, graphs)
}

const path = smallGraph(
  [1, 2, 4],
  [
    [0, 1],
    [1, 2],
  ],
)

describe('baselineForward()', () => {
  it('sums the features of a linear model, whatever the edges', () => {
    expect(logits(shapeOf('linear', 1), 2, path, smallGraph([1, 2, 4], []))).toEqual([14, 14])
  })

  it('adds a node to the sum of its neighbours in each layer of a GIN', () => {
    // 1 2 4 become 3 7 6, those 10 16 13; a normalisation divides by the root of 1.00001.
    const [logit = 0] = logits(shapeOf('gin', 1), 1, path)
    expect(logit).toBeCloseTo(39, 2)
  })

  it('takes the mean of a node and its neighbours in each layer of a GAT whose scores are all equal', () => {
    // By weights of a quarter, four equal channels keep the value; the attention is the softmax of 4 · z/4² of both ends.
    const flat = smallGraph(
      [3, 3, 3],
      [
        [0, 1],
        [1, 2],
      ],
    )
    const [logit = 0] = logits(shapeOf('gat', 4), 0.25, flat)
    // Input 3/4 in 4 channels, kept by both layers, summed over 3 nodes: 9/4; lin1: 9/4, lin2: 9/4.
    expect(logit).toBeCloseTo(2.25, 6)
  })

  it('gives more weight to the neighbour with the higher score', () => {
    const shape = { ...shapeOf('gat', 4), layers: 1 }
    // Node 0 sees itself (0) and node 1 (8/4 = 2 in each of 4 heads): scores of 2 · 0.25 · (0 + own).
    const [logit = 0] = logits(shape, 0.25, smallGraph([0, 8], [[0, 1]]))
    const attention = (score: number, other: number) => Math.exp(score) / (Math.exp(score) + Math.exp(other))
    // Each head: score 0.25 · z_u + 0.25 · z_v with z = 2; node 0 from node 1: 0.5, from itself 0; node 1: from itself 1, from node 0 0.5.
    const rows = 2 * attention(0.5, 0) + 2 * attention(1, 0.5)
    expect(logit).toBeCloseTo(rows, 5)
  })

  it('counts equal neighbours of a GAT as many times as there are', () => {
    const shape = { ...shapeOf('gat', 4), layers: 1 }
    // A star: three leaves of feature 8 around a centre of feature 0.
    const star = smallGraph(
      [0, 8, 8, 8],
      [
        [0, 1],
        [0, 2],
        [0, 3],
      ],
    )
    const [logit = 0] = logits(shape, 0.25, star)
    const [half, one] = [Math.exp(0.5), Math.exp(1)]
    expect(logit).toBeCloseTo((2 * 3 * half) / (3 * half + 1) + (3 * 2 * one) / (one + half), 5)
  })
})

describe.each(['gin', 'gat', 'linear'] as const)('of the kind %s, a network', (kind) => {
  const shape = { kind, layers: 2, hidden: 8, isJk: true, featureCount: 3, outputCount: 2 }
  const weights = initialBaseline(baselineParameters(shape), createRandom(1, 'weights'))
  const graphs = [4, 1, 6, 9].map((size, seed) => coarseGraph(seed, size))

  it('says of several graphs what it says of each alone', () => {
    const together = logitsOf(shape, weights, graphs)
    const alone = graphs.flatMap((graph) => logitsOf(shape, weights, [graph]))
    alone.forEach((logit, i) => {
      expect(together[i]).toBeCloseTo(logit, 5)
    })
  })

  it('sees neither weights nor types of edges', () => {
    const others = graphs.map((graph) => withTypesAndWeights(graph, 2))
    expect(logitsOf(shape, weights, others)).toEqual(logitsOf(shape, weights, graphs))
  })
})
