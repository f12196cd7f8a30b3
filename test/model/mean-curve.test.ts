import { describe, expect, it } from 'vitest'
import { meanCurve } from '../../src/model/mean-curve.ts'

describe('meanCurve()', () => {
  it('is the mean epoch by epoch, as far as all curves go', () => {
    expect(
      meanCurve([
        [1, 2, 3],
        [3, 4],
      ]),
    ).toEqual([2, 3])
  })
})
