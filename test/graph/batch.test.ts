import { describe, expect, it } from 'vitest'
import { makeBatch, type SparseMatrix } from '../../src/graph/batch.ts'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { foldGraphs } from '../../src/graph/fold.ts'
import { type FoldPlan, unfolded } from '../../src/graph/fold-plan.ts'
import { graphOf, pathOf, ringOf } from './graph-arrays.ts'

/** Entries as [row, column, value]. */
function entriesOf({ indices, values }: SparseMatrix): number[][] {
  return Array.from(values, (value, i) => [...indices.subarray(2 * i, 2 * i + 2), value])
}

/** The batch of `graphs`, or of those at `indices`, for so many layers, as its lists of entries. */
function batchOf(
  graphs: readonly GraphArrays[],
  plan: FoldPlan,
  { layers = 1, indices = graphs.map((_, g) => g) }: { layers?: number; indices?: number[] } = {},
) {
  const batch = makeBatch(foldGraphs(graphs, plan), Int32Array.from(indices), { layers, withMaskRows: true })
  return {
    batch,
    x: [...batch.x],
    own: batch.steps.map(({ own }) => own && [...own]),
    sums: batch.steps.map(({ sums }) => entriesOf(sums)),
    readouts: batch.readouts.map(entriesOf),
    maskRows: batch.maskRows.map((rows) => [...rows]),
    nodeStart: [...batch.nodeStart],
  }
}

describe('makeBatch()', () => {
  it('is the disjoint union where nothing is folded', () => {
    const arrow = graphOf([[7], [8]], [{ from: 0, to: 1 }])
    const { batch, ...lists } = batchOf([pathOf(3), arrow], unfolded)
    const sums = [
      [0, 1, 1],
      [1, 0, 1],
      [1, 2, 1],
      [2, 1, 1],
      [4, 3, 1],
    ]
    expect(lists).toEqual({
      x: [1, 1, 1, 7, 8],
      own: [null, null],
      sums: [sums, sums],
      readouts: [
        [
          [0, 0, 1],
          [0, 1, 1],
          [0, 2, 1],
          [1, 3, 1],
          [1, 4, 1],
        ],
      ],
      maskRows: [[0, 1, 2, 3, 4]],
      nodeStart: [0, 3, 5],
    })
    expect([batch.numGraphs, batch.featureCount, batch.rowCount]).toEqual([2, 1, 5])
    expect(batch.readouts[0]).toMatchObject({ rowCount: 2, columnCount: 5 })
  })

  it('makes one row of equal colours, within a graph and across graphs', () => {
    const { batch, ...lists } = batchOf([pathOf(3), pathOf(2)], { rounds: 2, stageCount: 3 })
    expect(lists).toEqual({
      x: [1],
      // Masks: the ends of both paths, and the middle. Update: the ends of the path of 3, its middle, those of the path of 2.
      own: [
        [0, 0],
        [0, 1, 0],
      ],
      sums: [
        [
          [0, 0, 1],
          [1, 0, 2],
        ],
        [
          [0, 1, 1],
          [1, 0, 2],
          [2, 0, 1],
        ],
      ],
      readouts: [
        [
          [0, 0, 2],
          [0, 1, 1],
          [1, 2, 2],
        ],
      ],
      maskRows: [[0, 1, 0, 0, 0]],
      nodeStart: [0, 3, 5],
    })
    expect(batch.steps.map(({ rowCount, sums }) => [rowCount, sums.rowCount, sums.columnCount])).toEqual([
      [2, 2, 1],
      [3, 3, 2],
    ])
  })

  it('takes the graphs in the order of the indices, and a graph twice where its index is there twice', () => {
    const graphs = [pathOf(3), ringOf(3), graphOf([[5]], [])]
    const folded = batchOf(graphs, { rounds: 2, stageCount: 1 }, { indices: [2, 0, 2] })
    expect(folded.x).toEqual([5, 1, 1])
    expect(folded.nodeStart).toEqual([0, 1, 4, 5])
    expect(folded.maskRows).toEqual([[0, 1, 2, 1, 0]])
    expect(folded.readouts[0]).toEqual([
      [0, 0, 1],
      [1, 1, 2],
      [1, 2, 1],
      [2, 0, 1],
    ])
    const apart = batchOf(graphs, unfolded, { indices: [2, 0, 2] })
    expect(apart.x).toEqual([5, 1, 1, 1, 5])
    expect(apart.maskRows).toEqual([[0, 1, 2, 3, 4]])
  })

  it('adds nothing up in graphs without edges', () => {
    const { sums, readouts, batch } = batchOf(
      [graphOf([[1]], []), graphOf([[2], [2]], [])],
      { rounds: 4, stageCount: 1 },
      { layers: 2 },
    )
    expect(sums).toEqual([[], [], [], []])
    expect(batch.steps[0]?.sums).toMatchObject({ rowCount: 2, columnCount: 2 })
    expect(readouts[1]).toEqual([
      [0, 0, 1],
      [1, 1, 2],
    ])
  })

  it('gives the sums by type a column for each row and type', () => {
    const edges = [
      { from: 0, to: 1, type: 2 },
      { from: 0, to: 1, type: 0 },
      { from: 1, to: 0, type: 1 },
    ]
    const graph = graphOf([[1], [2]], edges, { typeCount: 3 })
    const [step] = batchOf([graph], unfolded).batch.steps
    expect(step && entriesOf(step.typedSums)).toEqual([
      [0, 4, 1], // row 1, type 1
      [1, 0, 1], // row 0, type 0
      [1, 2, 1], // row 0, type 2
    ])
    expect(step && entriesOf(step.sums)).toEqual([
      [0, 1, 1],
      [1, 0, 1],
      [1, 0, 1],
    ])
    expect(step?.typedSums).toMatchObject({ rowCount: 2, columnCount: 6 })
  })

  it('keeps the features of edges beside their entries', () => {
    const edged = (...features: number[]) =>
      graphOf(
        features.map((_) => [1]),
        features.slice(1).map((feature, v) => ({ from: v + 1, to: 0, features: [feature, -feature] })),
        { edgeFeatureCount: 2 },
      )
    const { batch, sums } = batchOf([edged(0, 1, 2), edged(0), edged(0, 3)], unfolded, { indices: [2, 1, 0] })
    expect(sums[0]).toEqual([
      [0, 1, 1],
      [3, 4, 1],
      [3, 5, 1],
    ])
    expect([...(batch.edgeFeatures ?? [])]).toEqual([3, -3, 1, -1, 2, -2])
    expect(batch.edgeFeatureCount).toBe(2)
    expect(batchOf([pathOf(2)], unfolded).batch).toMatchObject({ edgeFeatureCount: 0, edgeFeatures: null })
  })

  it('shares the arrays of layers that work on the same rows, and leaves mask rows out unless they are wanted', () => {
    const folded = foldGraphs([ringOf(3)], { rounds: 6, stageCount: 1 })
    const { steps, readouts, maskRows } = makeBatch(folded, Int32Array.of(0), { layers: 3 })
    expect(new Set(steps).size).toBe(1)
    expect(new Set(readouts).size).toBe(1)
    expect(maskRows).toEqual([])
  })
})
