import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../../src/model/backend.ts'
import { matMul, multiply, plus, relu, type SparseOf, sparseMatMul, type Value } from '../../../src/model/ops.ts'
import { type Computation, compile } from '../../../src/model/program/compile.ts'
import { at, matrix, vector } from '../support/compute.ts'
import { nativeCounts } from '../support/native-counts.ts'

const sum: Computation = (values) => [plus(at(values, 0), at(values, 1))]
const product: Computation = (values) => [matMul(at(values, 0), at(values, 1))]
const both: Computation = (values) => [
  multiply(at(values, 0), at(values, 0)),
  relu(multiply(at(values, 0), at(values, 1))),
]

describe.each(['native', 'wasm', 'cpu'] as const)('compile() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it('adds 2 and 3', () => {
    const program = compile(sum, [vector(0), vector(0)])
    expect(program.run([vector(2), vector(3)])).toEqual([Float32Array.of(5)])
    program.dispose()
  })

  it('gives outputs in their order', () => {
    const program = compile(both, [vector(1), vector(1)])
    expect(program.run([vector(3), vector(-1)])).toEqual([Float32Array.of(9), Float32Array.of(0)])
    program.dispose()
  })

  it('runs again with other numbers of rows, also none', () => {
    const identity = matrix([[1, 0], [0, 1]]) // biome-ignore format: short
    const program = compile(product, [matrix([[1, 2]]), identity])
    const run = (rows: number[][]) => Array.from(program.run([matrix(rows, 2), identity])[0] ?? [])
    expect(run([[1, 2]])).toEqual([1, 2])
    expect(run([[3, 4], [5, 6], [7, 8]])).toEqual([3, 4, 5, 6, 7, 8]) // biome-ignore format: short
    expect(run([])).toEqual([])
    expect(run([[9, 8]])).toEqual([9, 8])
    program.dispose()
  })

  it('runs with other numbers of edges, also none', () => {
    const sparseOf = (values: readonly Value[]): SparseOf<Value> => ({
      indices: at(values, 1),
      values: at(values, 2),
      shape: at(values, 3),
    })
    const arraysOf = (edges: readonly (readonly [number, number])[]) => [
      matrix([[1], [10], [100]]),
      { values: Int32Array.from(edges.flat()), shape: [edges.length, 2] },
      vector(...edges.map(() => 1)),
      { values: Int32Array.of(3, 3), shape: [2] },
    ]
    const program = compile((values) => [sparseMatMul(sparseOf(values), at(values, 0))], arraysOf([[0, 1]]))
    const run = (edges: readonly (readonly [number, number])[]) => Array.from(program.run(arraysOf(edges))[0] ?? [])
    expect(run([[0, 1]])).toEqual([10, 0, 0])
    expect(run([])).toEqual([0, 0, 0])
    expect(run([[0, 1], [0, 2], [2, 0]])).toEqual([110, 0, 1]) // biome-ignore format: short
    program.dispose()
  })

  it('leaves inputs as they are', () => {
    const inputs = [vector(-1, 2), vector(3, 4)]
    const program = compile((values) => [relu(at(values, 0)), relu(at(values, 1))], inputs)
    expect(program.run(inputs)).toEqual([Float32Array.of(0, 2), Float32Array.of(3, 4)])
    expect(inputs).toEqual([vector(-1, 2), vector(3, 4)])
    program.dispose()
  })

  it('gives numbers that later runs do not touch', () => {
    const program = compile(sum, [vector(0), vector(0)])
    const [first] = program.run([vector(1), vector(1)])
    program.run([vector(5), vector(5)])
    expect(first).toEqual(Float32Array.of(2))
    program.dispose()
  })

  it('leaves no tensors and no programs behind, not even after a failure', () => {
    const counts = () => [tf.memory().numTensors, backend === 'native' ? nativeCounts() : null]
    const before = counts()
    const program = compile(both, [vector(1), vector(1)])
    program.run([vector(1, 2), vector(3, 4)])
    expect(() => program.run([vector(1, 2), vector(3, 4, 5)])).toThrow()
    program.run([vector(1, 2), vector(3, 4)])
    program.dispose()
    expect(counts()).toEqual(before)
  })
})

it('compile() serves the backend that is the current one, and programs of several live side by side', async () => {
  await loadBackend({ backend: 'native' })
  const native = compile(sum, [vector(0), vector(0)])
  await loadBackend({ backend: 'cpu' })
  const cpu = compile(sum, [vector(0), vector(0)])
  for (const program of [native, cpu, native]) expect(program.run([vector(1), vector(2)])).toEqual([Float32Array.of(3)])
  native.dispose()
  cpu.dispose()
})
