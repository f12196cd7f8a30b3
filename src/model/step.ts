/** A batch as what the network computes with: typed arrays, tensors or values of a graph (`T`). */
import type { Batch, SparseMatrix, Step } from '../graph/batch.ts'
import { type SparseOf, sparseMatMul, sparseMatMulTransposed, type Value } from './ops.ts'
import { sharedMatrices } from './shared-matrices.ts'

/** One step, mask or update, of a layer: how its rows come from those of the step below. */
export interface StepOf<T> {
  /** Takes the row below of each row; `null` where it is the same. [R', R] */
  readonly own: SparseOf<T> | null
  /** Sums over neighbours. [R', R] */
  readonly sums: SparseOf<T>
  /** The same by relationship type. [R', R T] */
  readonly typedSums: SparseOf<T>
  /** Number of relationship types, T. */
  readonly typeCount: number
  /** `null` without edge features. */
  readonly edges: EdgesOf<T> | null
}

/** Edges with the same features share a matrix of the edge network, which has places for P of them (see shared-matrices.ts). */
export interface EdgesOf<T> {
  /** Those of each matrix. [M, De] */
  readonly features: T
  /** Number of places, P. */
  readonly places: number
  /** Takes the source of the edge in each place, nothing where there is none. [M P, R] */
  readonly sources: SparseOf<T>
  /** Adds edges up at their target. [R', M P] */
  readonly targets: SparseOf<T>
}

export interface BatchOf<T> {
  /** Node features. [R0, F] */
  readonly x: T
  /** Steps 1 to 2K. */
  readonly steps: readonly StepOf<T>[]
  /** [K] of [B, R] */
  readonly readouts: readonly SparseOf<T>[]
}

/** Rows of a step from those below: x [R, H] -> [R', H]. */
export function toRows({ own }: StepOf<Value>, x: Value): Value {
  return own === null ? x : sparseMatMul(own, x)
}

/** The gradient of {@link toRows}: dy [R', H] -> [R, H]. */
export function toRowsTransposed({ own }: StepOf<Value>, dy: Value): Value {
  return own === null ? dy : sparseMatMulTransposed(own, dy)
}

/** Numbers on their way into a tensor. */
export interface NumberArray {
  readonly values: Float32Array | Int32Array
  readonly shape: readonly number[]
}

/** The arrays of a batch. A `mean` readout divides by the number of nodes. */
export function batchArrays(batch: Batch, readout: 'sum' | 'mean'): BatchOf<NumberArray> {
  const sparse = remember(sparseArrays)
  const mean = remember((matrix: SparseMatrix) => sparseArrays(perNode(matrix, batch.nodeStart)))
  return {
    x: { values: batch.x, shape: [batch.rowCount, batch.featureCount] },
    steps: batch.steps.map(remember((step) => stepArrays(step, batch, sparse))),
    readouts: batch.readouts.map(readout === 'mean' ? mean : sparse),
  }
}

function stepArrays(
  step: Step,
  { edgeFeatures, edgeFeatureCount }: Batch,
  sparse: (matrix: SparseMatrix) => SparseOf<NumberArray>,
): StepOf<NumberArray> {
  return {
    own: step.own === null ? null : sparseArrays(copiesOf(step.own, step.sums.columnCount)),
    sums: sparse(step.sums),
    typedSums: sparse(step.typedSums),
    typeCount: step.typeCount,
    edges: edgeFeatures === null ? null : edgeArrays(step.sums, edgeFeatures, edgeFeatureCount),
  }
}

/** The matrix that takes row `rows[r]` for row r. [R, columnCount] */
export function copiesOf(rows: Int32Array, columnCount: number): SparseMatrix {
  return {
    rowCount: rows.length,
    columnCount,
    ...onesAt(
      rows.map((_, r) => r),
      rows,
    ),
  }
}

function onesAt(rows: Int32Array, columns: Int32Array): Pick<SparseMatrix, 'indices' | 'values'> {
  const indices = new Int32Array(2 * rows.length)
  rows.forEach((row, i) => {
    indices[2 * i] = row
    indices[2 * i + 1] = columns[i] ?? 0
  })
  return { indices, values: new Float32Array(rows.length).fill(1) }
}

/** Entries e of `sums` as edges: the sources are copies, the targets sums with the weights of `sums`. */
function edgeArrays(
  { indices, values, rowCount, columnCount }: SparseMatrix,
  edgeFeatures: Float32Array,
  edgeFeatureCount: number,
): EdgesOf<NumberArray> {
  const { count, places, madeOf, placeOf } = sharedMatrices(edgeFeatures, edgeFeatureCount)
  const features = new Float32Array(count * edgeFeatureCount)
  madeOf.forEach((e, m) => {
    features.set(edgeFeatures.subarray(e * edgeFeatureCount, (e + 1) * edgeFeatureCount), m * edgeFeatureCount)
  })
  const edgeAt = new Int32Array(count * places).fill(-1)
  placeOf.forEach((place, e) => {
    edgeAt[place] = e
  })
  const taken = Int32Array.from(placeOf).sort()
  const sources = taken.map((place) => indices[2 * (edgeAt[place] ?? 0) + 1] ?? 0)
  const targets = indices.map((row, i) => (i % 2 === 0 ? row : (placeOf[(i - 1) / 2] ?? 0)))
  return {
    features: { values: features, shape: [count, edgeFeatureCount] },
    places,
    sources: sparseArrays({ rowCount: count * places, columnCount, ...onesAt(taken, sources) }),
    targets: sparseArrays({ indices: targets, values, rowCount, columnCount: count * places }),
  }
}

/** Divides each row by the number of nodes of its graph. */
function perNode(matrix: SparseMatrix, nodeStart: Int32Array): SparseMatrix {
  const values = matrix.values.map((value, e) => {
    const g = matrix.indices[2 * e] ?? 0
    return value / ((nodeStart[g + 1] ?? 0) - (nodeStart[g] ?? 0))
  })
  return { ...matrix, values }
}

/** The arrays of a sparse matrix. */
export function sparseArrays({ indices, values, rowCount, columnCount }: SparseMatrix): SparseOf<NumberArray> {
  return {
    indices: { values: indices, shape: [values.length, 2] },
    values: { values, shape: [values.length] },
    shape: { values: Int32Array.of(rowCount, columnCount), shape: [2] },
  }
}

/** `batch` with each array replaced by what `convert` makes of it, once where it is shared. */
export function mapBatch<T, U>(batch: BatchOf<T>, convert: (array: T) => U): BatchOf<U> {
  const once = remember(convert)
  const sparse = (matrix: SparseOf<T>) => mapSparse(matrix, once)
  const edges = ({ features, places, sources, targets }: EdgesOf<T>): EdgesOf<U> => ({
    features: once(features),
    places,
    sources: sparse(sources),
    targets: sparse(targets),
  })
  const step = (step: StepOf<T>): StepOf<U> => ({
    own: step.own === null ? null : sparse(step.own),
    sums: sparse(step.sums),
    typedSums: sparse(step.typedSums),
    typeCount: step.typeCount,
    edges: step.edges === null ? null : edges(step.edges),
  })
  return { x: once(batch.x), steps: batch.steps.map(step), readouts: batch.readouts.map(sparse) }
}

/** `matrix` with each array replaced by what `convert` makes of it. */
export function mapSparse<T, U>({ indices, values, shape }: SparseOf<T>, convert: (array: T) => U): SparseOf<U> {
  return { indices: convert(indices), values: convert(values), shape: convert(shape) }
}

/** `make`, called once per argument: layers share steps, and steps matrices. */
function remember<A, R>(make: (argument: A) => R): (argument: A) => R {
  const made = new Map<A, R>()
  return (argument) => {
    const result = made.get(argument) ?? make(argument)
    made.set(argument, result)
    return result
  }
}
