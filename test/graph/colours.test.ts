import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Colouring, colourEachNode, refineColours } from '../../src/graph/colours.ts'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { packGraphs } from '../../src/graph/packed-graphs.ts'
import { anyGraph, graphOf, pathOf, ringOf, starOf, unionOf } from './graph-arrays.ts'

const coloursOf = (graph: GraphArrays, rounds: number) => refineColours([graph], packGraphs([graph]), rounds)
const rowsOf = (colourings: readonly Colouring[]) => colourings.map(({ rowOf }) => [...rowOf])
const countsOf = (colourings: readonly Colouring[]) => colourings.map(({ low }) => low.length)

describe('refineColours()', () => {
  it('gives the ends of a path of 3 one colour and its middle another, from round 1 on', () => {
    expect(rowsOf(coloursOf(pathOf(3), 2))).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ])
  })

  it('gives the leaves of a star one colour', () => {
    expect(rowsOf(coloursOf(starOf(4), 1))).toEqual([
      [0, 0, 0, 0, 0],
      [0, 1, 1, 1, 1],
    ])
  })

  it('cannot tell a ring of 6 from two triangles, as no message passing can', () => {
    expect(countsOf(coloursOf(unionOf(ringOf(6), unionOf(ringOf(3), ringOf(3))), 3))).toEqual([1, 1, 1, 1])
  })

  it('tells features apart before any round', () => {
    const [colouring] = coloursOf(
      graphOf(
        [
          [0, 1],
          [1, 0],
          [0, 1],
          [0.5, 0],
        ],
        [],
      ),
      0,
    )
    expect([...(colouring?.rowOf ?? [])]).toEqual([0, 1, 0, 2])
  })

  it('gives nodes whose features are all 0, or that have none, one colour', () => {
    expect(countsOf(coloursOf(graphOf([[0], [0], [0]], []), 1))).toEqual([1, 1])
    expect(countsOf(coloursOf(graphOf([[], [], []], []), 1))).toEqual([1, 1])
  })

  it('looks only at the neighbours that send messages', () => {
    const edges = [{ from: 0, to: 1 }]
    expect(rowsOf(coloursOf(graphOf([[1], [1], [1]], edges), 1))[1]).toEqual([0, 1, 0])
  })

  it('tells edge types apart', () => {
    const edges = [
      { from: 0, to: 1, type: 0 },
      { from: 0, to: 2, type: 1 },
      { from: 0, to: 3, type: 1 },
    ]
    const graph = graphOf([[1], [2], [2], [2]], edges, { typeCount: 2 })
    expect(rowsOf(coloursOf(graph, 1))[1]).toEqual([0, 1, 2, 2])
  })

  it('tells edge weights apart', () => {
    const edges = [
      { from: 0, to: 1, weight: 0.5 },
      { from: 0, to: 2, weight: 2 },
      { from: 0, to: 3, weight: 2 },
    ]
    const graph = graphOf([[1], [2], [2], [2]], edges, { weighted: true })
    expect(rowsOf(coloursOf(graph, 1))[1]).toEqual([0, 1, 2, 2])
  })

  it('looks one edge further in each round', () => {
    // The nodes of a path of 7 differ in their distance from the nearer end: 0 to 3.
    expect(countsOf(coloursOf(pathOf(7), 5))).toEqual([1, 2, 3, 4, 4, 4])
  })

  it('numbers colours by the first node that has them', () => {
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        for (const { rowOf, representative, low } of coloursOf(graph, 3)) {
          const distinct = [...new Set(rowOf)]
          expect(distinct).toEqual(Array.from(low, (_, row) => row))
          expect([...representative]).toEqual(distinct.map((row) => rowOf.indexOf(row)))
        }
      }),
    )
  })

  it('only ever splits colours', () => {
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        const colourings = coloursOf(graph, 4)
        colourings.slice(1).forEach(({ rowOf, representative }, before) => {
          const coarser = colourings[before]?.rowOf ?? []
          rowOf.forEach((row, v) => {
            expect(coarser[v]).toBe(coarser[representative[row] ?? 0])
          })
        })
      }),
    )
  })

  it('goes on splitting where features that are all 0 stand beside others', () => {
    // Round 0 has 2 colours, round 1 has 3: two nodes alone, the ends of the path, and what lies between them.
    const graph = unionOf(graphOf([[0], [0]], []), pathOf(6))
    expect(countsOf(coloursOf(graph, 4))).toEqual([2, 3, 4, 4, 4])
  })

  it('colours each of several graphs as it does alone', () => {
    fc.assert(
      fc.property(fc.array(anyGraph(), { maxLength: 4 }), (graphs) => {
        const packed = packGraphs(graphs)
        const together = refineColours(graphs, packed, 4)
        graphs.forEach((graph, g) => {
          const [first, end] = [packed.nodeStart[g] ?? 0, packed.nodeStart[g + 1] ?? 0]
          const own = together.map(({ rowStart, low, high, rowOf, representative }) => {
            const rows = [rowStart[g] ?? 0, rowStart[g + 1] ?? 0] as const
            return {
              rowStart: Int32Array.of(0, rows[1] - rows[0]),
              low: low.slice(...rows),
              high: high.slice(...rows),
              rowOf: rowOf.slice(first, end),
              representative: representative.slice(...rows).map((v) => v - first),
            }
          })
          expect(own).toEqual(coloursOf(graph, 4))
        })
      }),
    )
  })
})

describe('colourEachNode()', () => {
  it('makes every node a row of its own, without a hash', () => {
    expect(colourEachNode(packGraphs([pathOf(2), pathOf(3)]))).toEqual({
      rowStart: Int32Array.of(0, 2, 5),
      low: new Int32Array(0),
      high: new Int32Array(0),
      rowOf: Int32Array.of(0, 1, 0, 1, 2),
      representative: Int32Array.of(0, 1, 2, 3, 4),
    })
  })
})
