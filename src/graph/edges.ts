/**
 * The message edges u -> v of a graph: who adds its features up at whom, N(v) = {u : u -> v}. These are all the rules:
 *
 * - Messages run along an edge (NATURAL), against it (REVERSE) or both ways (UNDIRECTED); along an undirected edge they run
 *   both ways whatever the orientation.
 * - An edge from a node to itself is left out, and counted as a self-loop.
 * - Message edges between the same two nodes in the same direction are parallel. Where nothing tells them apart they count
 *   once, and the others are counted as left out.
 * - With weights, parallel edges are one edge with the sum of their weights.
 * - With types, both rules hold for the parallel edges of one type; those of different types stay apart.
 * - With features, every edge stays an edge of its own.
 * - They are sorted by target, source and type, then by features and weight: the order of a graph's edges does not matter.
 */
import type { Orientation } from '../config/schema.ts'
import type { GraphView } from './subgraph.ts'

/** What edges have beyond their ends, edge by edge in the order of the graph, self-loops left out. */
export interface EdgeValues {
  /** [M]; `null`: 1 each */
  readonly weight: Float32Array | null
  /** 0 to T - 1. [M]; `null`: all of one type */
  readonly type: Int32Array | null
  /** Number of types, T. */
  readonly typeCount: number
  /** [M, De]; `null`: none */
  readonly features: Float32Array | null
  /** Number of feature columns, De. */
  readonly featureCount: number
}

/** Edges without anything but their ends. */
export const alike: EdgeValues = { weight: null, type: null, typeCount: 1, features: null, featureCount: 0 }

export interface MessageEdges {
  /** Row of u; none with u = v. [E] */
  readonly source: Int32Array
  /** Row of v. [E] */
  readonly target: Int32Array
  /** [E]; `null`: 1 each */
  readonly weight: Float32Array | null
  /** [E]; `null`: all of one type */
  readonly type: Int32Array | null
  /** [E, De]; `null`: none */
  readonly features: Float32Array | null
  /** Connections left out because the same one is there already. */
  readonly parallelEdges: number
  /** Edges left out because they join a node to itself. */
  readonly selfLoops: number
}

/** Edges of `graph` as rows of its nodes. */
export function messageEdges(graph: GraphView, orientation: Orientation, values: EdgeValues = alike): MessageEdges {
  const messages = allMessages(graph, orientation, values)
  const { codes, weight, features, repeated } = arranged(messages, values)
  const symmetric = orientation === 'UNDIRECTED' || graph.type === 'undirected'
  return {
    ...decoded(codes, graph.order, values),
    weight,
    features,
    parallelEdges: symmetric ? repeated / 2 : repeated,
    selfLoops: messages.selfLoops,
  }
}

/** Number of different neighbours |N(v)| of each row. [N] */
export function degreesOf({ source, target }: Pick<MessageEdges, 'source' | 'target'>, nodeCount: number): Int32Array {
  const degrees = new Int32Array(nodeCount)
  for (let e = 0; e < target.length; e++) {
    const v = target[e] ?? 0
    if (e === 0 || v !== target[e - 1] || source[e] !== source[e - 1]) degrees[v] = (degrees[v] ?? 0) + 1
  }
  return degrees
}

/** Every message there is, in the order of the graph's edges. */
interface Messages {
  /** (target * N + source) * T + type: sorting numbers sorts by target, source, type. */
  readonly codes: Float64Array
  /** The edge it runs along, by its place among those that are no self-loops. */
  readonly edge: Uint32Array
  readonly selfLoops: number
}

function allMessages(graph: GraphView, orientation: Orientation, { type, typeCount }: EdgeValues): Messages {
  const size = graph.order
  const rowOf = new Map<string, number>()
  graph.forEachNode((node) => {
    rowOf.set(node, rowOf.size)
  })
  const codes = new Float64Array(2 * graph.size)
  const edge = new Uint32Array(2 * graph.size)
  let [count, edgeCount, selfLoops] = [0, 0, 0]
  graph.forEachEdge((_edge, _attributes, sourceNode, targetNode, _source, _target, undirected) => {
    const u = rowOf.get(sourceNode)
    const v = rowOf.get(targetNode)
    if (u === undefined || v === undefined) return
    if (u === v) {
      selfLoops++
      return
    }
    const kind = type?.[edgeCount] ?? 0
    const add = (from: number, to: number) => {
      codes[count] = (to * size + from) * typeCount + kind
      edge[count++] = edgeCount
    }
    const bothWays = undirected || orientation === 'UNDIRECTED'
    if (bothWays || orientation === 'NATURAL') add(u, v)
    if (bothWays || orientation === 'REVERSE') add(v, u)
    edgeCount++
  })
  return { codes: codes.subarray(0, count), edge: edge.subarray(0, count), selfLoops }
}

/** The messages that count, sorted. */
interface Arranged extends Pick<MessageEdges, 'weight' | 'features'> {
  readonly codes: Float64Array
  /** Messages left out because the same one is there already. */
  readonly repeated: number
}

function arranged(messages: Messages, values: EdgeValues): Arranged {
  const { weight, features, featureCount } = values
  if (weight === null && features === null) {
    const codes = sortedDistinct(messages.codes)
    return { codes, weight, features, repeated: messages.codes.length - codes.length }
  }
  const order = sortedOrder(messages, values)
  if (features === null && weight !== null) return { ...addedUp(order, messages, weight), features, repeated: 0 }
  const edges = order.map((m) => messages.edge[m] ?? 0)
  return {
    codes: Float64Array.from(order, (m) => messages.codes[m] ?? 0),
    weight: weight === null ? null : rowsOf(weight, 1, edges),
    features: features === null ? null : rowsOf(features, featureCount, edges),
    repeated: 0,
  }
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

/** The messages by code, features and weight. */
function sortedOrder({ codes, edge }: Messages, { weight, features, featureCount }: EdgeValues): Uint32Array {
  const compareValues = (a: number, b: number) => {
    for (let i = 0; i < featureCount; i++) {
      const difference = (features?.[a * featureCount + i] ?? 0) - (features?.[b * featureCount + i] ?? 0)
      if (difference !== 0) return difference
    }
    return (weight?.[a] ?? 1) - (weight?.[b] ?? 1)
  }
  return Uint32Array.from(codes.keys()).sort(
    (a, b) => (codes[a] ?? 0) - (codes[b] ?? 0) || compareValues(edge[a] ?? 0, edge[b] ?? 0),
  )
}

/** One message per code, with the sum of the weights of all that have it. */
function addedUp(order: Uint32Array, { codes, edge }: Messages, weight: Float32Array) {
  const distinct = new Float64Array(order.length)
  const sums = new Float64Array(order.length)
  let count = 0
  for (const m of order) {
    const code = codes[m] ?? 0
    if (count === 0 || code !== distinct[count - 1]) distinct[count++] = code
    sums[count - 1] = (sums[count - 1] ?? 0) + (weight[edge[m] ?? 0] ?? 0)
  }
  return { codes: distinct.subarray(0, count), weight: Float32Array.from(sums.subarray(0, count)) }
}

function decoded(codes: Float64Array, size: number, { type, typeCount }: EdgeValues) {
  const source = new Int32Array(codes.length)
  const target = new Int32Array(codes.length)
  const kinds = type === null ? null : new Int32Array(codes.length)
  codes.forEach((code, e) => {
    const kind = code % typeCount
    const pair = (code - kind) / typeCount
    const u = pair % size
    source[e] = u
    target[e] = (pair - u) / size
    if (kinds !== null) kinds[e] = kind
  })
  return { source, target, type: kinds }
}

/** Copies of the rows of a matrix [M, width] at `edges`. */
function rowsOf(matrix: Float32Array, width: number, edges: Uint32Array): Float32Array {
  const result = new Float32Array(edges.length * width)
  edges.forEach((edge, e) => {
    result.set(matrix.subarray(edge * width, (edge + 1) * width), e * width)
  })
  return result
}
