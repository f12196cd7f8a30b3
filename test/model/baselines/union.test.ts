import { describe, expect, it } from 'vitest'
import { unionOf, withSelfLoops } from '../../../src/model/baselines/union.ts'
import { smallGraph } from './support/small-graph.ts'

const path = smallGraph([1, 2], [[0, 1]])
const triangle = smallGraph(
  [3, 4, 5],
  [
    [0, 1],
    [1, 2],
    [0, 2],
  ],
)

describe('unionOf()', () => {
  it('puts the nodes of the graphs one after the other, and their edges between their own', () => {
    const { numGraphs, nodeCount, x, source, target, graphOf } = unionOf([path, triangle])
    expect({ numGraphs, nodeCount }).toEqual({ numGraphs: 2, nodeCount: 5 })
    expect([...x]).toEqual([1, 2, 3, 4, 5])
    expect([...graphOf]).toEqual([0, 0, 1, 1, 1])
    const pairs = Array.from(source, (u, e) => `${u}${target[e]}`).sort()
    expect(pairs).toEqual(['01', '10', '23', '24', '32', '34', '42', '43'])
  })

  it('takes graphs with the same features only', () => {
    expect(() => unionOf([path, { ...path, featureCount: 2 }])).toThrow(
      'Cannot join graphs: expected 1 features, got 2',
    )
  })
})

describe('withSelfLoops()', () => {
  it('adds an edge from each node to itself', () => {
    const { source, target } = withSelfLoops(unionOf([path]))
    expect(Array.from(source, (u, e) => `${u}${target[e]}`).sort()).toEqual(['00', '01', '10', '11'])
  })
})
