import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { numericTargets } from '../../src/graph/numeric-targets.ts'
import type { PropertyValue } from '../../src/graph/subgraph.ts'
import { graphAttributes } from '../../src/graph/vocabulary.ts'

const targets = (values: PropertyValue[]) => values.map((target, i) => ({ key: `g${i}`, target }))

describe('numericTargets()', () => {
  it('reads integers and floats alike', () => {
    expect(numericTargets(targets([1n, 0.5, -2n]), 'y')).toEqual(
      new Map([
        ['g0', 1],
        ['g1', 0.5],
        ['g2', -2],
      ]),
    )
  })

  it.each([
    ['a missing target', [1n, null], 'got null at graph g1. Give'],
    ['text and booleans', [1n, '2', true], 'got STRING at graph g1; BOOLEAN at graph g2. Give'],
    [
      'numbers that are not finite',
      [1, Number.NaN, Number.NEGATIVE_INFINITY],
      'NaN at graph g1; -Infinity at graph g2',
    ],
    ['numbers beyond single precision', [1, 1e39], 'got a number beyond single precision at graph g1'],
    ['lists', [1, [1]], 'got a LIST of 1 at graph g1'],
    ['numbers that are all equal', [3n, 3, 3n], 'expected numbers that differ, got 3 at every graph'],
    ['no graphs', [], 'expected graphs, got none'],
  ])('refuses %s', (_name, values: PropertyValue[], message) => {
    expect(() => numericTargets(targets(values), 'y')).toThrow(SourceDataError)
    expect(() => numericTargets(targets(values), 'y')).toThrow(message)
  })

  it('names up to five graphs and how many there are', () => {
    expect(() => numericTargets(targets([1n, 2n, ...Array(7).fill('x')]), 'y')).toThrow(
      "Cannot learn property 'y': expected finite INTEGER or FLOAT numbers for task regression, got STRING at graphs g2, g3, g4, g5, g6, 7 in all. Give those graphs a number, or choose another targetProperty or task classification",
    )
  })

  it.each([
    [
      [1, null],
      "Cannot learn graph attribute 'y': expected finite INTEGER or FLOAT numbers for task regression, got null at graph g1. Give those graphs a number, or choose another target or task classification",
    ],
    [
      [1, 1],
      "Cannot learn graph attribute 'y': expected numbers that differ, got 1 at every graph; add graphs with other values, or choose another target",
    ],
    [[], "Cannot learn graph attribute 'y': expected graphs, got none"],
  ])('calls the target of %j what the caller calls it', (values, message) => {
    expect(() => numericTargets(targets(values), 'y', graphAttributes)).toThrow(new SourceDataError(message))
  })
})
