import { describe, expect, it } from 'vitest'
import { packGraphs } from '../../src/graph/packed-graphs.ts'
import { graphOf, pathOf } from './graph-arrays.ts'

describe('packGraphs()', () => {
  it('puts the nodes and edges of graphs one after the other', () => {
    const arrow = graphOf([[1], [1], [1]], [{ from: 0, to: 2 }])
    expect(packGraphs([pathOf(2), graphOf([[1]], []), arrow])).toEqual({
      numGraphs: 3,
      featureCount: 1,
      typeCount: 1,
      edgeFeatureCount: 0,
      nodeStart: Int32Array.of(0, 2, 3, 6),
      firstEdge: Int32Array.of(0, 1, 2, 2, 2, 2, 3),
      source: Int32Array.of(1, 0, 3),
      edgeWeight: null,
      edgeType: null,
      edgeFeatures: null,
    })
  })

  it('gives edges without a weight the weight 1 where others have one', () => {
    const weighted = graphOf([[1], [1]], [{ from: 1, to: 0, weight: 0.5 }], { weighted: true })
    expect(packGraphs([pathOf(2), weighted]).edgeWeight).toEqual(Float32Array.of(1, 1, 0.5))
  })

  it('takes edges of a graph without types as type 0 where there are several', () => {
    const typed = graphOf([[1], [1]], [{ from: 1, to: 0, type: 2 }], { typeCount: 3 })
    const untyped = { ...pathOf(2), typeCount: 3 }
    expect(packGraphs([typed, untyped]).edgeType).toEqual(Int32Array.of(2, 0, 0))
  })

  it('keeps the features of edges in the order of the edges', () => {
    const kind = { edgeFeatureCount: 2 }
    const edges = [
      { from: 1, to: 0, features: [3, 4] },
      { from: 0, to: 1, features: [1, 2] },
    ]
    const graphs = [graphOf([[1], [1]], edges, kind), graphOf([[1]], [], kind), graphOf([[1], [1]], edges, kind)]
    expect(packGraphs(graphs).edgeFeatures).toEqual(Float32Array.of(3, 4, 1, 2, 3, 4, 1, 2))
  })

  it.each([
    ['1 features', '2', graphOf([[1, 1]], [])],
    ['1 edge types', '3', graphOf([[1]], [], { typeCount: 3 })],
    ['0 edge features', '4', graphOf([[1]], [], { edgeFeatureCount: 4 })],
  ])('refuses graphs that differ: %s, then %s', (expected, got, graph) => {
    expect(() => packGraphs([pathOf(2), graph])).toThrow(
      new RangeError(
        `Cannot batch graphs: expected ${expected} as in the first graph, got ${got}; encode all of them the same way`,
      ),
    )
  })

  it('takes no graphs', () => {
    expect(packGraphs([])).toMatchObject({ numGraphs: 0, nodeStart: Int32Array.of(0), source: new Int32Array(0) })
  })
})
