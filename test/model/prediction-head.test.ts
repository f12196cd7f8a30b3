import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/graph/random.ts'
import { loadBackend } from '../../src/model/backend.ts'
import type { Value } from '../../src/model/ops.ts'
import { predictionHead } from '../../src/model/prediction-head.ts'
import { at, computed, matrix, randomArray, shapedAs, vector } from './support/compute.ts'
import { expectClose } from './support/expect-close.ts'
import { gradientCheck } from './support/finite-differences.ts'

/** [weight, bias, weight, bias, ...] as the maps of a head. */
const mapsOf = (values: readonly Value[]) =>
  Array.from({ length: values.length / 2 }, (_, i) => ({ weight: at(values, 2 * i), bias: at(values, 2 * i + 1) }))

describe.each(['native', 'cpu'] as const)('predictionHead() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  // Two units that take the embedding and its negative, and one output that weighs them 1 and 10.
  const maps = [matrix([[1], [-1]]), vector(0, 0), matrix([[1, 10]]), vector(100)]
  const outputOf = (task: 'classification' | 'regression', factors: readonly [number, number] | null) =>
    computed(
      (values) => {
        const dropped = factors === null ? undefined : at(values, 5)
        return [predictionHead(mapsOf(values.slice(0, 4)), at(values, 4), task, dropped).output]
      },
      [...maps, matrix([[3]]), matrix([factors ?? [1, 1]])],
    )[0]

  it('has ReLU in between for classes: 3 and max(0, -3)', () => {
    expect(outputOf('classification', null)).toEqual([103])
  })

  it('drops units out by their factors', () => {
    expect(outputOf('classification', [2, 0])).toEqual([106])
    expect(outputOf('classification', [0, 2])).toEqual([100])
  })

  it('has ELU in between for a regression: 3 and exp(-3) - 1', () => {
    expectClose({ shape: [1], data: outputOf('regression', null) ?? [] }, { shape: [1], data: [103 + 10 * Math.expm1(-3)] }, 1e-6) // biome-ignore format: short
  })

  it.each([
    ['classes', 'classification', [4, 3, 2]],
    ['values', 'regression', [4, 6, 3, 2]],
  ] as const)('has the gradients of finite differences, for %s', (_name, task, widths) => {
    const random = createRandom(1, 'head')
    const example = {
      variables: [
        ...widths
          .slice(1)
          .flatMap((width, i) => [randomArray([width, at(widths, i)], random), randomArray([width], random)]),
        randomArray([5, 4], random),
      ],
      constants: [matrix(Array(5).fill([0, 1, 2]))],
      cotangents: [randomArray([5, 2], random)],
    }
    const { check, finish } = gradientCheck((variables, constants) => {
      const maps = mapsOf(shapedAs(example.variables.slice(0, -1), variables))
      const dropped = task === 'classification' ? at(constants, 0) : undefined
      const { output, backward } = predictionHead(maps, at(variables, variables.length - 1), task, dropped)
      return {
        outputs: [output],
        backward: (cotangents) => {
          const { dx, gradients } = backward(at(cotangents, 0))
          return [...gradients.flatMap(({ weight, bias }) => [weight, bias]), dx]
        },
      }
    }, example)
    check(example)
    finish()
  })
})
