import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldGraphs } from '../../src/graph/fold.ts'
import { costOfRow, unfolded } from '../../src/graph/fold-plan.ts'
import { costOf, shardGroups, shardsOf } from '../../src/model/shards.ts'
import { graphOf, randomGraph, withEdgeFeatures } from './support/graphs.ts'

const noLimit = Number.POSITIVE_INFINITY
/** Graphs without edges: each node costs `costOfRow`. */
const ofSizes = (sizes: readonly number[]) =>
  foldGraphs(
    sizes.map((size, g) => graphOf(`g${g}`, new Float32Array(3 * size), [], null)),
    unfolded,
  )
const everyIndex = (sizes: readonly number[]) => Int32Array.from(sizes, (_, g) => g)
const sizeLists = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 })
const shardCounts = fc.integer({ min: 1, max: 5 })

describe('costOf()', () => {
  it('counts the entries of the sums, and some for each row', () => {
    const path = graphOf('path', new Float32Array(9), [[0, 1], [1, 0], [1, 2], [2, 1]], null) // biome-ignore format: short
    const folded = foldGraphs([randomGraph(1, 5), path], unfolded)
    expect(costOf(folded, 1, { hidden: 64 })).toBe(4 + 3 * costOfRow)
  })

  it('counts an entry H times where an edge network makes a matrix of it', () => {
    const path = graphOf('path', new Float32Array(6), [[0, 1], [1, 0]], null) // biome-ignore format: short
    const folded = foldGraphs([withEdgeFeatures(path)], unfolded)
    expect(costOf(folded, 0, { hidden: 64 })).toBe(2 * 64 + 2 * costOfRow)
  })
})

describe('shardsOf()', () => {
  const cut = (sizes: readonly number[], shardCount: number, costLimit = noLimit) =>
    shardsOf(ofSizes(sizes), everyIndex(sizes), { hidden: 8, shardCount, costLimit }).map((shard) => [...shard])

  it('cuts a batch into parts of about equal cost', () => {
    expect(cut([1, 1, 1, 1], 2)).toEqual([[0, 1], [2, 3]]) // biome-ignore format: short
    expect(cut([3, 1, 1, 1], 2)).toEqual([[0], [1, 2, 3]])
    expect(cut([1, 1, 1, 1], 1)).toEqual([[0, 1, 2, 3]])
    expect(cut([5], 3)).toEqual([[0]])
    expect(cut([1, 100], 2)).toEqual([[0], [1]])
  })

  it('cuts further where a part would cost too much, but no graph', () => {
    expect(cut([2, 2, 2, 2], 1, 4 * costOfRow)).toEqual([[0, 1], [2, 3]]) // biome-ignore format: short
    expect(cut([9, 1, 1], 1, 2 * costOfRow)).toEqual([[0], [1, 2]])
  })

  it('takes the graphs in the order in which they are named', () => {
    const folded = ofSizes([1, 2, 3])
    const shards = shardsOf(folded, Int32Array.of(2, 0, 1), { hidden: 8, shardCount: 2, costLimit: noLimit })
    expect(shards).toEqual([Int32Array.of(2), Int32Array.of(0, 1)])
  })

  it('gives nothing for no graphs', () => {
    expect(cut([], 2)).toEqual([])
  })

  it('covers all graphs once and in order, by no more parts than wanted, of which none is empty', () => {
    fc.assert(
      fc.property(sizeLists, shardCounts, (sizes, shardCount) => {
        const shards = cut(sizes, shardCount)
        expect(shards.flat()).toEqual([...sizes.keys()])
        expect(shards.length).toBeLessThanOrEqual(shardCount)
        for (const shard of shards) expect(shard.length).toBeGreaterThan(0)
      }),
    )
  })

  it('balances: no part costs more than its share and the largest graph', () => {
    fc.assert(
      fc.property(sizeLists, shardCounts, (sizes, shardCount) => {
        const total = sizes.reduce((sum, size) => sum + size, 0)
        for (const shard of cut(sizes, shardCount)) {
          const size = shard.reduce((sum, g) => sum + (sizes[g] ?? 0), 0)
          expect(size).toBeLessThanOrEqual(total / Math.min(shardCount, sizes.length) + Math.max(...sizes))
        }
      }),
    )
  })

  it('keeps within the limit every part of more than one graph', () => {
    fc.assert(
      fc.property(sizeLists, shardCounts, fc.integer({ min: 1, max: 60 }), (sizes, shardCount, limit) => {
        const shards = cut(sizes, shardCount, limit * costOfRow)
        expect(shards.flat()).toEqual([...sizes.keys()])
        for (const shard of shards) {
          const size = shard.reduce((sum, g) => sum + (sizes[g] ?? 0), 0)
          if (shard.length > 1) expect(size).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })
})

describe('shardGroups()', () => {
  it('computes as many parts at the same time as wanted, which together keep within the limit', () => {
    const sizes = [2, 2, 2, 2, 2]
    const options = { hidden: 8, shardCount: 2, costLimit: 4 * costOfRow }
    expect(shardGroups(ofSizes(sizes), everyIndex(sizes), options)).toEqual([
      [Int32Array.of(0), Int32Array.of(1)],
      [Int32Array.of(2), Int32Array.of(3)],
      [Int32Array.of(4)],
    ])
  })

  it('holds the same parts as without groups', () => {
    fc.assert(
      fc.property(sizeLists, shardCounts, fc.integer({ min: 1, max: 60 }), (sizes, shardCount, limit) => {
        const [folded, indices, costLimit] = [ofSizes(sizes), everyIndex(sizes), limit * costOfRow]
        const groups = shardGroups(folded, indices, { hidden: 8, shardCount, costLimit: costLimit * shardCount })
        expect(groups.flat()).toEqual(shardsOf(folded, indices, { hidden: 8, shardCount, costLimit }))
        for (const group of groups.slice(0, -1)) expect(group).toHaveLength(shardCount)
      }),
    )
  })
})
