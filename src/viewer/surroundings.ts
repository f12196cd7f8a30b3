/** The part of a large graph that is worth looking at: the nodes with the highest masks and what is around them. */
import type { ViewedEdge, ViewedNode } from './viewed-graph.ts'

export const mostNodesShown = 5_000
const hopsShown = 2

export interface Part {
  readonly nodes: readonly ViewedNode[]
  readonly edges: readonly ViewedEdge[]
  /** `null`: all nodes are there. */
  readonly hops: number | null
}

/**
 * All of a graph of up to `mostNodes` nodes. Of a larger one the first nodes, each with its surroundings of two hops, as many as
 * there is room for; the last surroundings may be cut.
 *
 * @param nodes by descending mask
 */
export function partToShow(
  nodes: readonly ViewedNode[],
  edges: readonly ViewedEdge[],
  mostNodes: number = mostNodesShown,
): Part {
  if (nodes.length <= mostNodes) return { nodes, edges, hops: null }
  const neighbours = neighboursOf(nodes.length, edges)
  const shown = new Set<number>()
  for (let first = 0; shown.size < mostNodes && first < nodes.length; first++) {
    let frontier = [first]
    for (let hop = 0; hop <= hopsShown && frontier.length > 0; hop++) {
      for (const node of frontier) if (shown.size < mostNodes) shown.add(node)
      frontier = hop < hopsShown ? frontier.flatMap((node) => neighbours[node] ?? []) : []
    }
  }
  const kept = [...shown].sort((a, b) => a - b)
  const place = new Map(kept.map((node, i) => [node, i]))
  return {
    nodes: kept.flatMap((node) => nodes[node] ?? []),
    edges: edges.flatMap(({ source, target, type }) => {
      const [from, to] = [place.get(source), place.get(target)]
      return from === undefined || to === undefined ? [] : [{ source: from, target: to, type }]
    }),
    hops: hopsShown,
  }
}

/** In either direction. [N] */
function neighboursOf(nodeCount: number, edges: readonly ViewedEdge[]): readonly number[][] {
  const neighbours = Array.from({ length: nodeCount }, (): number[] => [])
  for (const { source, target } of edges) {
    neighbours[source]?.push(target)
    neighbours[target]?.push(source)
  }
  return neighbours
}
