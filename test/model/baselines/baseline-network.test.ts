import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../../src/model/backend.ts'
import { baselineOutputs } from '../../../src/model/baselines/baseline-network.ts'
import {
  type BaselineKind,
  type BaselineShape,
  baselineParameters,
} from '../../../src/model/baselines/baseline-shape.ts'
import { unionOf } from '../../../src/model/baselines/union.ts'
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

/** Changes nothing. */
const bagScaling = { mean: [0], std: [1] }

/** Logits of graphs by a network whose weights are all `value`, its biases 0, and whose normalisations change nothing. */
function logits(shape: BaselineShape, value: number, ...graphs: readonly ReturnType<typeof smallGraph>[]): number[] {
  return tf.tidy(() => {
    const weights = Object.fromEntries(
      baselineParameters(shape).map(({ name, shape: sides }) => [
        name,
        tf.fill([...sides], name.endsWith('.bias') ? 0 : name.includes('.norm') ? 1 : value),
      ]),
    )
    const pass = {
      weights,
      union: unionOf(graphs),
      normalize: (rows: tf.Tensor2D) => rows,
      bagScaling,
      dropoutFactors: null,
    }
    return [...baselineOutputs(shape, pass).dataSync()]
  })
}

const path = smallGraph(
  [1, 2, 4],
  [
    [0, 1],
    [1, 2],
  ],
)

describe('baselineOutputs()', () => {
  it('sums the features of a linear model, whatever the edges', () => {
    expect(logits(shapeOf('linear', 1), 2, path, smallGraph([1, 2, 4], []))).toEqual([14, 14])
  })

  it('adds a node to the sum of its neighbours in each layer of a GIN', () => {
    // 1 2 4 become 3 7 6, those 10 16 13.
    expect(logits(shapeOf('gin', 1), 1, path)).toEqual([39])
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
})
