import { describe, expect, it } from 'vitest'
import { partToShow } from '../../src/viewer/surroundings.ts'
import type { ViewedEdge, ViewedNode } from '../../src/viewer/viewed-graph.ts'

const nodesOf = (keys: string): ViewedNode[] =>
  [...keys].map((key) => ({ key, labels: [], masks: [], properties: {}, truth: null }))
const edge = (source: number, target: number): ViewedEdge => ({ source, target, type: null })
/** a-b-c-d-e-f */
const chain = [0, 1, 2, 3, 4].map((v) => edge(v, v + 1))
const keysOf = (nodes: readonly ViewedNode[]) => nodes.map(({ key }) => key).join('')

describe('partToShow()', () => {
  it('leaves a graph that is small enough as it is', () => {
    const nodes = nodesOf('abcdef')
    expect(partToShow(nodes, chain, 6)).toEqual({ nodes, edges: chain, hops: null })
  })

  it('takes the highest masks with what is within two hops of them, in either direction', () => {
    // c has the highest mask, then a.
    const nodes = nodesOf('cabdef')
    const edges = [edge(1, 2), edge(2, 0), edge(0, 3), edge(3, 4), edge(4, 5)]
    const { nodes: shown, edges: between, hops } = partToShow(nodes, edges, 5)
    expect([keysOf(shown), hops]).toEqual(['cabde', 2])
    expect(between).toEqual([edge(1, 2), edge(2, 0), edge(0, 3), edge(3, 4)])
  })

  it('cuts the last surroundings where there is no more room, and goes on where there is', () => {
    expect(keysOf(partToShow(nodesOf('abcdef'), chain, 2).nodes)).toBe('ab')
    // Nothing is tied to a; the next highest is b.
    expect(keysOf(partToShow(nodesOf('abcdef'), chain.slice(1), 4).nodes)).toBe('abcd')
  })
})
