import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { type FoldedGraphs, type FoldedSums, foldGraphs } from '../../src/graph/fold.ts'
import { type FoldPlan, unfolded } from '../../src/graph/fold-plan.ts'
import { anyGraph, edgesOf, graphOf, pathOf, ringOf, starOf } from './graph-arrays.ts'

/** Entries of each row: row below, weight, and the type where there are types. */
function entriesOf({ start, column, weight, type }: FoldedSums): number[][][] {
  return Array.from(start.subarray(1), (end, row) =>
    Array.from(column.subarray(start[row], end), (below, i) => {
      const entry = (start[row] ?? 0) + i
      return [below, weight[entry] ?? Number.NaN, ...type.subarray(entry, entry + 1)]
    }),
  )
}

const stageSizes = ({ stages }: FoldedGraphs) => stages.map(({ multiplicity }) => multiplicity.length)

describe('foldGraphs()', () => {
  it('folds a path of 3 for one layer: mask and update', () => {
    const { x, stages, within, nodeStart } = foldGraphs([pathOf(3)], { rounds: 2, stageCount: 3 })
    expect([...x]).toEqual([1])
    expect([...nodeStart]).toEqual([0, 3])
    expect(stages.map(({ rowOf }) => [...rowOf])).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ])
    expect(stages.map(({ multiplicity }) => [...multiplicity])).toEqual([[3], [2, 1], [2, 1]])
    expect(stages.map(({ own }) => [...own])).toEqual([[], [0, 0], [0, 1]])
    expect(stages.map(({ sums }) => entriesOf(sums))).toEqual([
      [], // step 0 is the features
      [[[0, 1]], [[0, 2]]], // an end has one neighbour, the middle two that are alike
      [[[1, 1]], [[0, 2]]],
    ])
    expect(entriesOf(within)).toEqual([[[1, 1]], [[0, 2]]])
  })

  it('keeps the rows of graphs one after the other, each numbered within its graph', () => {
    const { stages, nodeStart } = foldGraphs([pathOf(3), ringOf(3), pathOf(2)], { rounds: 2, stageCount: 2 })
    expect(stages.map(({ rowStart }) => [...rowStart])).toEqual([
      [0, 1, 2, 3],
      [0, 2, 3, 4],
    ])
    expect([...(stages[1]?.rowOf ?? [])]).toEqual([0, 1, 0, 0, 0, 0, 0, 0])
    expect([...(stages[1]?.multiplicity ?? [])]).toEqual([2, 1, 3, 2])
    expect([...nodeStart]).toEqual([0, 3, 6, 8])
  })

  it('adds up the weights of neighbours that are alike, type by type', () => {
    const edges = [
      { from: 1, to: 0, weight: 0.5, type: 0 },
      { from: 2, to: 0, weight: 2, type: 0 },
      { from: 2, to: 0, weight: 4, type: 1 },
    ]
    const graph = graphOf([[1], [2], [2]], edges, { typeCount: 2, weighted: true })
    const { stages } = foldGraphs([graph], { rounds: 2, stageCount: 2 })
    expect(stages.map(({ sums }) => entriesOf(sums))[1]).toEqual([
      [
        [1, 2.5, 0],
        [1, 4, 1],
      ],
      [],
    ])
  })

  it('leaves every node a row of its own where there are no rounds', () => {
    const { stages, within, x } = foldGraphs([starOf(2)], unfolded)
    expect(stages.map(({ rowOf, multiplicity, low }) => [[...rowOf], [...multiplicity], low.length])).toEqual([
      [[0, 1, 2], [1, 1, 1], 0],
    ])
    expect(entriesOf(within)).toEqual([
      [
        [1, 1],
        [2, 1],
      ],
      [[0, 1]],
      [[0, 1]],
    ])
    expect([...x]).toEqual([1, 1, 1])
  })

  it('leaves every node and edge apart where edges have features, which keep the order of the edges', () => {
    const edges = [
      { from: 2, to: 0, features: [3, 30] },
      { from: 1, to: 0, features: [2, 20] },
      { from: 2, to: 0, features: [4, 40] },
    ]
    const graph = graphOf([[1], [1], [1]], edges, { edgeFeatureCount: 2 })
    const folded = foldGraphs([graph, { ...graphOf([[1]], []), edgeFeatureCount: 2 }], unfolded)
    expect(stageSizes(folded)).toEqual([4])
    expect(entriesOf(folded.within)).toEqual([
      [
        [1, 1],
        [2, 1],
        [2, 1],
      ],
      [],
      [],
      [],
    ])
    expect([...folded.edgeFeatures]).toEqual([2, 20, 3, 30, 4, 40])
  })

  it('has a stage for each of the first rounds, and one of the last', () => {
    // Rounds 0 to 4 of a path of 7 have 1, 2, 3, 4 and 4 colours.
    const sizesOf = (stageCount: number) => stageSizes(foldGraphs([pathOf(7)], { rounds: 4, stageCount }))
    expect([1, 2, 3, 5].map(sizesOf)).toEqual([[4], [1, 4], [1, 2, 4], [1, 2, 3, 4, 4]])
  })

  it('refuses to fold edges with features', () => {
    const graph = graphOf([[1]], [], { edgeFeatureCount: 1 })
    expect(() => foldGraphs([graph], { rounds: 2, stageCount: 1 })).toThrow(
      new RangeError(
        'Cannot fold graphs with edge features: expected no rounds, got 2; their edges are never alike, so use the plan `unfolded`',
      ),
    )
  })

  it('refuses graphs that differ in their number of features', () => {
    expect(() => foldGraphs([pathOf(2), graphOf([[1, 1]], [])], unfolded)).toThrow('expected 1 features')
  })

  it('takes no graphs', () => {
    expect(foldGraphs([], unfolded)).toMatchObject({ numGraphs: 0, x: new Float32Array(0) })
    expect(stageSizes(foldGraphs([], { rounds: 2, stageCount: 2 }))).toEqual([0, 0])
  })
})

describe('a folded graph', () => {
  const plans: fc.Arbitrary<FoldPlan> = fc.oneof(
    fc.constant(unfolded),
    fc
      .nat(4)
      .chain((rounds) => fc.record({ rounds: fc.constant(rounds), stageCount: fc.nat(rounds).map((r) => r + 1) })),
  )
  const kinds = { plain: {}, 'typed and weighted': { typeCount: 2, weighted: true } }

  /** Total weight by row below and type. */
  const totals = (entries: readonly (readonly [row: number, weight: number, type: number])[]) => {
    const sums = new Map<string, number>()
    for (const [row, weight, type] of entries) {
      const key = `${row} ${type}`
      sums.set(key, (sums.get(key) ?? 0) + weight)
    }
    return sums
  }

  const neighbours = (graph: GraphArrays, v: number, rowOf: Int32Array) =>
    edgesOf(graph)
      .filter(({ to }) => to === v)
      .map(({ from, weight, type }) => [rowOf[from] ?? -1, weight, type] as const)

  const summed = (sums: FoldedSums, row: number) =>
    (entriesOf(sums)[row] ?? []).map(([below = -1, weight = 0, type = 0]) => [below, weight, type] as const)

  it.each(Object.entries(kinds))('has each node in one row of every stage: %s edges', (_, kind) => {
    fc.assert(
      fc.property(anyGraph(kind), plans, (graph, plan) => {
        for (const { multiplicity, rowOf } of foldGraphs([graph], plan).stages) {
          expect(rowOf.length).toBe(graph.nodeCount)
          const counted = Array.from(multiplicity, (_, row) => rowOf.filter((of) => of === row).length)
          expect([...multiplicity]).toEqual(counted)
        }
      }),
    )
  })

  it.each(Object.entries(kinds))('says of every node where it and its neighbours are below: %s edges', (_, kind) => {
    fc.assert(
      fc.property(anyGraph(kind), plans, (graph, plan) => {
        const { stages, within } = foldGraphs([graph], plan)
        stages.slice(1).forEach(({ own, rowOf, sums }, s) => {
          const below = stages[s]?.rowOf ?? new Int32Array(0)
          rowOf.forEach((row, v) => {
            expect(own[row]).toBe(below[v])
            expect(totals(summed(sums, row))).toEqual(totals(neighbours(graph, v, below)))
          })
        })
        const last = stages.at(-1)?.rowOf ?? new Int32Array(0)
        new Set(last).forEach((row) => {
          expect(totals(summed(within, row))).toEqual(totals(neighbours(graph, last.indexOf(row), last)))
        })
      }),
    )
  })
})
