/** Scores graphs with a trained model: encoded graphs in, predictions, embeddings and masks out, as plain data. */
import { className } from '../graph/classes.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { Key } from '../graph/subgraph.ts'
import { scoringNetwork, type TrainedModel } from '../model/model.ts'
import { predictGraphs } from '../model/predict.ts'

export interface Score {
  readonly key: Key
  /** Name of the most probable class. */
  readonly prediction: string
  /** Probability of that class. */
  readonly probability: number
  /** In the model's class order. [C] */
  readonly probabilities: readonly number[]
  /** Graph embedding h_G. [D] */
  readonly embedding: Float32Array
  readonly nodeKeys: readonly Key[]
  /** Mask of member v in layer k at [k * N + v]; each in (0, 1). [K, N] */
  readonly masks: Float32Array
  /** Number of layers, K. */
  readonly layers: number
}

/**
 * Scores in the order of `graphs`.
 * @throws RangeError if the features do not fit the model; InterruptedError once the signal is aborted
 */
export async function scoreGraphs(
  model: TrainedModel,
  graphs: readonly EncodedGraph[],
  signal?: AbortSignal,
): Promise<Score[]> {
  const predictions = await predictGraphs(scoringNetwork(model), graphs, { signal })
  return predictions.map(({ classIndex, ...prediction }, i) => ({
    ...prediction,
    prediction: className(model.classes[classIndex] ?? ''),
    nodeKeys: graphs[i]?.nodeKeys ?? [],
    layers: model.options.layers,
  }))
}
