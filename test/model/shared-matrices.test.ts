import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedMatrices } from '../../src/model/shared-matrices.ts'

describe('sharedMatrices()', () => {
  it('makes one matrix for both directions of an edge', () => {
    // Edges a, b, a, b, c of two features each: three matrices with two places.
    const features = Float32Array.of(...[1, 0.5], ...[0, 0.5], ...[1, 0.5], ...[0, 0.5], ...[1, 0.25])
    expect(sharedMatrices(features, 2)).toEqual({
      count: 3,
      places: 2,
      madeOf: Int32Array.of(0, 1, 4),
      placeOf: Int32Array.of(0, 2, 1, 3, 4),
    })
  })

  it('makes one matrix of each edge where all differ', () => {
    expect(sharedMatrices(Float32Array.of(1, 2, 3), 1)).toMatchObject({ count: 3, places: 1 })
  })

  it('makes few matrices for edges of few kinds', () => {
    // 2 kinds of 500 edges: 8 matrices of 64 places each, 16 in all, of which the last of a kind has 500 - 7 * 64 = 52 edges.
    const features = Float32Array.from({ length: 1000 }, (_, e) => e % 2)
    expect(sharedMatrices(features, 1)).toMatchObject({ count: 16, places: 64 })
  })

  it('weighs empty places against matrices', () => {
    // 100 edges of one kind, and one of each of 100 others. A matrix costs 100, a place 1: with 8 places 113 * 108 = 12204, less
    // than 125 * 104 = 13000 with 4, and 107 * 116 = 12412 with 16.
    const features = Float32Array.from({ length: 200 }, (_, e) => Math.max(0, e - 99))
    expect(sharedMatrices(features, 1)).toMatchObject({ count: 113, places: 8 })
  })

  it('has nothing for no edges', () => {
    expect(sharedMatrices(new Float32Array(0), 3)).toMatchObject({ count: 0, places: 1 })
  })

  it('gives each edge a place of its own, at a matrix of its features', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))), (rows) => {
        const { count, places, madeOf, placeOf } = sharedMatrices(Float32Array.from(rows.flat()), 2)
        expect(new Set(placeOf).size).toBe(rows.length)
        expect(madeOf).toHaveLength(count)
        for (const [e, place] of placeOf.entries())
          expect(rows[madeOf[Math.floor(place / places)] ?? -1]).toEqual(rows[e])
      }),
    )
  })
})
