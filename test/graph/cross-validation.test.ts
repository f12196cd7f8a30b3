import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { holdOut, stratifiedFolds } from '../../src/graph/cross-validation.ts'

const groupsOf = (...counts: number[]) => counts.map((count, y) => Array.from({ length: count }, (_, i) => `${y}-${i}`))
const perClass = (keys: readonly (string | bigint)[], classes: number) =>
  Array.from({ length: classes }, (_, y) => keys.filter((key) => String(key).startsWith(`${y}-`)).length)

describe('stratifiedFolds()', () => {
  it('tests on a tenth of each class, and trains on the rest', () => {
    const folds = stratifiedFolds(groupsOf(100, 50), { folds: 10, randomSeed: 1 })
    expect(folds.map(({ test }) => perClass(test, 2))).toEqual(Array.from({ length: 10 }, () => [10, 5]))
    for (const { train } of folds) expect(perClass(train, 2)).toEqual([90, 45])
  })

  it('tests on every graph once, in parts whose sizes differ by one at most, as do their shares of a class', () => {
    const counts = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 10 }), fc.nat(), (sizes, folds, randomSeed) => {
        const groups = groupsOf(...sizes)
        const all = groups.flat()
        fc.pre(all.length >= folds)
        const made = stratifiedFolds(groups, { folds, randomSeed })
        expect(made.flatMap(({ test }) => test).sort()).toEqual([...all].sort())
        for (const { train, test } of made) expect([...train, ...test].sort()).toEqual([...all].sort())
        const spread = (values: number[]) => Math.max(...values) - Math.min(...values)
        expect(spread(made.map(({ test }) => test.length))).toBeLessThanOrEqual(1)
        sizes.forEach((_, y) => {
          expect(spread(made.map(({ test }) => perClass(test, sizes.length)[y] ?? 0))).toBeLessThanOrEqual(1)
        })
      }),
    )
  })

  it('depends on the seed, not on the order of the graphs', () => {
    const groups = groupsOf(20, 30)
    const options = { folds: 5, randomSeed: 1 }
    expect(
      stratifiedFolds(
        groups.map((keys) => keys.toReversed()),
        options,
      ),
    ).toEqual(stratifiedFolds(groups, options))
    expect(stratifiedFolds(groups, { ...options, randomSeed: 2 })).not.toEqual(stratifiedFolds(groups, options))
  })

  it('is refused with fewer graphs than folds, and with a class of one graph', () => {
    expect(() => stratifiedFolds(groupsOf(4, 5), { folds: 10, randomSeed: 1 })).toThrow(
      new SourceDataError(
        'Cannot make 10 folds: expected at least as many graphs with a target, got 9. Ask for fewer folds, or choose another targetProperty',
      ),
    )
    expect(() => stratifiedFolds(groupsOf(40, 1), { folds: 10, randomSeed: 1 })).toThrow(
      new SourceDataError(
        'Cannot make folds: expected at least 2 graphs of each class, got one with 1. Add graphs of that class, or choose another targetProperty',
      ),
    )
  })
})

describe('holdOut()', () => {
  it('takes the share of each class, one graph at least', () => {
    const { train, validation } = holdOut(groupsOf(50, 4), 0.1, 1)
    expect(perClass(validation, 2)).toEqual([5, 1])
    expect(perClass(train, 2)).toEqual([45, 3])
  })

  it('leaves the only graph of a class to learn from', () => {
    const { train, validation } = holdOut(groupsOf(10, 1, 0), 0.2, 1)
    expect(perClass(validation, 3)).toEqual([2, 0, 0])
    expect(perClass(train, 3)).toEqual([8, 1, 0])
  })
})
