import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import { linear, linearGradient } from '../../src/model/linear.ts'
import { matMul } from '../../src/model/ops.ts'
import { at, computed, matrix, randomArray, vector } from './support/compute.ts'
import { gradientCheck } from './support/finite-differences.ts'

describe.each(['native', 'wasm', 'cpu'] as const)('linear() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it('multiplies by weights [out, in] and adds the bias', () => {
    const weight = matrix([
      [1, 2],
      [0, 1],
      [1, 0],
    ])
    const [y] = computed(
      (values) => [linear(at(values, 0), { weight: at(values, 1), bias: at(values, 2) })],
      [matrix([[3, 4]]), weight, vector(100, 200, 300)],
    )
    expect(y).toEqual([111, 204, 303])
  })

  it.each([
    { from: 3, to: 2 },
    { from: 2, to: 4 },
  ])('has the gradients of finite differences, from $from to $to columns', ({ from, to }) => {
    const pointOf = (seed: number, rows: number) => {
      const random = createRandom(seed, 'linear')
      return {
        variables: [randomArray([rows, from], random), randomArray([to, from], random), randomArray([to], random)],
        constants: [],
        cotangents: [randomArray([rows, to], random)],
      }
    }
    const { check, finish } = gradientCheck(
      (variables) => {
        const [x, weight, bias] = [at(variables, 0), at(variables, 1), at(variables, 2)]
        return {
          outputs: [linear(x, { weight, bias })],
          backward: (cotangents) => {
            const dy = at(cotangents, 0)
            const gradients = linearGradient(x, dy)
            return [matMul(dy, weight), gradients.weight, gradients.bias]
          },
        }
      },
      pointOf(1, 2),
    )
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 5 }), (seed, rows) => {
        check(pointOf(seed, rows))
      }),
      { numRuns: 5 },
    )
    finish()
  })
})
