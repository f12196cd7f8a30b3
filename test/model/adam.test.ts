import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adamStep, createAdamState } from '../../src/model/adam.ts'

describe('adamStep()', () => {
  it('takes the steps of algorithm 1 of the paper', () => {
    const parameters = Float32Array.of(1, -2)
    const state = createAdamState(2)
    adamStep(parameters, Float32Array.of(0.5, -4), state, 0.1)
    // after one step m / (1 - beta1) = g and v / (1 - beta2) = g^2: the step is the learning rate, against the sign of g
    expect(parameters[0]).toBeCloseTo(0.9, 6)
    expect(parameters[1]).toBeCloseTo(-1.9, 6)
    adamStep(parameters, Float32Array.of(0, -4), state, 0.1)
    // m = 0.9 * 0.05, v = 0.999 * 0.00025, corrected by 1 - 0.81 and 1 - 0.998001
    const step = (0.1 * (0.045 / 0.19)) / Math.sqrt(0.00024975 / 0.001999)
    expect(parameters[0]).toBeCloseTo(0.9 - step, 6)
    expect(parameters[1]).toBeCloseTo(-1.8, 6)
    expect(state.step).toBe(2)
  })

  it('walks to the minimum of a parabola', () => {
    const parameters = Float32Array.of(3)
    const state = createAdamState(1)
    for (let i = 0; i < 300; i++) adamStep(parameters, Float32Array.of(2 * (parameters[0] ?? 0)), state, 0.1)
    expect(Math.abs(parameters[0] ?? 3)).toBeLessThan(0.01)
  })

  it('starts with a step of the learning rate against the sign of the gradient, whatever its size', () => {
    const slopes = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(slopes, (numbers) => {
        const gradient = Float32Array.from(numbers, (slope) => (Math.abs(slope) < 1e-3 ? 0 : slope))
        const parameters = new Float32Array(gradient.length)
        adamStep(parameters, gradient, createAdamState(gradient.length), 0.01)
        gradient.forEach((slope, i) => {
          expect(parameters[i]).toBeCloseTo(-0.01 * Math.sign(slope), 5)
        })
      }),
    )
  })
})
