import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../src/model/backend.ts'
import { outputGradient } from '../../src/model/output-gradient.ts'
import { at, computed, matrix } from './support/compute.ts'

type Rows = readonly (readonly number[])[]

/** Of graphs that all weigh 1, unless told otherwise. */
function gradientOf(task: 'classification' | 'regression', output: Rows, targets: Rows, weights?: Rows): number[] {
  const arrays = [matrix(output), matrix(targets), matrix(weights ?? output.map(() => [1]))]
  const [gradient = []] = computed(
    (values) => [outputGradient(task, { output: at(values, 0), targets: at(values, 1), weights: at(values, 2) })],
    arrays,
  )
  return gradient
}

describe.each(['native', 'wasm', 'cpu'] as const)('outputGradient() on the backend %s', (backend) => {
  beforeAll(async () => {
    await loadBackend({ backend })
  })

  it('is probabilities less targets for classes', () => {
    const [a, b] = gradientOf('classification', [[0, Math.log(3)]], [[1, 0]])
    expect(a).toBeCloseTo(-0.75, 6)
    expect(b).toBeCloseTo(0.75, 6)
  })

  it('is outputs less targets for numbers', () => {
    expect(gradientOf('regression', [[3, -1]], [[1, 1]])).toEqual([2, -2])
  })

  it('counts each graph by its weight', () => {
    const alike = [
      [1, 1],
      [1, 1],
    ]
    const [a = 0, , c = 0] = gradientOf(
      'classification',
      alike,
      [
        [0, 1],
        [0, 1],
      ],
      [[1], [3]],
    )
    expect(a).toBeCloseTo(0.5, 6)
    expect(c).toBeCloseTo(1.5, 6)
  })

  it('is nothing where the right class is certain, however large logits are', () => {
    // As many as kernels take eight at a time.
    const logits = Array.from({ length: 32 }, (_, g) => [0, -(10 ** (3 + (g % 6))), 10 ** (3 + (g % 5))])
    const targets = logits.map(() => [0, 0, 1])
    expect(gradientOf('classification', logits, targets).filter((slope) => slope !== 0)).toEqual([])
  })

  it('keeps all digits of a small probability of another class', () => {
    const [wrong = 0, right = 0] = gradientOf('classification', [[0, 15]], [[0, 1]])
    expect(wrong / (1 / (1 + Math.exp(15)))).toBeCloseTo(1, 5)
    expect(right).toBe(-wrong)
  })

  it('is 1 and -1 where a wrong class is certain', () => {
    const [wrong, right] = gradientOf('classification', [[1e6, 0]], [[0, 1]])
    expect(wrong).toBeCloseTo(1, 6)
    expect(right).toBeCloseTo(-1, 6)
  })
})
