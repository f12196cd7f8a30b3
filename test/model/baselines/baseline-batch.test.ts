import { describe, expect, it } from 'vitest'
import { baselineBatch, foldForBaseline, withSelfLoops } from '../../../src/model/baselines/baseline-batch.ts'
import type { BaselineShape } from '../../../src/model/baselines/baseline-shape.ts'
import { smallGraph } from './support/small-graph.ts'

const shape: BaselineShape = { kind: 'gat', layers: 2, hidden: 8, isJk: false, featureCount: 1, outputCount: 2 }

/** Three leaves around a centre, beside a leaf and its centre. */
const graphs = [
  smallGraph(
    [0, 8, 8, 8],
    [
      [0, 1],
      [0, 2],
      [0, 3],
    ],
  ),
  smallGraph([0, 8], [[0, 1]]),
]

const batchOf = (kind: BaselineShape['kind']) =>
  baselineBatch(foldForBaseline(graphs, { ...shape, kind }), Int32Array.of(0, 1), { ...shape, kind })

describe('baselineBatch()', () => {
  it('has one row for equal nodes, which counts as its share of all nodes', () => {
    const { arrays, nodeCount } = batchOf('gat')
    expect(nodeCount).toBe(6)
    const shares = [...arrays.share.values].map((share) => Math.round(6 * share)).sort()
    expect(shares).toEqual([1, 1, 1, 3])
  })

  it('gives the number of equal neighbours as a logarithm', () => {
    const counts = [...(batchOf('gat').arrays.attention?.logCount.values ?? [])].map((log) => Math.round(Math.exp(log)))
    // Of each row itself; of a centre for its leaf, of a leaf for its centre; three leaves at once.
    expect(counts.sort()).toEqual([1, 1, 1, 1, 1, 1, 1, 3])
  })

  it('has the channels of each head in one column', () => {
    const { channels } = batchOf('gat').arrays.attention ?? { channels: undefined }
    expect(channels?.shape).toEqual([8, 4])
    const headOf = Array.from({ length: 8 }, (_, c) => [...(channels?.values ?? [])].slice(4 * c, 4 * c + 4).indexOf(1))
    expect(headOf).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  })

  it('attends to nothing but in a gat', () => {
    expect(batchOf('gin').arrays.attention).toBeNull()
  })

  it('takes graphs with the same features only', () => {
    const [first = smallGraph([1], [])] = graphs
    expect(() => foldForBaseline([first, { ...first, featureCount: 2 }], shape)).toThrow('features')
  })
})

describe('withSelfLoops()', () => {
  it('adds 1 on the diagonal, and sorts by row and column', () => {
    const entries = [
      [0, 2, 5],
      [0, 0, 3],
      [2, 1, 7],
      [2, 0, 2],
    ]
    const matrix = {
      rowCount: 3,
      columnCount: 3,
      indices: Int32Array.from(entries.flatMap(([row = 0, column = 0]) => [row, column])),
      values: Float32Array.from(entries, ([, , value = 0]) => value),
    }
    const { indices, values } = withSelfLoops(matrix)
    const got = Array.from(values, (value, e) => [indices[2 * e], indices[2 * e + 1], value])
    expect(got).toEqual([
      [0, 0, 4],
      [0, 2, 5],
      [1, 1, 1],
      [2, 0, 2],
      [2, 1, 7],
      [2, 2, 1],
    ])
  })
})
