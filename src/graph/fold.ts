/**
 * Folds graphs along their colours (see colours.ts): what a network of K layers computes of them, without computing equal
 * rows twice.
 *
 * A layer has two steps, masks and update, and each looks one edge further. So step l = 1..2K works on the colours of round
 * l, and reads the rows of round l - 1: the row it comes from (`own`) and its neighbours (`sums`). Early rounds have few
 * colours, late ones nearly as many as there are nodes; from some round on, all further steps share the finest colours there
 * are, for a finer colouring is always right as well, and needs no row to be copied. These are the *stages*: rounds 0, 1, ...
 * and at last the shared one.
 */
import { type Colouring, colourEachNode, refineColours } from './colours.ts'
import type { GraphArrays } from './encoded-graph.ts'
import type { FoldPlan } from './fold-plan.ts'
import { type PackedGraphs, packGraphs } from './packed-graphs.ts'

/** Weighted sums of rows below: those of row r are entries `start[r]` to `start[r + 1]`. */
export interface FoldedSums {
  /** [R + 1] */
  readonly start: Int32Array
  /** Row below that is added, within the graph. [nnz] */
  readonly column: Int32Array
  /** How often, or with which weight. [nnz] */
  readonly weight: Float32Array
  /** Relationship type; empty where there is but one. [nnz] */
  readonly type: Int32Array
}

/** The rows of all graphs in one stage; those of graph g are `rowStart[g]` to `rowStart[g + 1]`. */
export interface FoldedStage {
  /** [G + 1] */
  readonly rowStart: Int32Array
  /** The colour's hash; empty where every node is a row of its own. [R] */
  readonly low: Int32Array
  readonly high: Int32Array
  /** Row of the stage below, within the graph. [R]; empty in the first stage */
  readonly own: Int32Array
  /** Neighbours in the stage below; empty in the first stage. */
  readonly sums: FoldedSums
  /** Number of nodes with this colour. [R] */
  readonly multiplicity: Int32Array
  /** Row of each node, within the graph. [N] */
  readonly rowOf: Int32Array
}

/** Graphs ready to be batched, as a few flat arrays. */
export interface FoldedGraphs {
  readonly numGraphs: number
  readonly featureCount: number
  /** Number of relationship types with weights of their own. */
  readonly typeCount: number
  /** Number of edge feature columns, De; 0 without. */
  readonly edgeFeatureCount: number
  /** Features of the rows of the first stage. [R0, F] */
  readonly x: Float32Array
  readonly stages: readonly FoldedStage[]
  /**
   * Neighbours of the last stage's rows in that stage itself. They are those of the row's first node: those of its other
   * nodes have the same colours up to the round before, which is as deep as any step looks.
   */
  readonly within: FoldedSums
  /** Edge features of the entries of `within`. [nnz, De]; empty without */
  readonly edgeFeatures: Float32Array
  /** First node of each graph, N at the end. [G + 1] */
  readonly nodeStart: Int32Array
}

/**
 * @throws RangeError if the graphs differ in their number of features, of edge features, or of edge types, and for rounds
 * of refinement where there are edge features.
 */
export function foldGraphs(graphs: readonly GraphArrays[], plan: FoldPlan): FoldedGraphs {
  const packed = packGraphs(graphs)
  if (plan.rounds !== null && packed.edgeFeatureCount > 0)
    throw new RangeError(
      `Cannot fold graphs with edge features: expected no rounds, got ${plan.rounds}; their edges are never alike, so use the plan \`unfolded\``,
    )
  const colourings = plan.rounds === null ? [] : refineColours(graphs, packed, plan.rounds)
  const shared = plan.sharedStage === 'nodes' ? undefined : colourings.at(-1)
  const finest = shared ?? colourEachNode(packed)
  const used = [...colourings.slice(0, plan.stageCount - 1), finest]
  const { numGraphs, featureCount, typeCount, edgeFeatureCount, nodeStart } = packed
  return {
    ...{ numGraphs, featureCount, typeCount, edgeFeatureCount, nodeStart },
    x: featuresOf(graphs, packed, used[0] ?? finest),
    stages: used.map((colouring, s) => stageOf(packed, colouring, used[s - 1])),
    within: sumsOf(packed, finest, finest),
    edgeFeatures: packed.edgeFeatures ?? new Float32Array(0),
  }
}

/** The features of one node of each row. [R, F] */
function featuresOf(
  graphs: readonly GraphArrays[],
  { featureCount, nodeStart }: PackedGraphs,
  { representative, rowStart }: Colouring,
): Float32Array {
  const x = new Float32Array(representative.length * featureCount)
  graphs.forEach((graph, g) => {
    for (let row = rowStart[g] ?? 0, end = rowStart[g + 1] ?? 0; row < end; row++) {
      const v = (representative[row] ?? 0) - (nodeStart[g] ?? 0)
      x.set(graph.x.subarray(v * featureCount, (v + 1) * featureCount), row * featureCount)
    }
  })
  return x
}

const none = new Int32Array(0)

function stageOf(packed: PackedGraphs, colouring: Colouring, below: Colouring | undefined): FoldedStage {
  const { rowStart, low, high, rowOf, representative } = colouring
  return {
    ...{ rowStart, low, high, rowOf },
    own: below === undefined ? none : representative.map((v) => below.rowOf[v] ?? 0),
    sums:
      below === undefined
        ? { start: none, column: none, weight: new Float32Array(0), type: none }
        : sumsOf(packed, colouring, below),
    multiplicity: multiplicitiesOf(packed, colouring),
  }
}

function multiplicitiesOf(
  { nodeStart, numGraphs }: PackedGraphs,
  { rowStart, rowOf, representative }: Colouring,
): Int32Array {
  const multiplicity = new Int32Array(representative.length)
  for (let g = 0; g < numGraphs; g++)
    for (let v = nodeStart[g] ?? 0, end = nodeStart[g + 1] ?? 0; v < end; v++) {
      const row = (rowStart[g] ?? 0) + (rowOf[v] ?? 0)
      multiplicity[row] = (multiplicity[row] ?? 0) + 1
    }
  return multiplicity
}

/** What one node of each colour adds up, equal neighbours as one entry. */
function sumsOf(packed: PackedGraphs, { representative }: Colouring, below: Colouring): FoldedSums {
  const { firstEdge, source, edgeWeight, edgeType, edgeFeatures, typeCount } = packed
  let most = 0
  for (const v of representative) most += (firstEdge[v + 1] ?? 0) - (firstEdge[v] ?? 0)
  const start = new Int32Array(representative.length + 1)
  const column = new Int32Array(most)
  const weight = new Float32Array(most)
  const type = new Int32Array(typeCount > 1 ? most : 0)
  /** Entry in which a row below was last seen; one of an earlier row counts as none. */
  const place = new Int32Array(typeCount * (packed.nodeStart.at(-1) ?? 0)).fill(-1)
  let count = 0
  for (let r = 0; r < representative.length; r++) {
    const v = representative[r] ?? 0
    const first = count
    for (let e = firstEdge[v] ?? 0, end = firstEdge[v + 1] ?? 0; e < end; e++) {
      const row = below.rowOf[source[e] ?? 0] ?? 0
      const kind = edgeType?.[e] ?? 0
      const seen = place[row * typeCount + kind] ?? -1
      // Edges with features of their own stay apart.
      if (seen >= first && edgeFeatures === null) weight[seen] = (weight[seen] ?? 0) + (edgeWeight?.[e] ?? 1)
      else {
        place[row * typeCount + kind] = count
        column[count] = row
        if (typeCount > 1) type[count] = kind
        weight[count++] = edgeWeight?.[e] ?? 1
      }
    }
    start[r + 1] = count
  }
  return {
    start,
    column: most === count ? column : column.slice(0, count),
    weight: most === count ? weight : weight.slice(0, count),
    type: typeCount > 1 ? type.slice(0, count) : none,
  }
}
