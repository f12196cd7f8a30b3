import { describe, expect, it } from 'vitest'
import { layoutOf, type Point } from '../../src/viewer/layout.ts'

const path = (count: number) => Array.from({ length: count - 1 }, (_, v) => ({ source: v, target: v + 1 }))
const ring = (count: number) => Array.from({ length: count }, (_, v) => ({ source: v, target: (v + 1) % count }))
function distance(points: readonly Point[], a: number, b: number): number {
  const [p, q] = [points[a], points[b]]
  return p === undefined || q === undefined ? Number.NaN : Math.hypot(p.x - q.x, p.y - q.y)
}

describe('layoutOf(), for graphs of some hundred nodes', () => {
  it('lays a path on a line: its ends as far apart as it has edges', () => {
    const points = layoutOf(6, path(6))
    expect(distance(points, 0, 5) / distance(points, 2, 3)).toBeCloseTo(5, 1)
  })

  it('makes a regular polygon of a ring', () => {
    const points = layoutOf(6, ring(6))
    const sides = ring(6).map(({ source, target }) => distance(points, source, target))
    for (const side of sides) expect(side / (sides[0] ?? 0)).toBeCloseTo(1, 2)
    // Across a hexagon it is twice its side.
    expect(distance(points, 0, 3) / (sides[0] ?? 0)).toBeCloseTo(2, 2)
  })

  it('keeps parts that no path joins further from each other than their own nodes are', () => {
    const points = layoutOf(6, [...ring(3), ...ring(3).map((e) => ({ source: e.source + 3, target: e.target + 3 }))])
    expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
    const between = [0, 1, 2].flatMap((a) => [3, 4, 5].map((b) => distance(points, a, b)))
    expect(Math.min(...between)).toBeGreaterThan(0.5 * distance(points, 0, 1))
  })

  it('is the same for the same graph', () => {
    expect(layoutOf(9, ring(9))).toEqual(layoutOf(9, ring(9)))
  })
})
