/** Small graphs whose edges have values, for tests. */
import { MultiGraph } from 'graphology'
import type { GraphSource, PropertyValue } from '../../src/graph/subgraph.ts'

/** Nodes 'a', 'b', 'c' without values, and directed edges such as 'ab', or "ab'" for one more of them. */
export function graphWithEdges(edges: Readonly<Record<string, readonly PropertyValue[]>>): GraphSource {
  const graph = new MultiGraph<{ key: string; values: PropertyValue[] }, { values: readonly PropertyValue[] }>()
  for (const key of 'abc') graph.addNode(key, { key, values: [] })
  for (const [[from, to], values] of Object.entries(edges)) graph.addDirectedEdge(from, to, { values })
  return { key: 'g', target: null, graph }
}
