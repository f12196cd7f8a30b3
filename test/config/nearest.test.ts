import { describe, expect, it } from 'vitest'
import { didYouMean, nearestName } from '../../src/config/nearest.ts'

describe('nearestName()', () => {
  it.each([
    ['Cse', ['Account', 'Case'], 'Case'],
    ['case', ['Case', 'Cash'], 'Case'],
    ['PARTOF', ['EDGE', 'PART_OF'], 'PART_OF'],
    ['lenght', ['weight', 'length'], 'length'],
    ['label', ['labels', 'label2'], 'label2'],
    ['label', ['label2', 'labels'], 'label2'],
    ['a', ['b'], 'b'],
  ])('finds for %s among %j: %s', (name, candidates, nearest) => {
    expect(nearestName(name, candidates)).toBe(nearest)
  })

  it('finds none that is more than half different', () => {
    expect(nearestName('Case', ['Molecule', 'Atom'])).toBeUndefined()
    expect(nearestName('Case', [])).toBeUndefined()
  })
})

describe('didYouMean()', () => {
  it('is a half-sentence, or nothing', () => {
    expect(didYouMean('Cas', ['Case'])).toBe("; did you mean 'Case'?")
    expect(didYouMean('Cas', ['Molecule'])).toBe('')
  })
})
