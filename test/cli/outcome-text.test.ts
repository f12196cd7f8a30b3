import { describe, expect, it } from 'vitest'
import { differenceText, outcomeText } from '../../src/cli/outcome-text.ts'

describe('outcomeText()', () => {
  it('names the class with its probability', () => {
    expect(outcomeText({ prediction: 'true', probability: 0.9996 })).toBe('true (1.000)')
  })

  it('gives the number of a regression alone, to four digits', () => {
    expect(outcomeText({ prediction: -1234.56, probability: null })).toBe('-1,235')
    expect(outcomeText({ prediction: 0.00012345, probability: null })).toBe('0.0001235')
  })
})

describe('differenceText()', () => {
  it.each([
    [0.25, '+0.250'],
    [-0.25, '-0.250'],
    [-0.0004, '0.000'],
    [0, '0.000'],
  ])('shows %d as %s', (difference, shown) => {
    expect(differenceText(difference)).toBe(shown)
  })
})
