import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskRocAuc, maskSparsity, maskStability } from '../../../src/model/mask-quality/mask-measures.ts'
import { randomOrder } from '../support/graphs.ts'

/** Masks of one layer, as float32 has them. */
const masks = (...values: number[]) => Float32Array.from(values)
const nodes = fc.array(fc.record({ mask: fc.integer({ min: 1, max: 9 }), isPart: fc.boolean() }), {
  minLength: 1,
  maxLength: 12,
})

describe('maskSparsity()', () => {
  it('is the share of masks below one half, layer by layer, mean over graphs', () => {
    // Layer 1: 1 of 2 and 4 of 4; layer 2: 0 of 2 and 1 of 4.
    const two = [masks(0.1, 0.9, 0.5, 0.6), masks(0.1, 0.2, 0.3, 0.4, 0.7, 0.8, 0.9, 0.4)]
    expect(maskSparsity(two, 2)).toEqual([0.75, 0.125])
  })
})

describe('maskRocAuc()', () => {
  it('is 1 where every node of the cause has a higher mask than any other, 0 where it is the other way round', () => {
    const truth = [[true, false, false]]
    expect(maskRocAuc([masks(0.9, 0.1, 0.2, 0.1, 0.8, 0.9)], truth, 2)).toEqual([1, 0])
  })

  it('is one half where all masks are equal', () => {
    expect(maskRocAuc([masks(0.3, 0.3, 0.3)], [[true, false, false]], 1)).toEqual([0.5])
  })

  it('counts pairs: three of four in order are 0.75', () => {
    expect(maskRocAuc([masks(0.9, 0.4, 0.5, 0.1)], [[true, true, false, false]], 1)).toEqual([0.75])
  })

  it('is the mean over the graphs that hold both kinds of nodes, and does not exist without any', () => {
    const [good, bad, other] = [masks(0.9, 0.1), masks(0.1, 0.9), masks(0.2, 0.8)]
    const truth = [
      [true, false],
      [true, false],
      [false, false],
    ]
    expect(maskRocAuc([good, bad, other], truth, 1)).toEqual([0.5])
    expect(maskRocAuc([other], [[false, false]], 1)).toBeNull()
  })

  it('becomes 1 minus itself with masks turned round, and does not depend on the order of nodes', () => {
    fc.assert(
      fc.property(nodes, fc.nat(99), (all, seed) => {
        const ofNodes = (list: typeof all, sign: number) =>
          maskRocAuc([masks(...list.map(({ mask }) => sign * mask))], [list.map(({ isPart }) => isPart)], 1)
        const area = ofNodes(all, 1)
        fc.pre(area !== null)
        expect(ofNodes(all, -1)?.[0]).toBeCloseTo(1 - (area[0] ?? Number.NaN), 12)
        expect(ofNodes(reordered(all, seed), 1)?.[0]).toBeCloseTo(area[0] ?? Number.NaN, 12)
      }),
    )
  })
})

describe('maskStability()', () => {
  it('is the rank correlation of two models, mean over graphs', () => {
    // The first graph is ranked alike; in the second, ranks differ by 0, 1, 1 and 0, which is 0.8.
    const one = [masks(0.1, 0.2, 0.3), masks(0.1, 0.2, 0.3, 0.4)]
    const other = [masks(0.5, 0.6, 0.9), masks(0.1, 0.3, 0.2, 0.4)]
    expect(maskStability([one, other], 1)?.[0]).toBeCloseTo(0.9, 12)
  })

  it('is the mean over all pairs of models', () => {
    // 1 for the first two, -1 for the last with each of them.
    const models = [[masks(0.1, 0.2)], [masks(0.3, 0.4)], [masks(0.4, 0.3)]]
    expect(maskStability(models, 1)?.[0]).toBeCloseTo(-1 / 3, 12)
  })

  it('does not exist for one model, nor for masks that are all the same', () => {
    expect(maskStability([[masks(0.1, 0.2)]], 1)).toBeNull()
    expect(maskStability([[masks(0.1, 0.2)], [masks(0.3, 0.3)]], 1)).toBeNull()
  })
})

function reordered<T>(items: readonly T[], seed: number): T[] {
  return randomOrder(seed, items.length).flatMap((from) => items[from] ?? [])
}
