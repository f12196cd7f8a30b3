import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { reverseEdges } from '../../src/graph/batch.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { type RowPairs, sumOverPairs } from '../../src/model/kernels.ts'
import { expectClose } from './support/expect-close.ts'

/** Pairs [u, v] in any order as tensors. */
function pairsOf(pairs: readonly (readonly [number, number])[], sourceCount: number, targetCount: number): RowPairs {
  const sorted = [...pairs].sort(([a, b], [c, d]) => b - d || a - c)
  const forth = { source: Int32Array.from(sorted, ([u]) => u), target: Int32Array.from(sorted, ([, v]) => v) }
  const back = reverseEdges(forth, Math.max(sourceCount, targetCount))
  return {
    source: tf.tensor1d(forth.source, 'int32'),
    target: tf.tensor1d(forth.target, 'int32'),
    targetCount,
    reversedSource: tf.tensor1d(back.source, 'int32'),
    reversedTarget: tf.tensor1d(back.target, 'int32'),
  }
}

describe.each(['native', 'cpu'] as const)('sumOverPairs() on the %s backend', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  const x = [1, 2, 10, 20, 100, 200] // [3, 2]

  it('adds up the rows of each target, and leaves targets without pairs 0, also the last ones', () => {
    tf.tidy(() => {
      const sum = sumOverPairs(
        tf.tensor2d(x, [3, 2]),
        pairsOf(
          [
            [0, 1],
            [2, 1],
            [1, 2],
            [1, 2],
          ],
          3,
          5,
        ),
      )
      expectClose(sum, { shape: [5, 2], data: [0, 0, 101, 202, 20, 40, 0, 0, 0, 0] }, 0)
    })
  })

  it('gives zeros where there are no pairs at all', () => {
    tf.tidy(() => {
      expectClose(sumOverPairs(tf.tensor2d(x, [3, 2]), pairsOf([], 3, 2)), { shape: [2, 2], data: [0, 0, 0, 0] }, 0)
    })
  })

  it('sends a given gradient back along every pair', () => {
    tf.tidy(() => {
      const pairs = pairsOf(
        [
          [0, 1],
          [2, 1],
          [2, 0],
        ],
        3,
        2,
      )
      const dy = tf.tensor2d([1, 2, 30, 40], [2, 2])
      const dx = tf.grad((rows: tf.Tensor) => sumOverPairs(rows.as2D(3, 2), pairs))(tf.tensor2d(x, [3, 2]), dy)
      expectClose(dx, { shape: [3, 2], data: [30, 40, 0, 0, 31, 42] }, 0)
    })
  })

  it('has the gradient of finite differences, and the gradient of its gradient', () => {
    const pair = fc.tuple(fc.nat(3), fc.nat(2))
    const numbers = (length: number) =>
      fc.array(fc.integer({ min: -8, max: 8 }), { minLength: length, maxLength: length })
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 9 }), numbers(8), (list, values) => {
        tf.tidy(() => {
          const pairs = pairsOf(list, 4, 3)
          const loss = (rows: tf.Tensor): tf.Scalar => tf.sum(tf.square(sumOverPairs(rows.as2D(4, 2), pairs)))
          const gradient = tf.grad(loss)(tf.tensor2d(values, [4, 2]))
          const at = (change: number, i: number) =>
            loss(
              tf.tensor2d(
                values.map((value, j) => (i === j ? value + change : value)),
                [4, 2],
              ),
            ).dataSync()[0] ?? 0
          // central differences are exact for a quadratic function
          const differences = values.map((_, i) => (at(1, i) - at(-1, i)) / 2)
          expectClose(gradient, { shape: [4, 2], data: differences }, 1e-5)

          const slopes = tf.grad((rows: tf.Tensor) => tf.sum(tf.square(tf.grad(loss)(rows))))
          const second = slopes(tf.tensor2d(values, [4, 2]))
          // the loss is x'Ax, so its gradient is g = 2Ax, and that of |g|^2 is 2 (2A) g = 2 grad(g as x)
          const expected = tf.mul(2, tf.grad(loss)(gradient))
          expectClose(second, { shape: [4, 2], data: Array.from(expected.dataSync()) }, 1e-4)
        })
      }),
      { numRuns: 20 },
    )
  })

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors
    tf.tidy(() => sumOverPairs(tf.tensor2d(x, [3, 2]), pairsOf([[0, 0]], 3, 1)).dataSync())
    expect(tf.memory().numTensors).toBe(before)
  })
})

it('takes a hundred thousand pairs', async () => {
  await loadBackend()
  tf.tidy(() => {
    const ring = Array.from({ length: 100_000 }, (_, v): [number, number] => [(v + 1) % 100_000, v])
    const sum = sumOverPairs(tf.ones([100_000, 4]), pairsOf(ring, 100_000, 100_000))
    expect(tf.sum(sum).dataSync()[0]).toBe(400_000)
  })
})
