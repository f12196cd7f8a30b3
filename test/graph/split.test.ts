import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { splitGraphs, splitWithoutClasses } from '../../src/graph/split.ts'
import { graphAttributes } from '../../src/graph/vocabulary.ts'

const options = { validationFraction: 0.1, testFraction: 0.2, randomSeed: 1, classes: [false, true] }
const graphsOf = (...counts: number[]) =>
  counts.flatMap((count, y) => Array.from({ length: count }, (_, i) => ({ key: `${y}-${i}`, y })))

describe('splitGraphs()', () => {
  it('gives each part its share of every class', () => {
    const split = splitGraphs(graphsOf(100, 50), options)
    const perClass = (keys: readonly (string | bigint)[]) =>
      [0, 1].map((y) => keys.filter((key) => String(key).startsWith(`${y}-`)).length)
    expect(perClass(split.test)).toEqual([20, 10])
    expect(perClass(split.validation)).toEqual([10, 5])
    expect(perClass(split.train)).toEqual([70, 35])
  })

  it('puts every graph in exactly one part, each class in each part, whatever the counts', () => {
    const counts = fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 2, maxLength: 4 })
    const fraction = fc.double({ min: 0.01, max: 0.49, noNaN: true })
    fc.assert(
      fc.property(counts, fraction, fraction, (sizes, validationFraction, testFraction) => {
        const graphs = graphsOf(...sizes)
        const classes = sizes.map((_, y) => BigInt(y))
        const split = splitGraphs(graphs, { validationFraction, testFraction, randomSeed: 3, classes })
        const all = [...split.train, ...split.validation, ...split.test]
        expect([...all].sort()).toEqual(graphs.map(({ key }) => key).sort())
        for (const part of [split.train, split.validation, split.test])
          expect(new Set(part.map((key) => String(key).split('-')[0])).size).toBe(sizes.length)
      }),
    )
  })

  it('does not depend on the order of the graphs, only on the seed', () => {
    const graphs = graphsOf(20, 30)
    expect(splitGraphs([...graphs].reverse(), options)).toEqual(splitGraphs(graphs, options))
    expect(splitGraphs(graphs, { ...options, randomSeed: 2 })).not.toEqual(splitGraphs(graphs, options))
  })

  it('names the class that is too small', () => {
    expect(() => splitGraphs(graphsOf(10, 2), options)).toThrow(
      new SourceDataError(
        "Cannot split the graphs: expected at least 3 of each class (training, validation, test), got: class 'true' has 2 graphs. Add graphs of that class, or choose another targetProperty",
      ),
    )
  })

  it('names five of the classes that are too small', () => {
    const classes = Array.from({ length: 7 }, (_, y) => BigInt(y))
    expect(() => splitGraphs(graphsOf(1, 1, 1, 1, 1, 1, 1), { ...options, classes })).toThrow(
      "class '4' has 1 graph, and so on for 2 more classes.",
    )
  })

  it('refuses shares that leave nothing to train on', () => {
    expect(() => splitGraphs(graphsOf(9, 9), { ...options, testFraction: 0.9 })).toThrow(RangeError)
  })
})

describe('splitWithoutClasses()', () => {
  const keysOf = (count: number) => Array.from({ length: count }, (_, i) => BigInt(i))

  it('gives each part its share', () => {
    const { train, validation, test } = splitWithoutClasses(keysOf(100), options)
    expect([train.length, validation.length, test.length]).toEqual([70, 10, 20])
  })

  it('puts every graph in exactly one part, and leaves no part empty', () => {
    const fraction = fc.double({ min: 0.01, max: 0.49, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 60 }), fraction, fraction, (count, validationFraction, testFraction) => {
        const split = splitWithoutClasses(keysOf(count), { validationFraction, testFraction, randomSeed: 3 })
        const parts = [split.train, split.validation, split.test]
        expect(parts.flat().sort()).toEqual(keysOf(count).sort())
        expect(Math.min(...parts.map(({ length }) => length))).toBeGreaterThan(0)
      }),
    )
  })

  it('does not depend on the order of the graphs, only on the seed', () => {
    const keys = keysOf(50)
    expect(splitWithoutClasses(keys.toReversed(), options)).toEqual(splitWithoutClasses(keys, options))
    expect(splitWithoutClasses(keys, { ...options, randomSeed: 2 })).not.toEqual(splitWithoutClasses(keys, options))
  })

  it('splits as graphs of one class are split', () => {
    const graphs = keysOf(20).map((key) => ({ key, y: 0 }))
    expect(splitWithoutClasses(keysOf(20), options)).toEqual(splitGraphs(graphs, { ...options, classes: [true] }))
  })

  it('refuses fewer graphs than there are parts', () => {
    expect(() => splitWithoutClasses(keysOf(2), options)).toThrow(
      new SourceDataError(
        'Cannot split the graphs: expected at least 3 (training, validation, test), got 2 graphs. Add graphs, or choose another targetProperty',
      ),
    )
  })

  it('refuses shares that leave nothing to train on', () => {
    expect(() => splitWithoutClasses(keysOf(9), { ...options, testFraction: 0.9 })).toThrow(RangeError)
  })
})

it('calls targets what the caller calls them', () => {
  const inGraphology = { ...options, vocabulary: graphAttributes }
  expect(() => splitGraphs(graphsOf(10, 2), inGraphology)).toThrow(
    /Add graphs of that class, or choose another target$/,
  )
  expect(() => splitWithoutClasses(['a', 'b'], inGraphology)).toThrow(/Add graphs, or choose another target$/)
})
