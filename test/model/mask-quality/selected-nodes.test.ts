import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/graph/random.ts'
import { highestNodes, randomNodes, selectedCount } from '../../../src/model/mask-quality/selected-nodes.ts'

describe('selectedCount()', () => {
  it('rounds, and is one at least', () => {
    expect([1, 2, 7, 8, 10, 24].map((nodeCount) => selectedCount(nodeCount, 0.2))).toEqual([1, 1, 1, 2, 2, 5])
  })
})

describe('highestNodes()', () => {
  it('are those of highest mask, and of equal ones the first', () => {
    expect(highestNodes(Float32Array.of(0.2, 0.9, 0.5, 0.5), 2)).toEqual([false, true, true, false])
  })
})

describe('randomNodes()', () => {
  it('are as many as wanted', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.integer({ min: 1, max: 20 }), (seed, nodeCount) => {
        const count = 1 + (seed % nodeCount)
        const chosen = randomNodes(nodeCount, count, createRandom(seed, 'test'))
        expect(chosen).toHaveLength(nodeCount)
        expect(chosen.filter((isChosen) => isChosen)).toHaveLength(count)
      }),
    )
  })

  it('are each of the pairs of four nodes about as often', () => {
    const random = createRandom(1, 'test')
    const counts = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const pair = randomNodes(4, 2, random).join()
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // 1000 each, standard deviation 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
