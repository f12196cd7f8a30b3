import { beforeAll, describe, expect, it } from 'vitest'
import { loadBackend } from '../../../src/model/backend.ts'
import {
  byBatch,
  byGathered,
  epsilonArray,
  gatherMoments,
  momentsOf,
} from '../../../src/model/baselines/batch-normalization.ts'
import { at, computed, matrix, vector } from '../support/compute.ts'

beforeAll(async () => {
  await loadBackend()
})

describe('byBatch()', () => {
  it('takes the mean and the variance over nodes, as many for each row as it is said to be', () => {
    // Nodes 1, 1, 1 and 5: mean 2, variance 3.
    const inputs = [matrix([[1], [5]]), matrix([[0.75], [0.25]]), epsilonArray, vector(10), vector(100)]
    const [out, mean, variance] = computed((values) => {
      const normalize = byBatch(at(values, 1), at(values, 2))
      const { out, moments } = normalize(at(values, 0), { weight: at(values, 3), bias: at(values, 4) }, 0)
      return [out, moments.mean, moments.variance]
    }, inputs)
    expect(out?.[0]).toBeCloseTo(100 - 10 / Math.sqrt(3), 3)
    expect(out?.[1]).toBeCloseTo(100 + 30 / Math.sqrt(3), 3)
    expect([mean?.[0], variance?.[0]].map((value) => value?.toFixed(4))).toEqual(['2.0000', '3.0000'])
  })
})

describe('gatherMoments()', () => {
  it('moves a tenth of the way, to the variance without bias', () => {
    // Of two normalisations with one channel each: mean, variance.
    const statistics = Float32Array.of(0, 1, 10, 1)
    const moments = [
      { mean: Float32Array.of(2), variance: Float32Array.of(3) },
      { mean: Float32Array.of(0), variance: Float32Array.of(1) },
    ]
    gatherMoments(statistics, moments, 4)
    // 3 · 4/3 = 4 and 1 · 4/3
    const [mean, variance, secondMean, secondVariance] = statistics
    expect([mean, secondMean]).toEqual([Math.fround(0.2), 9])
    expect(variance).toBeCloseTo(0.9 + 0.4, 5)
    expect(secondVariance).toBeCloseTo(0.9 + 0.4 / 3, 5)
  })
})

describe('byGathered()', () => {
  it('normalises by the statistics', () => {
    // Two normalisations; the second has mean 2 and variance 4.
    const arrays = momentsOf(Float32Array.of(0, 1, 2, 4), 1).flatMap(({ mean, variance }) => [mean, variance])
    const [out] = computed(
      (values) => {
        const moments = [0, 2].map((i) => ({ mean: at(values, i), variance: at(values, i + 1) }))
        const normalize = byGathered(moments)
        return [normalize(at(values, 4), { weight: at(values, 5), bias: at(values, 6) }, 1).out]
      },
      [...arrays, matrix([[2], [6]]), vector(1), vector(0)],
    )
    expect(out?.[0]).toBe(0)
    expect(out?.[1]).toBeCloseTo(2, 4)
  })

  it('has no gradient', () => {
    computed(
      (values) => {
        const normalize = byGathered([{ mean: at(values, 1), variance: at(values, 2) }])
        const { out, backward } = normalize(at(values, 0), { weight: at(values, 3), bias: at(values, 3) }, 0)
        expect(() => backward(out)).toThrow('Cannot take a gradient')
        expect(() => normalize(out, { weight: at(values, 3), bias: at(values, 3) }, 1)).toThrow('expected moments 1')
        return [out]
      },
      [matrix([[1]]), matrix([[0]]), matrix([[1]]), vector(1)],
    )
  })
})
