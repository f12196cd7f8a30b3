import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { classesOf } from '../../src/graph/classes.ts'
import type { PropertyValue } from '../../src/graph/subgraph.ts'
import { graphAttributes } from '../../src/graph/vocabulary.ts'

const targets = (values: PropertyValue[]) => values.map((target, i) => ({ key: `g${i}`, target }))

describe('classesOf()', () => {
  it('sorts booleans, integers by value and text by code point', () => {
    expect(classesOf(targets([true, false, true]), 'y')).toEqual([false, true])
    expect(classesOf(targets([10n, 9n, -1n]), 'y')).toEqual([-1n, 9n, 10n])
    expect(classesOf(targets(['b', 'B', 'a']), 'y')).toEqual(['B', 'a', 'b'])
  })

  it.each([
    ['a missing target', ['a', null], 'got null at graph g1'],
    ['floats', [0.5, 0.25], 'got FLOAT at graphs g0, g1'],
    ['mixed types', ['1', 1n], 'got STRING at graph g0; INTEGER at graph g1'],
    ['a single class', ['only', 'only'], "Cannot learn property 'y': expected at least two classes, got only 'only'"],
    ['no graphs', [], 'expected graphs, got none'],
  ])('refuses %s', (_name, values, message) => {
    expect(() => classesOf(targets(values), 'y')).toThrow(SourceDataError)
    expect(() => classesOf(targets(values), 'y')).toThrow(message)
  })

  it('names up to five graphs and how many there are', () => {
    expect(() => classesOf(targets(['a', 'b', ...Array(7).fill(null)]), 'y')).toThrow(
      'got null at graphs g2, g3, g4, g5, g6, 7 in all',
    )
  })

  it.each([
    [
      ['a', null],
      "Cannot learn property 'y': expected STRING, INTEGER or BOOLEAN classes of one type, got null at graph g1. Give those graphs a class, or choose another targetProperty",
      "Cannot learn graph attribute 'y': expected STRING, INTEGER or BOOLEAN classes of one type, got null at graph g1. Give those graphs a class, or choose another target",
    ],
    [
      ['a', 'a'],
      "Cannot learn property 'y': expected at least two classes, got only 'a'; add graphs of another class, or choose another targetProperty",
      "Cannot learn graph attribute 'y': expected at least two classes, got only 'a'; add graphs of another class, or choose another target",
    ],
    [
      [],
      "Cannot learn property 'y': expected graphs, got none",
      "Cannot learn graph attribute 'y': expected graphs, got none",
    ],
  ])('calls the target of %j what the caller calls it', (values, inDatabase, inGraphology) => {
    expect(() => classesOf(targets(values), 'y')).toThrow(new SourceDataError(inDatabase))
    expect(() => classesOf(targets(values), 'y', graphAttributes)).toThrow(new SourceDataError(inGraphology))
  })
})
