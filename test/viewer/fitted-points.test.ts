import { describe, expect, it } from 'vitest'
import { fitInto } from '../../src/viewer/fitted-points.ts'

const box = { width: 100, margin: 10, shortest: 30 }

describe('fitInto()', () => {
  it('lays the longest way across, from margin to margin', () => {
    const { points, height } = fitInto(
      [
        { x: 0, y: 0 },
        { x: 0, y: 1 },
        { x: 0, y: 4 },
      ],
      box,
    )
    expect(points.map(({ x }) => Math.round(x)).sort((a, b) => a - b)).toEqual([10, 30, 90])
    for (const { y } of points) expect(y).toBeCloseTo(15)
    expect(height).toBe(30)
  })

  it('keeps proportions, and is as high as they ask for', () => {
    // A square: 80 each way within the margins.
    const { points, height } = fitInto(
      [
        { x: 0, y: 0 },
        { x: 2, y: 0 },
        { x: 2, y: 2 },
        { x: 0, y: 2 },
      ],
      box,
    )
    expect(height).toBe(100)
    for (const { x, y } of points)
      expect([[10, 90].some((edge) => Math.abs(x - edge) < 1e-6), y > 9 && y < 91]).toEqual([true, true])
  })

  it('puts a single point into the middle', () => {
    expect(fitInto([{ x: 7, y: 7 }], box).points).toEqual([{ x: 50, y: 15 }])
  })
})
