/** Graphs to draw, whose masks a person can check. */
import type { ViewedGraph, ViewedNode } from '../../src/viewer/viewed-graph.ts'

export function viewedNode(key: string, masks: readonly number[], truth: boolean | null = null): ViewedNode {
  return { key, labels: ['Atom'], masks, properties: {}, truth }
}

/** A path of three nodes with masks of two layers. */
export function viewedGraph(changes: Partial<ViewedGraph> = {}): ViewedGraph {
  const nodes = changes.nodes ?? [viewedNode('a', [0, 1]), viewedNode('b', [0.5, 0.5]), viewedNode('c', [1, 0])]
  const edges = changes.edges ?? [
    { source: 0, target: 1, type: 'BOND' },
    { source: 1, target: 2, type: 'BOND' },
  ]
  return {
    projection: 'molecules',
    key: 'm1',
    prediction: 'ring',
    probabilities: [
      { name: 'chain', probability: 0.25 },
      { name: 'ring', probability: 0.75 },
    ],
    model: 'shapes:1',
    runId: 'night-1',
    scoredAt: '2026-01-01T00:00:00Z',
    targetProperty: 'shape',
    target: 'ring',
    truthProperty: null,
    nodeKey: 'atomId',
    cypher: '',
    nodeCount: nodes.length,
    edgeCount: edges.length,
    hops: null,
    ...changes,
    nodes,
    edges,
  }
}

/** A chain of `a`, `b`, … of so many nodes, masks of two layers: node v of N has v / (N - 1) in the first, and the rest to 1 in the second. */
export function chainGraph(nodeCount: number, changes: Partial<ViewedGraph> = {}): ViewedGraph {
  const nodes = Array.from({ length: nodeCount }, (_, v): ViewedNode => {
    const mask = nodeCount === 1 ? 1 : v / (nodeCount - 1)
    const key = nodeCount <= 26 ? String.fromCharCode(97 + v) : `n${v}`
    return { ...viewedNode(key, [mask, 1 - mask], v === 0), labels: ['Account'], properties: { amount: v } }
  })
  const edges = Array.from({ length: nodeCount - 1 }, (_, v) => ({ source: v, target: v + 1, type: 'PAID' }))
  return viewedGraph({
    projection: 'cases',
    key: 'C-1',
    prediction: 'true',
    probabilities: [
      { name: 'false', probability: 0.25 },
      { name: 'true', probability: 0.75 },
    ],
    model: 'cases:1',
    targetProperty: 'suspicious',
    target: true,
    truthProperty: 'inRing',
    nodeKey: 'accountId',
    nodes,
    edges,
    ...changes,
  })
}
