/** Graphs for the viewer whose masks a person can check. */
import type { ViewedGraph, ViewedNode } from '../../../src/viewer/viewed-graph.ts'

/** A chain of `a`, `b`, … of so many nodes, masks of two layers: node v of N has v / (N - 1) in the first, and the rest to 1 in the second. */
export function chainGraph(nodeCount: number, changes: Partial<ViewedGraph> = {}): ViewedGraph {
  const nodes = Array.from({ length: nodeCount }, (_, v): ViewedNode => {
    const mask = nodeCount === 1 ? 1 : v / (nodeCount - 1)
    return {
      key: nodeCount <= 26 ? String.fromCharCode(97 + v) : `n${v}`,
      labels: ['Account'],
      masks: [mask, 1 - mask],
      properties: { amount: v },
      truth: v === 0,
    }
  })
  return {
    projection: 'cases',
    key: 'C-1',
    prediction: 'true',
    probabilities: [
      { name: 'false', probability: 0.25 },
      { name: 'true', probability: 0.75 },
    ],
    model: 'cases:1',
    runId: 'night-1',
    scoredAt: '2026-01-02T03:04:05.678Z',
    targetProperty: 'suspicious',
    target: true,
    truthProperty: 'inRing',
    nodeKey: 'accountId',
    cypher: 'MATCH (n:Account)-[:MEMBER_OF]-(g:Case)\nRETURN n.accountId',
    nodeCount,
    edgeCount: nodeCount - 1,
    hops: null,
    nodes,
    edges: Array.from({ length: nodeCount - 1 }, (_, v) => ({ source: v, target: v + 1, type: 'PAID' })),
    ...changes,
  }
}
