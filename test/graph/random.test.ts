import { describe, expect, it } from 'vitest'
import { createRandom, resumeRandom, shuffled } from '../../src/graph/random.ts'

describe('resumeRandom()', () => {
  it('gives the numbers of xoshiro128** 1.1 for the state 1, 2, 3, 4', () => {
    const random = resumeRandom([1, 2, 3, 4])
    const drawn = Array.from({ length: 5 }, () => random.nextUint32())
    // computed by the published algorithm written in C
    expect(drawn).toEqual([11520, 0, 5927040, 70819200, 2031721883])
  })

  it('goes on from an exported state', () => {
    const random = createRandom(7, 'batches')
    random.nextUint32()
    const twin = resumeRandom(random.state())
    expect([twin.nextUint32(), twin.nextFloat()]).toEqual([random.nextUint32(), random.nextFloat()])
  })
})

describe('createRandom()', () => {
  it('gives every stream of a seed numbers of its own', () => {
    expect(createRandom(1, 'split').nextUint32()).not.toBe(createRandom(1, 'weights').nextUint32())
    expect(createRandom(1, 'split').nextUint32()).toBe(createRandom(1, 'split').nextUint32())
    expect(createRandom(1, 'split').nextUint32()).not.toBe(createRandom(2, 'split').nextUint32())
  })

  it('draws floats in [0, 1) with the mean and variance of the uniform distribution', () => {
    const random = createRandom(3, 'test')
    const drawn = Array.from({ length: 20_000 }, () => random.nextFloat())
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    expect(mean).toBeCloseTo(1 / 2, 2)
    expect(variance).toBeCloseTo(1 / 12, 2)
  })

  it('draws each integer below a bound about equally often', () => {
    const random = createRandom(4, 'test')
    const counts = [0, 0, 0]
    for (let i = 0; i < 9000; i++) {
      const drawn = random.nextBelow(3)
      counts[drawn] = (counts[drawn] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(300)
  })
})

describe('shuffled()', () => {
  it('keeps every item and leaves the original alone', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8]
    const result = shuffled(items, createRandom(5, 'test'))
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(result).not.toEqual(items)
    expect([...result].sort()).toEqual(items)
  })
})
