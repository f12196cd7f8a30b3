/** Small subgraphs for tests. */
import { MultiGraph } from 'graphology'
import type { Key, MemberAttributes, PropertyValue, Subgraph } from '../../src/graph/subgraph.ts'

/** Members 'a', 'b', 'c' ... with the given values, and directed edges such as 'ab' (parallel ones and loops allowed). */
export function subgraphOf(
  values: readonly (readonly PropertyValue[])[],
  edges: readonly string[] = [],
  { key = 'g', target = null }: { key?: Key; target?: PropertyValue } = {},
): Subgraph {
  const graph = new MultiGraph<MemberAttributes>({ type: 'mixed', allowSelfLoops: true })
  values.forEach((row, v) => {
    const name = String.fromCharCode(97 + v)
    graph.addNode(name, { key: name, values: row })
  })
  for (const [from, to] of edges) graph.addDirectedEdge(from, to)
  return { key, target, graph }
}

/** `size` members without values. */
export function blank(size: number): PropertyValue[][] {
  return Array.from({ length: size }, () => [])
}
