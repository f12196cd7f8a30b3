import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../src/model/backend.ts'
import { loopKernels } from '../../src/model/loop-kernels.ts'
import * as ops from '../../src/model/ops.ts'
import type { NumberArray } from '../../src/model/step.ts'
import { at, computed, matrix, vector } from './support/compute.ts'
import { expectClose } from './support/expect-close.ts'

/** Row, column and value; in any order, and any of them more than once. */
type Entry = readonly [number, number, number]

/** Row and column of each entry, values, numbers of rows and columns. */
function sparse(entries: readonly Entry[], rowCount: number, columnCount: number): NumberArray[] {
  const sorted = [...entries].sort(([a], [b]) => a - b)
  return [
    { values: Int32Array.from(sorted.flatMap((entry) => entry.slice(0, 2))), shape: [sorted.length, 2] },
    vector(...sorted.map(([, , value]) => value)),
    { values: Int32Array.of(rowCount, columnCount), shape: [2] },
  ]
}

const sparseOf = (values: readonly ops.Value[]) => ({
  indices: at(values, 0),
  values: at(values, 1),
  shape: at(values, 2),
})
/** A x and A^T x. */
const product = (a: readonly NumberArray[], x: NumberArray) =>
  computed((values) => [ops.sparseMatMul(sparseOf(values), at(values, 3))], [...a, x])[0]
const transposedProduct = (a: readonly NumberArray[], x: NumberArray) =>
  computed((values) => [ops.sparseMatMulTransposed(sparseOf(values), at(values, 3))], [...a, x])[0]

const entries = fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.integer({ min: -4, max: 4 })), { maxLength: 12 })
const integers = (size: number) => fc.array(fc.integer({ min: -8, max: 8 }), { minLength: size, maxLength: size })
const asMatrix = (numbers: readonly number[], columnCount: number): NumberArray => ({
  values: Float32Array.from(numbers),
  shape: [numbers.length / columnCount, columnCount],
})
const dot = (a: readonly number[] = [], b: readonly number[] = []) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

describe.each([
  ['native', 10],
  ['wasm', 50],
  ['cpu', 50],
] as const)('on the backend %s', (backend, numRuns) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  // rows 0 and 2 take from rows 0, 1 and 3 of x; row 1 takes nothing
  const a = sparse([[0, 0, 1], [0, 3, 10], [2, 1, -2], [2, 1, -2]], 3, 4) // biome-ignore format: a table
  const x = matrix([[1, 2], [3, 4], [5, 6], [7, 8]]) // biome-ignore format: a table

  it('sparseMatMul() adds up weighted rows, equal entries twice, and leaves rows without entries 0', () => {
    expect(product(a, x)).toEqual([71, 82, 0, 0, -12, -16])
  })

  it('sparseMatMulTransposed() sends rows back along every entry', () => {
    expect(transposedProduct(a, matrix([[1, 2], [3, 4], [5, 6]]))).toEqual([1, 2, -20, -24, 0, 0, 10, 20]) // biome-ignore format: a table
  })

  it('both give zeros where there are no entries, and nothing where there are no rows', () => {
    expect(product(sparse([], 2, 4), x)).toEqual([0, 0, 0, 0])
    expect(transposedProduct(sparse([], 4, 2), x)).toEqual([0, 0, 0, 0])
    expect(product(sparse([], 0, 4), x)).toEqual([])
    expect(transposedProduct(sparse([], 0, 1), matrix([], 2))).toEqual([0, 0])
  })

  it('sparseSoftmax() gives the entries of each row probabilities, a row of large logits and a row of one entry as well', () => {
    const logits = sparse([[0, 0, 0], [0, 3, Math.log(3)], [1, 1, 500], [1, 2, 500], [2, 0, -7]], 3, 4) // biome-ignore format: a table
    const [probabilities = []] = computed((values) => [ops.sparseSoftmax(sparseOf(values))], logits)
    expectClose({ shape: [5], data: probabilities }, { shape: [5], data: [0.25, 0.75, 0.5, 0.5, 1] }, 1e-6)
  })

  it('each is the gradient of the other: of finite differences, which are exact for integers', () => {
    fc.assert(
      fc.property(entries, integers(8), integers(6), fc.nat(7), (list, numbers, cotangent, i) => {
        const matrixA = sparse(list, 3, 4)
        const valueAt = (change: number) => {
          const moved = numbers.map((number, j) => (i === j ? number + change : number))
          return dot(product(matrixA, asMatrix(moved, 2)), cotangent)
        }
        const gradient = transposedProduct(matrixA, asMatrix(cotangent, 2))
        expect(gradient?.[i]).toBeCloseTo((valueAt(1) - valueAt(-1)) / 2, 5)
        expect(dot(gradient, numbers)).toBeCloseTo(valueAt(0), 5)
      }),
      { numRuns },
    )
  })

  it.each([
    ['relu', ops.relu, ops.reluGradient],
    ['leakyRelu', ops.leakyRelu, ops.leakyReluGradient],
    ['elu', ops.elu, ops.eluGradient],
    ['sigmoid', ops.sigmoid, ops.sigmoidGradient],
  ] as const)('the gradient of %s() is that of finite differences', (_name, activation, gradient) => {
    // far enough from the kink at 0; the last ones are flat
    const points = [-30, -3, -1, -0.5, -0.1, 0.1, 0.5, 1, 3, 30]
    const step = 2 ** -6
    const valuesAt = (change: number) =>
      computed((values) => [activation(at(values, 0))], [vector(...points.map((point) => point + change))])[0] ?? []
    const [above, below] = [valuesAt(step), valuesAt(-step)]
    const slopes = points.map((_, i) => (3 * ((above[i] ?? 0) - (below[i] ?? 0))) / (2 * step))
    const ones = vector(...points.map(() => 3))
    const [got = []] = computed(
      (values) => [gradient(at(values, 1), activation(at(values, 0)))],
      [vector(...points), ones],
    )
    expectClose({ shape: [10], data: got }, { shape: [10], data: slopes }, 1e-3)
  })

  it('takes a hundred thousand entries', () => {
    const size = 100_000
    const ring = Array.from({ length: size }, (_, v): Entry => [v, (v + 1) % size, 1])
    const numbers = Array.from({ length: size }, (_, v) => v)
    const sums = product(sparse(ring, size, size), asMatrix(numbers, 1))
    expect([sums?.[0], sums?.[size - 2], sums?.[size - 1]]).toEqual([1, size - 1, 0])
  })
})

describe.each(['wasm', 'cpu'] as const)('the kernels of the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it('leave nothing behind but their result', () => {
    const before = tf.memory()
    const y = tf.tensor1d([0.5, 0.25])
    const dx = tf.engine().runKernel<tf.Tensor>(loopKernels.sigmoidGradient, { dy: y, y })
    expect([...dx.dataSync()]).toEqual([0.125, 0.046875])
    expect(tf.memory().numTensors - before.numTensors).toBe(2)
    tf.dispose([y, dx])
    expect(tf.memory().numTensors).toBe(before.numTensors)
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers)
  })

  it('say what they lack', () => {
    const run = () => tf.engine().runKernel(loopKernels.reluGradient, { dy: tf.tensor1d([1]) })
    expect(() => tf.tidy(run)).toThrow('Cannot run a kernel: expected input y')
  })
})
