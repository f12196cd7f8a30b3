import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitTargetScaling, inTargetUnits, standardized } from '../../src/model/targets.ts'
import { randomGraph } from './support/graphs.ts'

const withTargets = (rows: readonly (readonly number[] | null)[]) =>
  rows.map((targets, seed) => ({ ...randomGraph(seed, 2), targets }))

describe('fitTargetScaling()', () => {
  it('takes the mean and the population standard deviation of each target', () => {
    // 1, 3: mean 2, deviation 1; 0, 10: mean 5, deviation 5
    expect(fitTargetScaling(withTargets([[1, 0], [3, 10]]))).toEqual({ mean: [2, 5], std: [1, 5] }) // biome-ignore format: short
  })

  it('leaves the unit of a target that is the same everywhere', () => {
    expect(fitTargetScaling(withTargets([[7], [7]]))).toEqual({ mean: [7], std: [1] })
    // 80 times 0.1 adds up to a little more than 8
    expect(fitTargetScaling(withTargets(Array(80).fill([0.1])))).toEqual({ mean: [0.1], std: [1] })
  })

  it.each([
    ['no targets', [[1], null], 'Cannot use graph g1: expected a target, got none'],
    ['fewer targets', [[1, 2], [1]], 'Cannot use graph g1: expected 2 targets, got 1'],
    ['a target that is no number', [[1], [Number.NaN]], 'Cannot use graph g1: expected finite targets, got NaN'],
    ['an infinite target', [[Number.NEGATIVE_INFINITY]], 'Cannot use graph g0: expected finite targets, got -Infinity'],
  ])('refuses a graph with %s', (_what, rows, message) => {
    expect(() => fitTargetScaling(withTargets(rows))).toThrow(new RangeError(message))
  })
})

describe('standardized() and inTargetUnits()', () => {
  it('subtract the mean and divide by the deviation, and back', () => {
    const scaling = { mean: [2, 5], std: [1, 5] }
    expect(standardized([3, -5], scaling)).toEqual([1, -2])
    expect(inTargetUnits([1, -2], scaling)).toEqual([3, -5])
  })

  it('are each other’s inverse, and give mean 0 and deviation 1 on the graphs that were fitted', () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.double({ min: -9, max: 9, noNaN: true })),
      {
        minLength: 1,
        maxLength: 20,
      },
    )
    fc.assert(
      fc.property(rows, (targets) => {
        const scaling = fitTargetScaling(withTargets(targets))
        const scaled = targets.map((row) => standardized(row, scaling))
        targets.forEach((row, g) => {
          inTargetUnits(scaled[g] ?? [], scaling).forEach((value, c) => {
            expect(value).toBeCloseTo(row[c] ?? 0, 8)
          })
        })
        const first = scaled.map(([value = 0]) => value)
        const mean = first.reduce((sum, value) => sum + value, 0) / first.length
        const variance = first.reduce((sum, value) => sum + value ** 2, 0) / first.length
        expect(mean).toBeCloseTo(0, 8)
        const allEqual = new Set(targets.map(([value]) => value)).size === 1
        expect(variance).toBeCloseTo(allEqual ? 0 : 1, 8)
      }),
    )
  })
})
