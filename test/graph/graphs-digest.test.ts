import { describe, expect, it } from 'vitest'
import type { EncodedGraph } from '../../src/graph/encoded-graph.ts'
import { graphsDigest } from '../../src/graph/graphs-digest.ts'
import { graphOf } from './graph-arrays.ts'

/** Two nodes with one feature, and an edge in both directions. */
function pair(changes: Partial<EncodedGraph> = {}): EncodedGraph {
  const edges = [
    { from: 0, to: 1 },
    { from: 1, to: 0 },
  ]
  return { ...graphOf([[1], [2]], edges), key: 'a', nodeKeys: ['u', 'v'], y: 0, targets: null, ...changes }
}

describe('graphsDigest()', () => {
  it('is the same for the same numbers, whatever the keys', () => {
    expect(graphsDigest([pair({ key: 7n, nodeKeys: [1n, 2n] })])).toBe(graphsDigest([pair()]))
  })

  it.each<[string, Partial<EncodedGraph>]>([
    ['class', { y: 1 }],
    ['target', { targets: [0.5] }],
    ['feature', { x: Float32Array.of(1, 3) }],
    ['end of an edge', { source: Int32Array.of(1, 1) }],
    ['weight', { edgeWeight: Float32Array.of(1, 1) }],
    ['type', { edgeType: Int32Array.of(0, 0) }],
    ['edge feature', { edgeFeatureCount: 1, edgeFeatures: Float32Array.of(1, 1) }],
  ])('is another where a graph has another %s', (_what, change) => {
    expect(graphsDigest([pair(change)])).not.toBe(graphsDigest([pair()]))
  })

  it('is another for another order of graphs, and for the same numbers cut into graphs differently', () => {
    const other = pair({ y: 1 })
    expect(graphsDigest([pair(), other])).not.toBe(graphsDigest([other, pair()]))
    const lone = (values: readonly number[]) => ({ ...pair(), ...graphOf([values], []) })
    expect(graphsDigest([lone([1, 2]), lone([3])])).not.toBe(graphsDigest([lone([1]), lone([2, 3])]))
  })
})
