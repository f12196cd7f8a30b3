import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../src/viewer/layout.ts'

const ring = Array.from({ length: 12 }, (_, v) => ({ source: v, target: (v + 1) % 12 }))
const distance = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

describe('layoutOf()', () => {
  it('is the same for the same graph, whoever is told of it', () => {
    let told = 0
    const watched = layoutOf(12, ring, {
      onProgress: () => {
        told++
        return true
      },
    })
    expect(watched).toEqual(layoutOf(12, ring))
    expect(told).toBeGreaterThan(1)
  })

  it('has neighbours closer together than what lies opposite', () => {
    const points = layoutOf(12, ring)
    for (const { source, target } of ring) {
      const [from, to, opposite] = [points[source], points[target], points[(source + 6) % 12]]
      if (from === undefined || to === undefined || opposite === undefined) throw new Error('a point is missing')
      expect(distance(from, to)).toBeLessThan(distance(from, opposite))
    }
  })

  it.each([
    [0, 0],
    [1, 1],
    [3, 3],
  ])('has a finite place for each of %d nodes without edges', (nodeCount, places) => {
    const points = layoutOf(nodeCount, [])
    expect(points).toHaveLength(places)
    expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
  })

  it('takes no notice of loops and parallel edges', () => {
    expect(layoutOf(12, [...ring, ...ring, { source: 3, target: 3 }])).toEqual(layoutOf(12, ring))
  })

  it('ends when it is told to', () => {
    let steps = 0
    layoutOf(12, ring, { onProgress: () => ++steps < 3 })
    expect(steps).toBe(3)
  })
})
