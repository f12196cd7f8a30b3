import { describe, expect, it } from 'vitest'
import { hubDistances } from '../../bench/figures/hub-distance.ts'
import { groupMeans, nodesOf, shareBetween } from '../../bench/figures/node-groups.ts'
import type { ScoredGraph } from '../../bench/figures/scored-graph.ts'
import { plainEdges } from '../../src/graph/encoded-graph.ts'

/** Nodes and the pairs of them that are neighbours; a mask of one layer each. */
function scored(masks: readonly number[], pairs: readonly (readonly [number, number])[]): ScoredGraph {
  const ends = [...pairs, ...pairs.map(([a, b]) => [b, a] as const)].sort(([a, b], [c, d]) => b - d || a - c)
  const [source, target] = [ends.map(([a]) => a), ends.map(([, b]) => b)]
  return {
    encoded: {
      ...plainEdges,
      key: 'g',
      nodeKeys: masks.map((_, v) => `n${v}`),
      nodeCount: masks.length,
      featureCount: 0,
      x: new Float32Array(),
      source: Int32Array.from(source),
      target: Int32Array.from(target),
      y: 0,
      targets: null,
    },
    masks: [Float32Array.from(masks)],
    prediction: 'a',
    probabilities: [1],
    isRight: true,
    degrees: masks.map((_, v) => target.filter((end) => end === v).length),
  }
}

// A star of three leaves around 1, a tail on leaf 3, and a node alone.
const star = scored(
  [0.5, 1, 0.5, 0.25, 0, 0],
  [
    [1, 0],
    [1, 2],
    [1, 3],
    [3, 4],
  ],
)

describe('hubDistances()', () => {
  it('counts edges from the node with the most neighbours', () => {
    expect(hubDistances(star)).toEqual([1, 0, 1, 1, 2, null])
  })
})

describe('groupMeans()', () => {
  it('takes the mean mask of the nodes of each group, in the order that is asked for', () => {
    const nameOf = ({ node }: { readonly node: number }) => (node === 1 ? 'hub' : node < 3 ? 'leaf' : 'other')
    expect(groupMeans(nodesOf([star, star]), ['leaf', 'hub', 'nobody'], nameOf)).toEqual([
      { name: 'leaf', nodeCount: 4, meanMasks: [0.5] },
      { name: 'hub', nodeCount: 2, meanMasks: [1] },
    ])
  })
})

describe('shareBetween()', () => {
  const graph = scored([0, 0, 1, 1], [])

  it('is 1 where all nodes of a group have one mask, and 0 where groups have the same mean', () => {
    expect(shareBetween(nodesOf([graph]), 0, ({ node }) => (node < 2 ? 'low' : 'high'))).toBe(1)
    expect(shareBetween(nodesOf([graph]), 0, ({ node }) => (node % 2 === 0 ? 'even' : 'odd'))).toBe(0)
  })

  it('is the squares between groups over all of them', () => {
    // Mean 0.5, squares 0.25 each: 1 in all. Groups of 1 and 3 nodes have means 0 and 2/3: 0.25 + 3 / 36 = 1/3.
    expect(shareBetween(nodesOf([graph]), 0, ({ node }) => (node === 0 ? 'a' : 'b'))).toBeCloseTo(1 / 3, 6)
  })
})
