import { expect } from 'vitest'

export interface NumberArray {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/**
 * Shape and every value, to `tolerance` times max(1, |expected|): absolute for small numbers, relative for large ones.
 * NaN and infinity are close to nothing.
 */
export function expectClose({ shape, data }: NumberArray, expected: NumberArray, tolerance: number): void {
  expect(shape).toEqual(expected.shape)
  expect(data.length).toBe(expected.data.length)
  let worst = { error: 0, at: -1 }
  for (let i = 0; i < data.length; i++) {
    const want = expected.data[i] ?? Number.NaN
    const error = Math.abs((data[i] ?? Number.NaN) - want) / Math.max(1, Math.abs(want))
    if (!(error <= worst.error)) worst = { error, at: i }
    if (Number.isNaN(error)) break
  }
  const values = `at ${worst.at}: got ${data[worst.at]}, expected ${expected.data[worst.at]}`
  expect(worst.error, values).toBeLessThanOrEqual(tolerance)
}
