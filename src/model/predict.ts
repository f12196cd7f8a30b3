/** Scores encoded graphs: class probabilities, embedding and masks from one forward pass, in bounded batches. */
import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import { throwIfInterrupted } from '../errors.ts'
import { type Batch, type BatchLimits, batchesWithin, makeBatch } from '../graph/batch.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { Key } from '../graph/subgraph.ts'
import { batchTensors } from './batch-tensors.ts'
import { forward } from './network.ts'
import { embeddingSize, flatFromWeights, type NetworkShape, splitParameters, type Weights } from './parameters.ts'

export interface Prediction {
  readonly key: Key
  /** Most probable class; the first of equally probable ones. */
  readonly classIndex: number
  readonly probability: number
  /** In the model's class order. [C] */
  readonly probabilities: readonly number[]
  /** h_G. [D] */
  readonly embedding: Float32Array
  /** Mask of row v in layer k at [k * N + v]. [K, N] */
  readonly masks: Float32Array
}

export interface PredictOptions {
  readonly signal?: AbortSignal | undefined
  /** What an InterruptedError says was being done. Default: scoring */
  readonly phase?: string
  /** What one batch may hold; bounds memory. */
  readonly limits?: BatchLimits
}

/** A network and its weights. */
export interface ScoringNetwork {
  readonly shape: NetworkShape
  readonly weights: Weights
}

/** About 0.3 GB of tensors at 64 hidden units and 3 layers. */
export const defaultLimits: BatchLimits = { graphs: 256, nodes: 20_000, edges: 200_000 }

/**
 * Predictions in the order of `graphs`; needs a backend (see `loadBackend`).
 *
 * @throws RangeError if weights or features do not fit the network; InterruptedError once the signal is aborted.
 */
export async function predictGraphs(
  network: ScoringNetwork,
  graphs: Iterable<EncodedGraph>,
  { signal, phase = 'scoring', limits = defaultLimits }: PredictOptions = {},
): Promise<Prediction[]> {
  const predictions: Prediction[] = []
  const flat = tf.tensor1d(flatFromWeights(network.shape, network.weights))
  try {
    for (const run of batchesWithin(graphs, limits)) {
      throwIfInterrupted(signal, phase)
      const batch = makeBatch(run)
      const output = predictBatch(network.shape, flat, batch)
      run.forEach((graph, g) => {
        predictions.push(predictionOf(graph, g, batch, network.shape, output))
      })
      await setImmediate() // lets signal handlers run
    }
  } finally {
    flat.dispose()
  }
  return predictions
}

/** Results of a batch as plain arrays. */
export interface BatchOutput {
  /** [B, C] */
  readonly probabilities: Float32Array
  /** [B, D] */
  readonly embeddings: Float32Array
  /** Layer by layer. [K] of [N] */
  readonly masks: readonly Float32Array[]
}

/** One forward pass without dropout; `flat` is the parameter vector [P]. */
export function predictBatch(shape: NetworkShape, flat: tf.Tensor1D, batch: Batch): BatchOutput {
  if (batch.featureCount !== shape.featureCount)
    throw new RangeError(`Cannot score: expected ${shape.featureCount} features, got ${batch.featureCount}`)
  const { probabilities, embeddings, masks } = tf.tidy(() => {
    const output = forward(splitParameters(shape, flat), batchTensors(batch), shape)
    return { probabilities: tf.softmax(output.logits), embeddings: output.graphEmbedding, masks: [...output.masks] }
  })
  // Read outside: what a tidy returns is searched for tensors, element by element of a typed array.
  const result = {
    probabilities: valuesOf(probabilities),
    embeddings: valuesOf(embeddings),
    masks: masks.map(valuesOf),
  }
  tf.dispose([probabilities, embeddings, ...masks])
  return result
}

function predictionOf(
  graph: EncodedGraph,
  g: number,
  { nodeStart }: Batch,
  shape: NetworkShape,
  { probabilities, embeddings, masks }: BatchOutput,
): Prediction {
  const width = embeddingSize(shape)
  const [first = 0, end = 0] = nodeStart.subarray(g, g + 2)
  const graphMasks = new Float32Array(masks.length * (end - first))
  masks.forEach((mask, k) => {
    graphMasks.set(mask.subarray(first, end), k * (end - first))
  })
  const row = Array.from(probabilities.subarray(g * shape.classCount, (g + 1) * shape.classCount))
  const probability = Math.max(...row)
  return {
    key: graph.key,
    classIndex: row.indexOf(probability),
    probability,
    probabilities: row,
    embedding: embeddings.slice(g * width, (g + 1) * width),
    masks: graphMasks,
  }
}

function valuesOf(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync<'float32'>()
}
