import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../src/model/backend.ts'
import * as ops from '../../src/model/ops.ts'
import type { Computation } from '../../src/model/program/compile.ts'
import type { NumberArray } from '../../src/model/step.ts'
import { at, computed, matrix, vector } from './support/compute.ts'
import { expectClose } from './support/expect-close.ts'

const a = matrix([
  [1, 2, 3],
  [4, 5, 6],
])
const b = matrix([
  [1, 0],
  [0, 1],
  [1, 1],
])
const square = matrix([
  [-1, 2],
  [0.5, -3],
])
/** Two matrices [2, 1, 2] and [2, 2, 1]. */
const rows: NumberArray = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 1, 2] }
const columns: NumberArray = { values: Float32Array.of(5, 6, 7, 8), shape: [2, 2, 1] }

const pair: NumberArray = { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [2, 2, 2] }
/** No matrices [1, 2]. */
const noRows: NumberArray = { values: new Float32Array(0), shape: [0, 1, 2] }

const two = (compute: (a: ops.Value, b: ops.Value) => ops.Value): Computation => {
  return (values) => [compute(at(values, 0), at(values, 1))]
}
const one = (compute: (x: ops.Value) => ops.Value): Computation => {
  return (values) => [compute(at(values, 0))]
}

type Case = readonly [name: string, Computation, inputs: readonly NumberArray[], ...results: (readonly number[])[]]

const cases: readonly Case[] = [
  ['matMul() multiplies', two(ops.matMul), [a, b], [4, 5, 10, 11]],
  ['matMul() multiplies pairs of matrices', two(ops.matMul), [rows, columns], [17, 53]],
  ['matMulTransposed() multiplies by the transpose', two(ops.matMulTransposed), [a, a], [14, 32, 32, 77]],
  ['matMulTransposed() does for pairs of matrices', two(ops.matMulTransposed), [rows, rows], [5, 25]],
  [
    'transposedMatMul() multiplies the transpose',
    two(ops.transposedMatMul),
    [a, a],
    [17, 22, 27, 22, 29, 36, 27, 36, 45],
  ],
  ['transposedMatMul() does for pairs', two(ops.transposedMatMul), [rows, rows], [1, 2, 2, 4, 9, 12, 12, 16]],
  ['transpose() turns rows into columns', one(ops.transpose), [a], [1, 4, 2, 5, 3, 6]],
  ['transpose() does for pairs', one(ops.transpose), [pair], [1, 3, 2, 4, 5, 7, 6, 8]],
  ['multiply() goes by component', two(ops.multiply), [square, square], [1, 4, 0.25, 9]],
  ['multiply() stretches a column', two(ops.multiply), [a, matrix([[2], [10]])], [2, 4, 6, 40, 50, 60]],
  ['subtract() goes by component', two(ops.subtract), [a, a], [0, 0, 0, 0, 0, 0]],
  ['subtract() stretches a row', two(ops.subtract), [a, matrix([[1, 2, 3]])], [0, 0, 0, 3, 3, 3]],
  ['rsqrt() is one over the root', one(ops.rsqrt), [vector(1, 4, 0.25)], [1, 0.5, 2]],
  ['sumColumns() adds up each row', one(ops.sumColumns), [a], [6, 15]],
  ['sumRows() adds up each column', one(ops.sumRows), [a], [5, 7, 9]],
  [
    'softmax() gives each row its probabilities',
    one(ops.softmax),
    [
      matrix([
        [0, Math.log(3)],
        [100, 100],
      ]),
    ],
    [0.25, 0.75, 0.5, 0.5],
  ],
  [
    'concat() puts matrices side by side',
    (values) => [ops.concat(values)],
    [a, square],
    [1, 2, 3, -1, 2, 4, 5, 6, 0.5, -3],
  ],
  ['concat() puts vectors one after the other', (values) => [ops.concat(values)], [vector(1), vector(2, 3)], [1, 2, 3]],
  ['concat() leaves one value as it is', one((x) => ops.concat([ops.relu(x)])), [vector(1, -2)], [1, 0]],
  ['splitColumns() takes groups of columns apart', (values) => ops.splitColumns(at(values, 0), 3), [a], [1, 4], [2, 5], [3, 6]], // biome-ignore format: short
  ['splitColumns() into one leaves it', (values) => ops.splitColumns(ops.relu(at(values, 0)), 1), [vector(4)], [4]],
  ['slice() takes a part of a vector', one((x) => ops.slice(x, 1, 2)), [vector(1, 2, 3, 4)], [2, 3]],
  ['reshape() keeps the numbers', one((x) => ops.reshape(x, [3, -1])), [a], [1, 2, 3, 4, 5, 6]],
  ['add() adds', two(ops.add), [square, square], [-2, 4, 1, -6]],
  ['plus() adds', two(ops.plus), [square, square], [-2, 4, 1, -6]],
  ['addBias() adds a vector to each row', two(ops.addBias), [a, vector(10, 20, 30)], [11, 22, 33, 14, 25, 36]],
  ['relu() cuts off below 0', one(ops.relu), [square], [0, 2, 0.5, 0]],
  ['elu() bends below 0', one(ops.elu), [square], [Math.expm1(-1), 2, 0.5, Math.expm1(-3)]],
  ['sigmoid() is between 0 and 1', one(ops.sigmoid), [vector(0, Math.log(3), -100)], [0.5, 0.75, 0]],
  ['leakyRelu() keeps a fifth below 0', one(ops.leakyRelu), [square], [-0.2, 2, 0.5, -0.6]],
  [
    'leakyReluGradient() passes a fifth below 0',
    two(ops.leakyReluGradient),
    [vector(5, 5, 5), vector(-1, 2, 0.1)],
    [1, 5, 5],
  ],
  ['reluGradient() passes where y > 0', two(ops.reluGradient), [vector(5, 5, 5), vector(0, 2, 0.1)], [0, 5, 5]],
  ['eluGradient() takes y + 1 below 0', two(ops.eluGradient), [vector(5, 5), vector(-0.5, 2)], [2.5, 5]],
  ['sigmoidGradient() takes y (1 - y)', two(ops.sigmoidGradient), [vector(4, 4), vector(0.5, 0.25)], [1, 0.75]],
]

describe.each(['native', 'wasm', 'cpu'] as const)('on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it.each(cases.map((one) => [one[0], one] as const))('%s', (_name, [, computation, inputs, ...expected]) => {
    const results = computed(computation, inputs)
    expect(results.length).toBe(expected.length)
    results.forEach((data, i) => {
      const want = at(expected, i)
      expectClose({ shape: [data.length], data }, { shape: [want.length], data: want }, 1e-6)
    })
  })

  it.each([
    ['matMul()', two(ops.matMul), [matrix([], 3), b], 0],
    ['matMulTransposed() of pairs', two(ops.matMulTransposed), [noRows, noRows], 0],
    [
      'transposedMatMul(): zeros, the gradient of a weight',
      two(ops.transposedMatMul),
      [matrix([], 3), matrix([], 2)],
      6,
    ],
    ['sumRows(): zeros, the gradient of a bias', one(ops.sumRows), [matrix([], 3)], 3],
    ['sumColumns()', one(ops.sumColumns), [matrix([], 3)], 0],
    ['relu()', one(ops.relu), [matrix([], 3)], 0],
    ['reshape()', one((x) => ops.reshape(x, [-1, 1, 3])), [matrix([], 3)], 0],
  ] as const)('no rows at all go through %s', (_name, computation, inputs, size) => {
    expect(computed(computation, inputs)).toEqual([Array(size).fill(0)])
  })
})

describe('tensors', () => {
  beforeAll(async () => {
    await loadBackend({ backend: 'cpu' })
  })

  it.each([
    ['add()', ops.add, 1],
    ['plus()', ops.plus, 2],
    ['reluGradient()', ops.reluGradient, 2],
    ['eluGradient()', ops.eluGradient, 2],
    ['sigmoidGradient()', ops.sigmoidGradient, 2],
    ['multiply()', ops.multiply, 3],
  ] as const)('%s leaves as many as it should', (_name, compute, left) => {
    const before = tf.memory().numTensors
    const tensors = [tf.tensor1d([1]), tf.tensor1d([2])] as const
    const result = compute(...tensors)
    expect(tf.memory().numTensors - before).toBe(left)
    ops.dispose([...tensors, result])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('are refused beside values of a graph', async () => {
    await loadBackend({ backend: 'native' })
    const constant = tf.tensor1d([1, 2])
    expect(() =>
      computed(
        one((x) => ops.multiply(x, constant)),
        [vector(3, 4)],
      ),
    ).toThrow('Cannot add Mul to a graph: expected values of the graph, got a tensor')
    constant.dispose()
  })

  it('none are joined to nothing', () => {
    expect(() => ops.concat([])).toThrow('Cannot join values: got none')
  })
})
