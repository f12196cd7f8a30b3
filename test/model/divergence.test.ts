import { describe, expect, it } from 'vitest'
import { type Divergence, divergenceCause } from '../../src/model/divergence.ts'
import { randomGraph, withEdgeFeatures, withTypesAndWeights } from './support/graphs.ts'

const graph = { ...withEdgeFeatures(withTypesAndWeights(randomGraph(1, 4), 1)) }
const divergence: Divergence = {
  epoch: 3,
  learningRate: 0.5,
  loss: Number.NaN,
  parameters: Float32Array.of(0.5, -1234.5),
  graphs: [graph],
}
/** The first number of `values` replaced. */
const withFirst = (values: Float32Array | null, value: number) => values?.map((old, i) => (i === 0 ? value : old))

describe('divergenceCause()', () => {
  it('blames the learning rate where weights have grown and the data is as it should be', () => {
    expect(divergenceCause(divergence)).toBe(
      'the loss became NaN in epoch 3, at the graphs g1, because weights have grown to 1.23e+3 at learningRate 0.5; lower learningRate',
    )
  })

  it('tells a gradient that overflows from a loss that does', () => {
    expect(divergenceCause({ ...divergence, loss: 2 })).toMatch(/^the gradient is not finite in epoch 3,/)
    expect(divergenceCause({ ...divergence, loss: Number.POSITIVE_INFINITY })).toMatch(/^the loss became Infinity/)
  })

  it('names up to five graphs of the batch', () => {
    const graphs = [1, 2, 3, 4, 5].map((seed) => randomGraph(seed, 2))
    expect(divergenceCause({ ...divergence, graphs })).toContain('at the graphs g1, g2, g3, g4, g5, because')
    const more = [...graphs, randomGraph(6, 2)]
    expect(divergenceCause({ ...divergence, graphs: more })).toContain('at the graphs g1, g2, g3, g4, g5, ..., because')
  })

  it.each([
    ['a feature', 'x', 'standardize the feature properties'],
    ['an edge weight', 'edgeWeight', 'scale the edge weights'],
    ['an edge feature', 'edgeFeatures', 'standardize the edge features'],
  ] as const)('blames %s that is not finite, or very large', (name, field, remedy) => {
    const causeWith = (value: number) => {
      const spoilt = { ...graph, [field]: withFirst(graph[field], value) }
      return divergenceCause({ ...divergence, graphs: [graph, spoilt] })
    }
    expect(causeWith(Number.NaN)).toMatch(new RegExp(`, because ${name} is not finite$`))
    expect(causeWith(Number.NEGATIVE_INFINITY)).toMatch(new RegExp(`, because ${name} is not finite$`))
    expect(causeWith(-1e20)).toMatch(new RegExp(`, because ${name} is as large as 1\\.00e\\+20; ${remedy}$`))
    expect(causeWith(9999)).toContain('because weights have grown')
  })
})
