/**
 * Colour refinement (1-dimensional Weisfeiler-Lehman): nodes of the same colour have the same features, and so many
 * neighbours of each colour, to a given depth. No message-passing network can tell them apart at that depth, so a layer
 * need compute each colour only once: its value, mask and gradient are exactly those of every node that has it
 * (Bollen et al. 2023, "Learning Graph Neural Networks using Exact Compression", doi:10.1145/3594778.3594878).
 *
 * A colour is named by a 64-bit hash that depends on nothing but what the node sees, so that colours of different graphs
 * can be compared. Among the 10^4 nodes of a batch, two colours share a hash with a probability below 10^-11.
 */
import type { GraphArrays } from './encoded-graph.ts'
import type { PackedGraphs } from './packed-graphs.ts'
import { hashRow, mixHigh, mixLow } from './row-hash.ts'
import { createRowNumbering } from './row-numbering.ts'

/** The colours of graphs after a number of rounds, graph by graph; a graph's rows are numbered by the first node of each. */
export interface Colouring {
  /** First row of each graph, and their number R at the end. [G + 1] */
  readonly rowStart: Int32Array
  /** The two halves of the hash; empty where every node is a row of its own. [R] */
  readonly low: Int32Array
  readonly high: Int32Array
  /** Row of each node, counted from the first of its graph. [N] */
  readonly rowOf: Int32Array
  /** First node of each row. [R] */
  readonly representative: Int32Array
}

/** The colours after 0, 1, ..., `rounds` rounds. Round 0 tells features apart, each further one the neighbours' colours. */
export function refineColours(graphs: readonly GraphArrays[], packed: PackedGraphs, rounds: number): Colouring[] {
  const largest = graphs.reduce((most, { nodeCount }) => Math.max(most, nodeCount), 0)
  const colourings = [colourByFeatures(graphs, packed, largest)]
  const isStable = new Uint8Array(graphs.length)
  for (let round = 1; round <= rounds; round++) {
    const before = colourings[round - 1]
    if (before !== undefined) colourings.push(recolour(packed, before, isStable, largest))
  }
  return colourings
}

/** Every node a row of its own. */
export function colourEachNode({ nodeStart, numGraphs }: PackedGraphs): Colouring {
  const nodeCount = nodeStart[numGraphs] ?? 0
  const rowOf = new Int32Array(nodeCount)
  const representative = new Int32Array(nodeCount)
  for (let g = 0; g < numGraphs; g++) {
    const first = nodeStart[g] ?? 0
    for (let v = first, end = nodeStart[g + 1] ?? 0; v < end; v++) {
      rowOf[v] = v - first
      representative[v] = v
    }
  }
  return { rowStart: nodeStart, low: new Int32Array(0), high: new Int32Array(0), rowOf, representative }
}

function colourByFeatures(graphs: readonly GraphArrays[], packed: PackedGraphs, largestGraph: number): Colouring {
  const builder = startColouring(packed, largestGraph)
  const hash = { low: 0, high: 0 }
  graphs.forEach(({ x, featureCount, nodeCount }, g) => {
    const bits = new Int32Array(x.buffer, x.byteOffset, x.length)
    builder.startGraph(g)
    for (let v = 0; v < nodeCount; v++) {
      hashRow(bits, v * featureCount, featureCount, hash)
      builder.add((packed.nodeStart[g] ?? 0) + v, hash.low, hash.high)
    }
  })
  return builder.finish()
}

function recolour(packed: PackedGraphs, before: Colouring, isStable: Uint8Array, largestGraph: number): Colouring {
  const { nodeStart, numGraphs } = packed
  const builder = startColouring(packed, largestGraph)
  const terms = termsOf(before)
  for (let g = 0; g < numGraphs; g++) {
    builder.startGraph(g)
    const [firstRow, endRow] = [before.rowStart[g] ?? 0, before.rowStart[g + 1] ?? 0]
    if (isStable[g] === 1) {
      // No round splits these colours any more: one node speaks for each.
      for (let row = firstRow; row < endRow; row++) {
        hashNeighbourhood(packed, before, terms, firstRow, before.representative[row] ?? 0)
        builder.addRow(before.representative[row] ?? 0, hash.low, hash.high)
      }
      builder.copyRows(before.rowOf, nodeStart[g] ?? 0, nodeStart[g + 1] ?? 0)
    } else {
      for (let v = nodeStart[g] ?? 0, end = nodeStart[g + 1] ?? 0; v < end; v++) {
        hashNeighbourhood(packed, before, terms, firstRow, v)
        builder.add(v, hash.low, hash.high)
      }
      if (builder.rowsOfGraph() === endRow - firstRow) isStable[g] = 1
    }
  }
  return builder.finish()
}

/** Result of {@link hashNeighbourhood}; an object per node would cost more than the hash. */
const hash = { low: 0, high: 0 }

/** What each colour adds to the sum over neighbours: the halves of its hash, mixed once more. [R] each */
interface Terms {
  readonly low: Int32Array
  readonly high: Int32Array
}

function termsOf({ low, high }: Colouring): Terms {
  return {
    low: low.map((half, row) => mixLow(half ^ (high[row] ?? 0))),
    high: high.map((half, row) => mixHigh(half + Math.imul(low[row] ?? 0, 0x2c1b3c6d))),
  }
}

/** Hashes the colour of v and the multiset of its neighbours' colours: a sum does not depend on their order. */
function hashNeighbourhood(
  { source, firstEdge, edgeWeight, edgeType }: PackedGraphs,
  { low, high, rowOf }: Colouring,
  terms: Terms,
  firstRow: number,
  v: number,
): void {
  const own = firstRow + (rowOf[v] ?? 0)
  let sumLow = 0
  let sumHigh = 0
  for (let e = firstEdge[v] ?? 0, end = firstEdge[v + 1] ?? 0; e < end; e++) {
    const row = firstRow + (rowOf[source[e] ?? 0] ?? 0)
    let termLow = terms.low[row] ?? 0
    let termHigh = terms.high[row] ?? 0
    if (edgeType !== null) {
      termLow = mixLow(termLow ^ Math.imul((edgeType[e] ?? 0) + 1, 0x27d4eb2f))
      termHigh = mixHigh(termHigh ^ Math.imul((edgeType[e] ?? 0) + 1, 0x165667b1))
    }
    if (edgeWeight !== null) {
      weightView.float[0] = edgeWeight[e] ?? 0
      termLow = mixLow(termLow ^ (weightView.bits[0] ?? 0))
      termHigh = mixHigh(termHigh ^ (weightView.bits[0] ?? 0))
    }
    sumLow = (sumLow + termLow) | 0
    sumHigh = (sumHigh + termHigh) | 0
  }
  hash.low = mixLow((low[own] ?? 0) + Math.imul(mixHigh(sumLow ^ 0x3c6ef372), 5) + sumHigh)
  hash.high = mixHigh((high[own] ?? 0) + Math.imul(mixLow(sumHigh ^ 0x1b873593), 7) + Math.imul(sumLow, 0x51ab))
}

const weightBuffer = new ArrayBuffer(4)
const weightView = { float: new Float32Array(weightBuffer), bits: new Int32Array(weightBuffer) }

/** Numbers the rows of one graph after the other. */
function startColouring({ nodeStart, numGraphs }: PackedGraphs, largestGraph: number) {
  const nodeCount = nodeStart[numGraphs] ?? 0
  const rows = createRowNumbering(nodeCount, largestGraph)
  const rowOf = new Int32Array(nodeCount)
  const representative = new Int32Array(nodeCount)
  const rowStart = new Int32Array(numGraphs + 1)
  let firstRow = 0
  return {
    startGraph(g: number): void {
      rows.startGroup()
      firstRow = rows.count()
      rowStart[g] = firstRow
    },
    /** Node v, which has this hash. */
    add(v: number, low: number, high: number): void {
      const next = rows.count()
      const row = rows.numberOf(low, high)
      rowOf[v] = row - firstRow
      if (row === next) representative[row] = v
    },
    /** A row that is new for sure; its nodes come with `copyRows`. */
    addRow(v: number, low: number, high: number): void {
      representative[rows.count()] = v
      rows.append(low, high)
    },
    copyRows(from: Int32Array, firstNode: number, endNode: number): void {
      rowOf.set(from.subarray(firstNode, endNode), firstNode)
    },
    rowsOfGraph: () => rows.count() - firstRow,
    finish(): Colouring {
      rowStart[numGraphs] = rows.count()
      return {
        rowStart,
        low: rows.lows(),
        high: rows.highs(),
        rowOf,
        representative: representative.slice(0, rows.count()),
      }
    },
  }
}
