/** Graphs to draw, small enough to check by hand. */
import type { ViewedGraph, ViewedNode } from '../../../src/viewer/viewed-graph.ts'

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
