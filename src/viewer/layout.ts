/** Where the nodes of a graph are drawn: the same for the same graph, in all of its layers, on every machine. */
import { UndirectedGraph } from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import type { Point } from './point.ts'
import { lessStress } from './stress-layout.ts'
import type { ViewedEdge } from './viewed-graph.ts'

export type { Point } from './point.ts'

export interface LayoutOptions {
  /** Default: fewer for larger graphs, 60 at least */
  readonly iterations?: number
  /** Positions so far [N], several times; returns whether to go on. */
  readonly onProgress?: (positions: readonly Point[], done: number, of: number) => boolean
}

const goldenAngle = Math.PI * (3 - Math.sqrt(5))
const stepsTold = 30
/** Beyond it N² is too much. */
const mostStressed = 600
const stressRounds = 60

/** Positions [N] by ForceAtlas2 (Jacomy et al. 2014), from a spiral that nodes start on in their order. */
export function layoutOf(
  nodeCount: number,
  edges: readonly Pick<ViewedEdge, 'source' | 'target'>[],
  { iterations = iterationsFor(nodeCount), onProgress }: LayoutOptions = {},
): readonly Point[] {
  const graph = new UndirectedGraph<Point>()
  for (let node = 0; node < nodeCount; node++) {
    const radius = Math.sqrt(node + 0.5)
    graph.addNode(node, { x: radius * Math.cos(node * goldenAngle), y: radius * Math.sin(node * goldenAngle) })
  }
  for (const { source, target } of edges) if (source !== target) graph.mergeEdge(source, target)
  const settings = {
    ...forceAtlas2.inferSettings(Math.max(2, nodeCount)),
    // Long chains, as molecules have them, unfold without hubs that draw everything in.
    strongGravityMode: false,
    gravity: 0.2,
    barnesHutOptimize: nodeCount > 1_000,
  }
  // Whoever is told of the progress gets the same positions as who is not: ForceAtlas2 starts its speeds anew with each step.
  const step = Math.ceil(iterations / stepsTold)
  for (let done = 0; done < iterations && nodeCount > 1; done += step) {
    forceAtlas2.assign(graph, { iterations: Math.min(step, iterations - done), settings })
    if (onProgress?.(positionsOf(graph), Math.min(iterations, done + step), iterations) === false)
      return positionsOf(graph)
  }
  const positions = positionsOf(graph)
  return nodeCount > 1 && nodeCount <= mostStressed ? lessStress(positions, edges, stressRounds) : positions
}

function iterationsFor(nodeCount: number): number {
  return Math.max(60, Math.round(600 / (1 + nodeCount / 500)))
}

function positionsOf(graph: UndirectedGraph<Point>): readonly Point[] {
  return graph.mapNodes((_node, { x, y }) => ({ x, y }))
}
