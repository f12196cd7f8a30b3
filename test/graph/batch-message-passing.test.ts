/** What batches are for: a network that runs on the merged rows computes what it would compute node by node. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Batch, makeBatch, type SparseMatrix } from '../../src/graph/batch.ts'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { foldGraphs } from '../../src/graph/fold.ts'
import { type FoldPlan, unfolded } from '../../src/graph/fold-plan.ts'
import { anyGraph, edgesOf, pathOf } from './graph-arrays.ts'

const prime = 10_007

/** One step of a network on whole numbers, so that nothing is rounded. */
const step = (own: number, sum: number, typed: number) => (3 * own * own + 7 * sum + 11 * typed + 1) % prime

/** The values of every step, node by node. [2K + 1] of [N] */
function valuesOf(graph: GraphArrays, layers: number): number[][] {
  const values = [Array.from({ length: graph.nodeCount }, (_, v) => encoded(graph.x, v))]
  for (let l = 1; l <= 2 * layers; l++) {
    const below = values[l - 1] ?? []
    const around = below.map((_, v) => edgesOf(graph).filter(({ to }) => to === v))
    const total = (v: number, factor: (type: number) => number) =>
      (around[v] ?? []).reduce((sum, { from, weight, type }) => sum + weight * factor(type) * (below[from] ?? 0), 0)
    values.push(
      below.map((own, v) =>
        step(
          own,
          total(v, () => 1),
          total(v, (type) => type + 1),
        ),
      ),
    )
  }
  return values
}

/** The same for the rows of a batch. [2K + 1] of [R] */
function rowValuesOf(batch: Batch): number[][] {
  const values = [Array.from({ length: batch.rowCount }, (_, row) => encoded(batch.x, row))]
  batch.steps.forEach(({ own, sums, typedSums, typeCount, rowCount }, l) => {
    const below = values[l] ?? []
    const sum = multiply(sums, below)
    const byType = below.flatMap((value) => Array.from({ length: typeCount }, (_, type) => (type + 1) * value))
    const typed = multiply(typedSums, byType)
    values.push(Array.from({ length: rowCount }, (_, r) => step(below[own?.[r] ?? r] ?? 0, sum[r] ?? 0, typed[r] ?? 0)))
  })
  return values
}

const encoded = (x: Float32Array, row: number) => 5 * (x[2 * row] ?? 0) + 9 * (x[2 * row + 1] ?? 0)

function multiply(matrix: SparseMatrix, x: readonly number[]): number[] {
  const result = Array.from({ length: matrix.rowCount }, () => 0)
  matrix.values.forEach((value, entry) => {
    const [row = -1, column = -1] = matrix.indices.subarray(2 * entry, 2 * entry + 2)
    result[row] = (result[row] ?? 0) + value * (x[column] ?? Number.NaN)
  })
  return result
}

describe('message passing on a batch', () => {
  const kinds = { plain: {}, weighted: { weighted: true }, 'typed and weighted': { typeCount: 2, weighted: true } }
  const layersAndPlan = fc.integer({ min: 1, max: 3 }).chain((layers) =>
    fc.tuple(
      fc.constant(layers),
      fc.oneof(
        fc.constant(unfolded),
        fc.nat(2 * layers).map((last): FoldPlan => ({ rounds: 2 * layers, stageCount: last + 1 })),
        fc.nat(2 * layers).map((rounds): FoldPlan => ({ rounds, stageCount: rounds + 2, sharedStage: 'nodes' })),
      ),
    ),
  )

  it.each(Object.entries(kinds))('gives every node and graph what it has alone: %s edges', (_, kind) => {
    const graphs = fc.array(anyGraph(kind), { minLength: 1, maxLength: 4 })
    const picked = fc.array(fc.nat(3), { minLength: 1 })
    fc.assert(
      fc.property(graphs, picked, layersAndPlan, (all, picks, [layers, plan]) => {
        const folded = foldGraphs(all, plan)
        const indices = picks.map((pick) => pick % all.length)
        const batch = makeBatch(folded, Int32Array.from(indices), { layers, withMaskRows: true })
        const rows = rowValuesOf(batch)
        const alone = indices.map((g) => valuesOf(all[g] ?? pathOf(1), layers))
        for (let k = 0; k < layers; k++) {
          const masks = Array.from(batch.maskRows[k] ?? [], (row) => rows[2 * k + 1]?.[row])
          expect(masks).toEqual(alone.flatMap((values) => values[2 * k + 1] ?? []))
          const readout = batch.readouts[k]
          const sums = alone.map((values) => (values[2 * k + 2] ?? []).reduce((sum, value) => sum + value, 0))
          expect(readout && multiply(readout, rows[2 * k + 2] ?? [])).toEqual(sums)
        }
      }),
    )
  })
})
