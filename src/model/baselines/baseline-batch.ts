/** Graphs as the baselines compute with them: folded as those of the Soft-Mask GNN are, but with the same rows in every layer. */
import { makeBatch, type SparseMatrix } from '../../graph/batch.ts'
import { type GraphArrays, plainEdges } from '../../graph/encoded-graph.ts'
import { type FoldedGraphs, foldGraphs } from '../../graph/fold.ts'
import type { SparseOf } from '../ops.ts'
import { copiesOf, mapSparse, type NumberArray, sparseArrays } from '../step.ts'
import { type BaselineShape, heads } from './baseline-shape.ts'

export interface BaselineBatchOf<T> {
  /** Node features. [R, F] */
  readonly x: T
  /** Sums over neighbours. [R, R] */
  readonly sums: SparseOf<T>
  /** Sums over graphs. [B, R] */
  readonly readout: SparseOf<T>
  /** Share of each row in the nodes of the batch. [R, 1] */
  readonly share: T
  /** `null` for all kinds but gat. */
  readonly attention: AttentionOf<T> | null
}

/** The pairs of a row and a neighbour of it; each row is one of its own neighbours. */
export interface AttentionOf<T> {
  /** Row and neighbour of each pair, sorted. [E, 2] int32 */
  readonly indices: T
  /** Number of rows, twice. [2] int32 */
  readonly shape: T
  /** Logarithm of the number of edges that a pair stands for. [E] */
  readonly logCount: T
  /** Takes the row of each pair. [E, R] */
  readonly targets: SparseOf<T>
  /** Takes its neighbour. [E, R] */
  readonly sources: SparseOf<T>
  /** Adds up the channels of each head. [H, heads] */
  readonly channels: T
}

/**
 * Graphs whose edges count all the same, whatever their weights, types and features.
 *
 * @throws RangeError if they differ in their number of features
 */
export function foldForBaseline(graphs: readonly GraphArrays[], { kind, layers }: BaselineShape): FoldedGraphs {
  const plain = graphs.map((graph) => ({ ...graph, ...plainEdges }))
  return foldGraphs(plain, { rounds: kind === 'linear' ? 0 : layers, stageCount: 1 })
}

export interface BaselineBatch {
  readonly arrays: BaselineBatchOf<NumberArray>
  /** Nodes of all graphs. */
  readonly nodeCount: number
}

/** The batch of the graphs at `indices`. */
export function baselineBatch(folded: FoldedGraphs, indices: Int32Array, shape: BaselineShape): BaselineBatch {
  const { x, rowCount, featureCount, steps, readouts, nodeStart } = makeBatch(folded, indices, { layers: 1 })
  const sums = steps[0]?.sums
  const [readout] = readouts
  if (sums === undefined || readout === undefined)
    throw new RangeError('Cannot make a batch: expected a step, got none')
  const nodeCount = nodeStart.at(-1) ?? 0
  const share = new Float32Array(rowCount)
  readout.values.forEach((count, e) => {
    const row = readout.indices[2 * e + 1] ?? 0
    share[row] = (share[row] ?? 0) + count / nodeCount
  })
  const arrays = {
    x: { values: x, shape: [rowCount, featureCount] },
    sums: sparseArrays(sums),
    readout: sparseArrays(readout),
    share: { values: share, shape: [rowCount, 1] },
    attention: shape.kind === 'gat' ? attentionArrays(sums, shape.hidden) : null,
  }
  return { arrays, nodeCount }
}

function attentionArrays(sums: SparseMatrix, hidden: number): AttentionOf<NumberArray> {
  const { rowCount } = sums
  const { indices, values } = withSelfLoops(sums)
  const side = (first: 0 | 1) => Int32Array.from(values, (_, e) => indices[2 * e + first] ?? 0)
  const channels = Float32Array.from({ length: hidden * heads }, (_, i) =>
    Math.floor((Math.floor(i / heads) * heads) / hidden) === i % heads ? 1 : 0,
  )
  return {
    indices: { values: indices, shape: [values.length, 2] },
    shape: { values: Int32Array.of(rowCount, rowCount), shape: [2] },
    logCount: { values: values.map(Math.log), shape: [values.length] },
    targets: sparseArrays(copiesOf(side(0), rowCount)),
    sources: sparseArrays(copiesOf(side(1), rowCount)),
    channels: { values: channels, shape: [hidden, heads] },
  }
}

/** The matrix with 1 added on its diagonal, entries sorted by row and column: TensorFlow takes the softmax of sorted ones. */
export function withSelfLoops({ indices, values, rowCount, columnCount }: SparseMatrix): SparseMatrix {
  const count = values.length + rowCount
  const row = (e: number) => (e < values.length ? (indices[2 * e] ?? 0) : e - values.length)
  const column = (e: number) => (e < values.length ? (indices[2 * e + 1] ?? 0) : e - values.length)
  const all = Int32Array.from({ length: count }, (_, e) => e)
  const sorted = stablySorted(stablySorted(all, column, columnCount), row, rowCount)
  const [places, sums] = [new Int32Array(2 * count), new Float32Array(count)]
  let last = -1
  for (const e of sorted) {
    const isSame = last >= 0 && places[2 * last] === row(e) && places[2 * last + 1] === column(e)
    if (!isSame) places.set([row(e), column(e)], 2 * ++last)
    sums[last] = (sums[last] ?? 0) + (values[e] ?? 1)
  }
  return { rowCount, columnCount, indices: places.slice(0, 2 * (last + 1)), values: sums.slice(0, last + 1) }
}

/** `items` by their keys, 0 to `keyCount` - 1; those with equal keys in their order. */
function stablySorted(items: Int32Array, keyOf: (item: number) => number, keyCount: number): Int32Array {
  const next = new Int32Array(keyCount + 1)
  for (const item of items) next[keyOf(item) + 1] = (next[keyOf(item) + 1] ?? 0) + 1
  for (let key = 0; key < keyCount; key++) next[key + 1] = (next[key + 1] ?? 0) + (next[key] ?? 0)
  const sorted = new Int32Array(items.length)
  for (const item of items) {
    const at = next[keyOf(item)] ?? 0
    sorted[at] = item
    next[keyOf(item)] = at + 1
  }
  return sorted
}

/** `batch` with each array replaced by what `convert` makes of it. */
export function mapBaselineBatch<T, U>(batch: BaselineBatchOf<T>, convert: (array: T) => U): BaselineBatchOf<U> {
  const { x, sums, readout, share, attention } = batch
  return {
    x: convert(x),
    sums: mapSparse(sums, convert),
    readout: mapSparse(readout, convert),
    share: convert(share),
    attention: attention && {
      indices: convert(attention.indices),
      shape: convert(attention.shape),
      logCount: convert(attention.logCount),
      targets: mapSparse(attention.targets, convert),
      sources: mapSparse(attention.sources, convert),
      channels: convert(attention.channels),
    },
  }
}
