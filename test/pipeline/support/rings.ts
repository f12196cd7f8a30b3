/** Rings of six atoms c0 to c5 for tests: small graphs of every kind whose class one atom, or the bonds, decide. */
import { MultiGraph } from 'graphology'

export interface RingOptions {
  /** Which of the atoms are nitrogen; the others are carbon. */
  readonly nitrogens?: readonly number[]
  /** Attributes of the bond after atom v. */
  readonly bond?: (v: number) => object
  readonly attributes?: object
}

/** A mixed multigraph with undirected bonds. */
export function ring({ nitrogens = [], bond = () => ({}), attributes = {} }: RingOptions = {}): MultiGraph {
  const graph = new MultiGraph({ type: 'mixed', allowSelfLoops: true })
  graph.replaceAttributes({ ...attributes })
  for (let v = 0; v < 6; v++) graph.addNode(`c${v}`, { element: nitrogens.includes(v) ? 'N' : 'C' })
  for (let v = 0; v < 6; v++) graph.addUndirectedEdge(`c${v}`, `c${(v + 1) % 6}`, { ...bond(v) })
  return graph
}

/** `count` rings, every other one `toxic`: those with a nitrogen. */
export function rings(count: number): MultiGraph[] {
  return Array.from({ length: count }, (_, i) =>
    ring({ nitrogens: i % 2 === 1 ? [i % 6] : [], attributes: { toxic: i % 2 === 1 } }),
  )
}

/** The same graph with nodes and edges added in the opposite order. */
export function turnedAround(graph: MultiGraph): MultiGraph {
  const turned = graph.nullCopy()
  turned.replaceAttributes(graph.getAttributes())
  for (const node of graph.nodes().toReversed()) turned.addNode(node, graph.getNodeAttributes(node))
  for (const edge of graph.edges().toReversed())
    turned.addUndirectedEdge(graph.target(edge), graph.source(edge), graph.getEdgeAttributes(edge))
  return turned
}
