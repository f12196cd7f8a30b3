/**
 * Several folded graphs as one: their disjoint union, as in PyTorch Geometric's `Batch`, in which rows of different graphs
 * that have the same colour are one row as well.
 */
import type { FoldedGraphs, FoldedStage, FoldedSums } from './fold.ts'
import { createRowNumbering } from './row-numbering.ts'

/** A sparse matrix, entries sorted by row: out[row] = sum of weight * x[column]. */
export interface SparseMatrix {
  readonly rowCount: number
  readonly columnCount: number
  /** Row and column of each entry. [nnz, 2] */
  readonly indices: Int32Array
  /** [nnz] */
  readonly values: Float32Array
}

/** How the rows of a step come from those of the step below. */
export interface Step {
  readonly rowCount: number
  /** Row below that each row comes from; `null` where it is the same. [R] */
  readonly own: Int32Array | null
  /** Sums over neighbours. [R, R below] */
  readonly sums: SparseMatrix
  /** The same with one column per row below and relationship type; where there is but one type, `sums` itself. [R, R below * T] */
  readonly typedSums: SparseMatrix
  /** Number of relationship types, T. */
  readonly typeCount: number
}

export interface Batch {
  readonly numGraphs: number
  readonly featureCount: number
  /** Features of the rows of step 0. [R0, F] */
  readonly x: Float32Array
  /** Rows of step 0. */
  readonly rowCount: number
  /** Steps 1 to 2K: the masks and the update of each layer. */
  readonly steps: readonly Step[]
  /** Sums of the rows of a step over graphs, for every step 2, 4, ..., 2K. [K] of [B, R] */
  readonly readouts: readonly SparseMatrix[]
  /** Number of edge feature columns, De; 0 without. */
  readonly edgeFeatureCount: number
  /** Edge features of the entries of the last step's `sums`. [nnz, De] */
  readonly edgeFeatures: Float32Array | null
  /** First node of each graph, N at the end. [B + 1] */
  readonly nodeStart: Int32Array
  /** Rows of the nodes in every step 1, 3, ..., that of the masks. [K] of [N] */
  readonly maskRows: readonly Int32Array[]
}

export interface BatchOptions {
  /** Layers of the network, K. */
  readonly layers: number
  /** Whether `maskRows` are wanted. Default: false */
  readonly withMaskRows?: boolean
}

/** The batch of the graphs at `indices`. */
export function makeBatch(
  folded: FoldedGraphs,
  indices: Int32Array,
  { layers, withMaskRows = false }: BatchOptions,
): Batch {
  const stages = folded.stages.map((stage) => mergeStage(stage, indices))
  const [first, last] = [stages[0], stages.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('Cannot make a batch: expected a stage, got none')
  const shared: Step = {
    rowCount: last.count,
    own: null,
    ...bothSums(folded.within, last, last, folded.typeCount),
  }
  const between = stages.slice(1).map((stage, s) => stepBetween(stage, stages[s] ?? stage, folded.typeCount))
  const ofStep = <T>(step: number, values: readonly T[]) => values[Math.min(step, values.length - 1)]
  return {
    numGraphs: indices.length,
    featureCount: folded.featureCount,
    x: rowsOf(folded.x, folded.featureCount, first.origin),
    rowCount: first.count,
    steps: Array.from({ length: 2 * layers }, (_, l) => between[l] ?? shared),
    readouts: perLayer(
      layers,
      (k) => ofStep(2 * k + 2, stages) ?? last,
      (stage) => readoutOf(stage, indices),
    ),
    edgeFeatureCount: folded.edgeFeatureCount,
    edgeFeatures: folded.edgeFeatureCount > 0 ? edgeFeaturesOf(folded, last) : null,
    nodeStart: nodeStartOf(folded, indices),
    maskRows: withMaskRows
      ? perLayer(
          layers,
          (k) => ofStep(2 * k + 1, stages) ?? last,
          (stage) => nodeRowsOf(folded, stage, indices),
        )
      : [],
  }
}

/** A stage's rows of some graphs, equal colours as one row. */
interface MergedStage {
  readonly stage: FoldedStage
  /** Number of rows in the batch, R. */
  readonly count: number
  /** Where the rows of each graph of the batch start in `rows`. [B + 1] */
  readonly offset: Int32Array
  /** Row in the batch, graph by graph. */
  readonly rows: Int32Array
  /** The folded row that each row of the batch is. [R] */
  readonly origin: Int32Array
  /** Graph of the batch that it is from. [R] */
  readonly graph: Int32Array
}

function mergeStage(stage: FoldedStage, indices: Int32Array): MergedStage {
  const { rowStart } = stage
  const offset = new Int32Array(indices.length + 1)
  indices.forEach((g, i) => {
    offset[i + 1] = (offset[i] ?? 0) + (rowStart[g + 1] ?? 0) - (rowStart[g] ?? 0)
  })
  const total = offset[indices.length] ?? 0
  const [rows, origin, graph] = [new Int32Array(total), new Int32Array(total), new Int32Array(total)]
  // Where every node is a row of its own, none has a hash.
  const numbering = stage.low.length > 0 ? createRowNumbering(total) : null
  let count = 0
  indices.forEach((g, i) => {
    let at = offset[i] ?? 0
    for (let row = rowStart[g] ?? 0, end = rowStart[g + 1] ?? 0; row < end; row++) {
      const merged = numbering?.numberOf(stage.low[row] ?? 0, stage.high[row] ?? 0) ?? count
      rows[at++] = merged
      if (merged < count) continue
      origin[count] = row
      graph[count++] = i
    }
  })
  return { stage, count, offset, rows, origin: origin.subarray(0, count), graph: graph.subarray(0, count) }
}

function stepBetween(above: MergedStage, below: MergedStage, typeCount: number): Step {
  const own = above.origin.map(
    (row, r) => below.rows[(below.offset[above.graph[r] ?? 0] ?? 0) + (above.stage.own[row] ?? 0)] ?? 0,
  )
  return { rowCount: above.count, own, ...bothSums(above.stage.sums, above, below, typeCount) }
}

function bothSums(
  sums: FoldedSums,
  above: MergedStage,
  below: MergedStage,
  typeCount: number,
): Pick<Step, 'sums' | 'typedSums' | 'typeCount'> {
  const untyped = sumsOf(sums, above, below, 1)
  return { typeCount, sums: untyped, typedSums: typeCount === 1 ? untyped : sumsOf(sums, above, below, typeCount) }
}

function sumsOf(
  { start, column, weight, type }: FoldedSums,
  above: MergedStage,
  below: MergedStage,
  typeCount: number,
): SparseMatrix {
  let entryCount = 0
  for (const row of above.origin) entryCount += (start[row + 1] ?? 0) - (start[row] ?? 0)
  const indices = new Int32Array(2 * entryCount)
  const values = new Float32Array(entryCount)
  let at = 0
  for (let r = 0; r < above.count; r++) {
    const row = above.origin[r] ?? 0
    const offset = below.offset[above.graph[r] ?? 0] ?? 0
    for (let entry = start[row] ?? 0, end = start[row + 1] ?? 0; entry < end; entry++, at++) {
      const from = below.rows[offset + (column[entry] ?? 0)] ?? 0
      indices[2 * at] = r
      indices[2 * at + 1] = typeCount === 1 ? from : from * typeCount + (type[entry] ?? 0)
      values[at] = weight[entry] ?? 0
    }
  }
  return { rowCount: above.count, columnCount: below.count * typeCount, indices, values }
}

/** Which rows make up each graph, and how many nodes each of them is. [B, R] */
function readoutOf({ stage, count, offset, rows }: MergedStage, indices: Int32Array): SparseMatrix {
  const entries = new Int32Array(2 * rows.length)
  const values = new Float32Array(rows.length)
  indices.forEach((g, i) => {
    const first = stage.rowStart[g] ?? 0
    const start = offset[i] ?? 0
    for (let at = start, end = offset[i + 1] ?? 0; at < end; at++) {
      entries[2 * at] = i
      entries[2 * at + 1] = rows[at] ?? 0
      values[at] = stage.multiplicity[first + at - start] ?? 0
    }
  })
  return { rowCount: indices.length, columnCount: count, indices: entries, values }
}

function nodeRowsOf(
  { nodeStart }: FoldedGraphs,
  { stage, offset, rows }: MergedStage,
  indices: Int32Array,
): Int32Array {
  const starts = nodeStartOf({ nodeStart }, indices)
  const result = new Int32Array(starts.at(-1) ?? 0)
  indices.forEach((g, i) => {
    const first = nodeStart[g] ?? 0
    const to = starts[i] ?? 0
    for (let v = first, end = nodeStart[g + 1] ?? 0; v < end; v++)
      result[to + v - first] = rows[(offset[i] ?? 0) + (stage.rowOf[v] ?? 0)] ?? 0
  })
  return result
}

function nodeStartOf({ nodeStart }: Pick<FoldedGraphs, 'nodeStart'>, indices: Int32Array): Int32Array {
  const starts = new Int32Array(indices.length + 1)
  indices.forEach((g, i) => {
    starts[i + 1] = (starts[i] ?? 0) + (nodeStart[g + 1] ?? 0) - (nodeStart[g] ?? 0)
  })
  return starts
}

/** Copies of the rows of a matrix [_, width] at `origin`. */
function rowsOf(matrix: Float32Array, width: number, origin: Int32Array): Float32Array {
  const result = new Float32Array(origin.length * width)
  origin.forEach((row, r) => {
    result.set(matrix.subarray(row * width, (row + 1) * width), r * width)
  })
  return result
}

/** Edge features in the order of the entries of the last stage's sums. [nnz, De] */
function edgeFeaturesOf(
  { within, edgeFeatures, edgeFeatureCount }: FoldedGraphs,
  { origin }: MergedStage,
): Float32Array {
  const lengthOf = (row: number) => ((within.start[row + 1] ?? 0) - (within.start[row] ?? 0)) * edgeFeatureCount
  const result = new Float32Array(origin.reduce((sum, row) => sum + lengthOf(row), 0))
  let at = 0
  for (const row of origin) {
    const from = (within.start[row] ?? 0) * edgeFeatureCount
    result.set(edgeFeatures.subarray(from, from + lengthOf(row)), at)
    at += lengthOf(row)
  }
  return result
}

/** `make` of every layer's stage; layers that share a stage share the result. */
function perLayer<T>(layers: number, stageOf: (k: number) => MergedStage, make: (stage: MergedStage) => T): T[] {
  const made = new Map<MergedStage, T>()
  return Array.from({ length: layers }, (_, k) => {
    const stage = stageOf(k)
    const result = made.get(stage) ?? make(stage)
    made.set(stage, result)
    return result
  })
}
