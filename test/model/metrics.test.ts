import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classificationMetrics, regressionMetrics, rocAuc } from '../../src/model/metrics.ts'

describe('rocAuc()', () => {
  it('is the share of pairs in which the positive has the higher score', () => {
    // positives .9, .4; negatives .5, .1: three of four pairs are in order
    expect(rocAuc([0.9, 0.5, 0.4, 0.1], [true, false, true, false])).toBe(0.75)
    expect(rocAuc([1, 2, 3], [false, true, true])).toBe(1)
    expect(rocAuc([1, 2, 3], [true, false, false])).toBe(0)
  })

  it('counts a tied pair half', () => {
    expect(rocAuc([1, 1, 1, 1], [true, false, false, true])).toBe(0.5)
    // pairs: 2 > 1, 2 = 2, 1 = 1, 1 < 2
    expect(rocAuc([2, 1, 1, 2], [true, true, false, false])).toBe((1 + 0.5 + 0.5 + 0) / 4)
  })

  it('is undefined without positives or without negatives', () => {
    expect(rocAuc([1, 2], [true, true])).toBeNull()
    expect(rocAuc([1, 2], [false, false])).toBeNull()
    expect(rocAuc([], [])).toBeNull()
  })

  it('equals counting pairs, and is turned round by turning the scores round', () => {
    const item = fc.record({ score: fc.integer({ min: 0, max: 5 }), positive: fc.boolean() })
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 20 }), (items) => {
        const positives = items.filter(({ positive }) => positive)
        const negatives = items.filter(({ positive }) => !positive)
        fc.pre(positives.length > 0 && negatives.length > 0)
        const won = positives.flatMap((p) =>
          negatives.map((n) => (p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0)),
        )
        const share = won.reduce((sum: number, point) => sum + point, 0) / won.length
        const labels = items.map(({ positive }) => positive)
        expect(
          rocAuc(
            items.map(({ score }) => score),
            labels,
          ),
        ).toBeCloseTo(share, 12)
        expect(
          rocAuc(
            items.map(({ score }) => -score),
            labels,
          ),
        ).toBeCloseTo(1 - share, 12)
      }),
    )
  })
})

describe('classificationMetrics()', () => {
  it('scores two classes', () => {
    const metrics = classificationMetrics({
      classCount: 2,
      expected: [0, 0, 0, 1],
      predicted: [0, 0, 1, 1],
      probabilities: [
        [0.9, 0.1],
        [0.8, 0.2],
        [0.3, 0.7],
        [0.4, 0.6],
      ],
    })
    // class 0: precision 1, recall 2/3, F1 4/5; class 1: precision 1/2, recall 1, F1 2/3
    expect(metrics.accuracy).toBe(0.75)
    expect(metrics.f1Macro).toBeCloseTo((4 / 5 + 2 / 3) / 2, 12)
    expect(metrics.f1Weighted).toBeCloseTo((3 * (4 / 5) + 2 / 3) / 4, 12)
    expect(metrics.rocAuc).toBeCloseTo(2 / 3, 12)
  })

  it('averages the ROC AUC of each class against the rest', () => {
    const metrics = classificationMetrics({
      classCount: 3,
      expected: [0, 1, 2],
      predicted: [0, 1, 1],
      probabilities: [
        [0.8, 0.1, 0.1],
        [0.1, 0.6, 0.3],
        [0.1, 0.7, 0.2],
      ],
    })
    // class 0: 1; class 1: 0.6 above 0.1, below 0.7: 1/2; class 2: 0.2 above 0.1, below 0.3: 1/2
    expect(metrics.rocAuc).toBeCloseTo(2 / 3, 12)
    expect(metrics.f1Macro).toBeCloseTo((1 + 2 / 3 + 0) / 3, 12)
  })

  it('leaves the ROC AUC out where a class is missing', () => {
    const one = { classCount: 2, expected: [1], predicted: [1], probabilities: [[0.2, 0.8]] }
    expect(classificationMetrics(one)).toEqual({ accuracy: 1, f1Macro: 1, f1Weighted: 1, rocAuc: null })
  })
})

describe('regressionMetrics()', () => {
  it('takes the mean error of each target, and the mean over targets', () => {
    // first target: off by 1 and 3; second: off by 0 and 2
    const predicted = [[1, 5], [7, 8]] // biome-ignore format: short
    const expected = [[2, 5], [4, 10]] // biome-ignore format: short
    const { meanAbsoluteError, rootMeanSquaredError } = regressionMetrics(predicted, expected)
    expect(meanAbsoluteError).toBe((2 + 1) / 2)
    expect(rootMeanSquaredError).toBeCloseTo((Math.sqrt((1 + 9) / 2) + Math.sqrt((0 + 4) / 2)) / 2, 12)
  })

  it('is 0 for what is right, and grows with the unit', () => {
    const numbers = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), {
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(numbers, (pairs) => {
        const [predicted, expected] = [pairs.map(([first]) => [first]), pairs.map(([, second]) => [second])]
        expect(regressionMetrics(expected, expected)).toEqual({ meanAbsoluteError: 0, rootMeanSquaredError: 0 })
        const thousandfold = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((one) => 1000 * one))
        const [small, large] = [
          regressionMetrics(predicted, expected),
          regressionMetrics(thousandfold(predicted), thousandfold(expected)),
        ]
        expect(large.meanAbsoluteError).toBeCloseTo(1000 * small.meanAbsoluteError, 6)
        expect(large.rootMeanSquaredError).toBeCloseTo(1000 * small.rootMeanSquaredError, 6)
        expect(small.rootMeanSquaredError).toBeGreaterThanOrEqual(small.meanAbsoluteError - 1e-9)
      }),
    )
  })
})
