/** Scores graphs with a trained model: encoded graphs in, predictions, embeddings and masks out, as plain data. */
import { className } from '../graph/classes.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { Key } from '../graph/subgraph.ts'
import { scoringNetwork, type TrainedModel } from '../model/model.ts'
import { createPredictor, type Prediction, type PredictOptions } from '../model/predict.ts'

export interface Score {
  readonly key: Key
  /** Name of the most probable class, or the predicted number. */
  readonly prediction: string | number
  /** Probability of that class; `null` for a regression. */
  readonly probability: number | null
  /** In the model's class order; `null` for a regression. [C] */
  readonly probabilities: readonly number[] | null
  /** Graph embedding h_G. [D] */
  readonly embedding: Float32Array
  readonly nodeKeys: readonly Key[]
  /** Mask of member v in layer k at [k * N + v], the mean over channels where there are several; each in [0, 1]. [K, N] */
  readonly masks: Float32Array
  /** Mask of member v in layer k and channel i at [(k * N + v) * H + i]; `null` with one mask per member. [K, N, H] */
  readonly maskChannels: Float32Array | null
  /** Number of layers, K. */
  readonly layers: number
}

/** A model ready to score, page after page. */
export interface Scorer {
  /**
   * Scores in the order of `graphs`.
   * @throws RangeError if the features do not fit the model; NotFiniteError naming the first graph that has no finite scores;
   * InterruptedError once the signal is aborted
   */
  score(graphs: readonly EncodedGraph[], options?: PredictOptions): Promise<Score[]>
  dispose(): void
}

/** Needs a backend (see `loadBackend`). */
export function createScorer(model: TrainedModel): Scorer {
  const predictor = createPredictor(scoringNetwork(model))
  return {
    async score(graphs, options) {
      const predictions = await predictor.predict(graphs, options)
      return predictions.map(({ key, outcome, embedding, masks, maskChannels }, i) => ({
        key,
        ...resultOf(outcome, model),
        embedding,
        nodeKeys: graphs[i]?.nodeKeys ?? [],
        masks,
        maskChannels,
        layers: model.options.layers,
      }))
    },
    dispose: () => predictor.dispose(),
  }
}

function resultOf(
  outcome: Prediction['outcome'],
  { classes }: TrainedModel,
): Pick<Score, 'prediction' | 'probability' | 'probabilities'> {
  if ('values' in outcome)
    return { prediction: outcome.values[0] ?? Number.NaN, probability: null, probabilities: null }
  const { classIndex, probability, probabilities } = outcome
  return { prediction: className(classes[classIndex] ?? ''), probability, probabilities }
}
