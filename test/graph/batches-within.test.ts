import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BatchLimits, batchesWithin } from '../../src/graph/batches-within.ts'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { anyGraph, graphOf, pathOf } from './graph-arrays.ts'

const sizesOf = (batches: Iterable<readonly GraphArrays[]>) =>
  Array.from(batches, (graphs) => graphs.map(({ nodeCount }) => nodeCount))

describe('batchesWithin()', () => {
  // 2, 6, 0 and 2 edges
  const graphs = [pathOf(2), pathOf(4), graphOf([[1]], []), pathOf(2)]

  it.each<[string, BatchLimits, number[][]]>([
    ['graphs', { graphs: 3 }, [[2, 4, 1], [2]]],
    [
      'nodes',
      { graphs: 9, nodes: 6 },
      [
        [2, 4],
        [1, 2],
      ],
    ],
    ['edges', { graphs: 9, edges: 6 }, [[2], [4, 1], [2]]],
    [
      'all of them',
      { graphs: 2, nodes: 6, edges: 8 },
      [
        [2, 4],
        [1, 2],
      ],
    ],
  ])('fills batches up to the limit of %s', (_, limits, sizes) => {
    expect(sizesOf(batchesWithin(graphs, limits))).toEqual(sizes)
  })

  it('gives a graph above a limit a batch of its own', () => {
    expect(sizesOf(batchesWithin(graphs, { graphs: 9, nodes: 3 }))).toEqual([[2], [4], [1, 2]])
    expect(sizesOf(batchesWithin(graphs, { graphs: 9, edges: 5 }))).toEqual([[2], [4], [1, 2]])
  })

  it('gives no batch where there is no graph', () => {
    expect(sizesOf(batchesWithin([], { graphs: 1 }))).toEqual([])
  })

  it('asks for no graph beyond the first that does not fit', () => {
    let asked = 0
    function* source() {
      for (const graph of graphs) {
        asked++
        yield graph
      }
    }
    batchesWithin(source(), { graphs: 1 }).next()
    expect(asked).toBe(2)
  })

  it('keeps every graph and the order, within the limits wherever there is more than one', () => {
    const limit = fc.integer({ min: 1, max: 20 })
    fc.assert(
      fc.property(fc.array(anyGraph()), limit, limit, limit, (all, most, nodes, edges) => {
        const batches = [...batchesWithin(all, { graphs: most, nodes, edges })]
        expect(batches.flat()).toEqual(all)
        for (const batch of batches.filter(({ length }) => length > 1)) {
          expect(batch.length).toBeLessThanOrEqual(most)
          expect(batch.reduce((sum, { nodeCount }) => sum + nodeCount, 0)).toBeLessThanOrEqual(nodes)
          expect(batch.reduce((sum, { source }) => sum + source.length, 0)).toBeLessThanOrEqual(edges)
        }
      }),
    )
  })
})
