/** The graphs with a known motif that masks are measured on. */
import { describe, expect, it } from 'vitest'
import { type MotifGraph, motifGraphs } from '../../bench/masks/motif-graphs.ts'

const graphs = motifGraphs(1, 100)

/** Nodes that can be reached from node 0. */
function reached({ edges }: MotifGraph): Set<number> {
  const seen = new Set([0])
  for (const node of seen)
    for (const [a, b] of edges) {
      if (a === node) seen.add(b)
      if (b === node) seen.add(a)
    }
  return seen
}

describe('motifGraphs()', () => {
  it('makes connected graphs of 20 to 30 nodes, half of them with a house and half with a ring, each of five nodes', () => {
    expect(graphs.filter(({ motif }) => motif === 'house')).toHaveLength(50)
    for (const graph of graphs) {
      expect(graph.nodeCount).toBeGreaterThanOrEqual(20)
      expect(graph.nodeCount).toBeLessThanOrEqual(30)
      expect(reached(graph).size).toBe(graph.nodeCount)
      expect(graph.truth.filter((isPart) => isPart)).toHaveLength(5)
    }
  })

  it('ties the motif to a tree by one edge: no other node is on a cycle', () => {
    for (const { motif, nodeCount, edges, truth } of graphs) {
      const inside = edges.filter(([a, b]) => truth[a] && truth[b])
      const across = edges.filter(([a, b]) => truth[a] !== truth[b])
      expect(inside).toHaveLength(motif === 'house' ? 6 : 5)
      expect(across).toHaveLength(1)
      expect(edges).toHaveLength(inside.length + 1 + (nodeCount - 5 - 1))
    }
  })

  it('makes the same graphs for the same seed', () => {
    expect(motifGraphs(1, 10)).toEqual(graphs.slice(0, 10))
    expect(motifGraphs(2, 10)).not.toEqual(graphs.slice(0, 10))
  })
})
