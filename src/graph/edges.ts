/** The message edges u -> v of a subgraph: who adds its features up at whom, N(v) = {u : u -> v}. */
import type { Orientation } from '../config/schema.ts'
import type { Subgraph } from './subgraph.ts'

export interface MessageEdges {
  /** Row of u, sorted by target, then source; no pair twice, none with u = v. [E] */
  readonly source: Int32Array
  /** Row of v. [E] */
  readonly target: Int32Array
  /** Connections left out because the same one is there already. */
  readonly parallelEdges: number
  /** Edges left out because they join a node to itself. */
  readonly selfLoops: number
}

/**
 * Edges of `graph` as rows of its nodes. Messages run along a relationship (NATURAL), against it (REVERSE) or both ways
 * (UNDIRECTED); along an undirected edge of the graph they run both ways whatever the orientation. Neither the order nor
 * the multiplicity of the edges matters.
 */
export function messageEdges(graph: Subgraph['graph'], orientation: Orientation): MessageEdges {
  const size = graph.order
  const rowOf = new Map<string, number>()
  graph.forEachNode((node) => {
    rowOf.set(node, rowOf.size)
  })
  // One number per edge, target * N + source: sorting numbers sorts by target, then source.
  const codes = new Float64Array(2 * graph.size)
  let count = 0
  let selfLoops = 0
  graph.forEachEdge((_edge, _attributes, sourceNode, targetNode, _source, _target, undirected) => {
    const u = rowOf.get(sourceNode)
    const v = rowOf.get(targetNode)
    if (u === undefined || v === undefined) return
    if (u === v) {
      selfLoops++
      return
    }
    const bothWays = undirected || orientation === 'UNDIRECTED'
    if (bothWays || orientation === 'NATURAL') codes[count++] = v * size + u
    if (bothWays || orientation === 'REVERSE') codes[count++] = u * size + v
  })
  const distinct = sortedDistinct(codes.subarray(0, count))
  const source = new Int32Array(distinct.length)
  const target = new Int32Array(distinct.length)
  distinct.forEach((code, e) => {
    target[e] = Math.floor(code / size)
    source[e] = code % size
  })
  const repeated = count - distinct.length
  const symmetric = orientation === 'UNDIRECTED' || graph.type === 'undirected'
  return { source, target, parallelEdges: symmetric ? repeated / 2 : repeated, selfLoops }
}

/** Number of neighbours |N(v)| of each row. [N] */
export function degreesOf(target: Int32Array, nodeCount: number): Int32Array {
  const degrees = new Int32Array(nodeCount)
  for (const v of target) degrees[v] = (degrees[v] ?? 0) + 1
  return degrees
}

function sortedDistinct(codes: Float64Array): Float64Array {
  codes.sort()
  let kept = 0
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0
    if (i === 0 || code !== codes[i - 1]) codes[kept++] = code
  }
  return codes.subarray(0, kept)
}
