import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchesWithin, makeBatch, reverseEdges } from '../../src/graph/batch.ts'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'

/** A graph of one feature per node, the row number plus `first`. */
function encoded(size: number, edges: [number, number][], y: number | null = null, first = 0): EncodedGraph {
  return {
    key: `g${first}`,
    nodeKeys: Array.from({ length: size }, (_, v) => String(v)),
    x: Float32Array.from({ length: size }, (_, v) => first + v),
    featureCount: 1,
    source: Int32Array.from(edges, ([u]) => u),
    target: Int32Array.from(edges, ([, v]) => v),
    y,
  }
}

describe('makeBatch()', () => {
  it('offsets the rows of each graph by those before it', () => {
    const batch = makeBatch([
      encoded(
        2,
        [
          [1, 0],
          [0, 1],
        ],
        1,
      ),
      encoded(1, [], null, 10),
      encoded(
        3,
        [
          [2, 0],
          [0, 1],
        ],
        0,
        20,
      ),
    ])
    expect(batch).toEqual({
      numGraphs: 3,
      nodeCount: 6,
      featureCount: 1,
      x: Float32Array.of(0, 1, 10, 20, 21, 22),
      edges: { source: Int32Array.of(1, 0, 5, 3), target: Int32Array.of(0, 1, 3, 4) },
      reversedEdges: { source: Int32Array.of(1, 0, 4, 3), target: Int32Array.of(0, 1, 3, 5) },
      batch: Int32Array.of(0, 0, 1, 2, 2, 2),
      nodeStart: Int32Array.of(0, 2, 3, 6),
      y: Int32Array.of(1, -1, 0),
    })
  })

  it('refuses graphs with different numbers of features', () => {
    const wide = { ...encoded(1, []), x: new Float32Array(2), featureCount: 2 }
    expect(() => makeBatch([encoded(1, []), wide])).toThrow('expected 1 features, got 2')
  })
})

describe('reverseEdges()', () => {
  it('turns every edge round and sorts by the new target; twice gives the edges back', () => {
    const edge = fc.tuple(fc.nat(5), fc.nat(5))
    fc.assert(
      fc.property(fc.uniqueArray(edge, { selector: String }), (list) => {
        const sorted = [...list].sort(([a, b], [c, d]) => b - d || a - c)
        const edges = {
          source: Int32Array.from(sorted, ([u]) => u),
          target: Int32Array.from(sorted, ([, v]) => v),
        }
        const reversed = reverseEdges(edges, 6)
        const turned = sorted
          .map(([u, v]) => [v, u])
          .sort(([a, b], [c, d]) => (b ?? 0) - (d ?? 0) || (a ?? 0) - (c ?? 0))
        expect([...reversed.source].map((u, e) => [u, reversed.target[e]])).toEqual(turned)
        expect(reverseEdges(reversed, 6)).toEqual(edges)
      }),
    )
  })
})

describe('batchesWithin()', () => {
  const sizes = (limits: Parameters<typeof batchesWithin>[1]) =>
    [
      ...batchesWithin(
        [
          encoded(2, []),
          encoded(2, [[0, 1]]),
          encoded(9, [
            [0, 1],
            [1, 2],
          ]),
          encoded(1, []),
        ],
        limits,
      ),
    ].map((graphs) => graphs.map((graph) => graph.nodeKeys.length))

  it('limits graphs, nodes and edges, and gives a graph above the limit a batch of its own', () => {
    expect(sizes({ graphs: 3 })).toEqual([[2, 2, 9], [1]])
    expect(sizes({ graphs: 9, nodes: 4 })).toEqual([[2, 2], [9], [1]])
    expect(sizes({ graphs: 9, edges: 2 })).toEqual([
      [2, 2],
      [9, 1],
    ])
  })
})
