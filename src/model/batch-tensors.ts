/** A batch as tensors. */
import * as tf from '@tensorflow/tfjs-core'
import type { Batch, SortedEdges } from '../graph/batch.ts'
import type { RowPairs } from './kernels.ts'

export interface BatchTensors {
  /** Node features. [N, F] */
  readonly x: tf.Tensor2D
  /** (u, v): v adds up the features of u. */
  readonly edges: RowPairs
  /** (v, g): row v belongs to graph g. */
  readonly membership: RowPairs
}

/** Creates the tensors of `batch`; call within `tf.tidy`. */
export function batchTensors(batch: Batch): BatchTensors {
  const { nodeCount, numGraphs } = batch
  const rows = Int32Array.from({ length: nodeCount }, (_, v) => v)
  return {
    x: tf.tensor2d(batch.x, [nodeCount, batch.featureCount]),
    edges: rowPairs(batch.edges, batch.reversedEdges, nodeCount),
    membership: rowPairs({ source: rows, target: batch.batch }, { source: batch.batch, target: rows }, numGraphs),
  }
}

function rowPairs(pairs: SortedEdges, reversed: SortedEdges, targetCount: number): RowPairs {
  return {
    source: tf.tensor1d(pairs.source, 'int32'),
    target: tf.tensor1d(pairs.target, 'int32'),
    targetCount,
    reversedSource: tf.tensor1d(reversed.source, 'int32'),
    reversedTarget: tf.tensor1d(reversed.target, 'int32'),
  }
}
