import { describe, expect, it } from 'vitest'
import { validationCost } from '../../src/model/validation-cost.ts'

describe('validationCost()', () => {
  it('is the loss, whatever the accuracy', () => {
    expect(validationCost('loss', { loss: 0.7, accuracy: 0.1 })).toBe(0.7)
    expect(validationCost('loss', { loss: 0.7, accuracy: null })).toBe(0.7)
  })

  it('is the share of wrong graphs by accuracy, and the loss between equal shares', () => {
    const cost = (accuracy: number, loss: number) => validationCost('accuracy', { loss, accuracy })
    expect(cost(0.75, 0.5)).toBeCloseTo(0.25, 6)
    expect(cost(0.75, 0.5)).toBeLessThan(cost(0.75, 0.500001))
    expect(cost(0.75, 1e9)).toBeLessThan(cost(0.749999, 0))
  })

  it('is never the lower one of a loss that is not a number', () => {
    expect(validationCost('accuracy', { loss: Number.NaN, accuracy: 1 }) < Number.POSITIVE_INFINITY).toBe(false)
  })

  it('asks no accuracy of a regression', () => {
    expect(() => validationCost('accuracy', { loss: 1, accuracy: null })).toThrow('expected classes, got a regression')
  })
})
