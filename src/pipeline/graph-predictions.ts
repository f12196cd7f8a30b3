/** Predictions for graphology graphs by a trained model: classes or numbers, embeddings, and the masks of their nodes. */
import { type CallOptions, openPredictorSchema, predictSchema } from '../config/graph-call-options.ts'
import { parseOptions } from '../config/parse-options.ts'
import type { BatchLimits } from '../graph/batches-within.ts'
import { className } from '../graph/classes.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import type { GraphologyGraph } from '../graph/graphology-graph.ts'
import { keyText } from '../graph/subgraph.ts'
import { loadBackend } from '../model/backend.ts'
import { scoringNetwork, type TrainedModel } from '../model/model.ts'
import type { GivenMasks } from '../model/preassigned.ts'
import { createPredictor, type Prediction } from '../model/predict.ts'
import { attributeWarnings, createGraphEncoder } from './graph-encoder.ts'
import { type GraphInput, keyedGraphs } from './graph-inputs.ts'
import { givenMasksOf, hasMasks, type MaskOptions } from './graph-masks.ts'
import { addUnseen, nothingUnseen, type Unseen } from './unseen.ts'

export interface GraphPrediction {
  /** Of the graph, or its position among the graphs, from 0. */
  readonly key: string
  /** Name of the most probable class; the number of a regression; of several targets the numbers, in their order. [C] */
  readonly prediction: string | number | readonly number[]
  /** Probability of that class; `null` for a regression. */
  readonly probability: number | null
  /** In the order of the model's `classes`; `null` for a regression. [C] */
  readonly probabilities: readonly number[] | null
  /** Graph embedding h_G: D = H, or K H in a -jk variant. [D] */
  readonly embedding: Float32Array
  /** Masks of each node by its key, layer by layer, each in [0, 1]; in an m- variant the mean over channels. [K] each */
  readonly masks: ReadonlyMap<string, Float32Array>
  /** Mask of channel i in layer k at [k * H + i], by node key; `null` without an m- variant. [K, H] each */
  readonly maskChannels: ReadonlyMap<string, Float32Array> | null
  /** What the model did not see of the graph. */
  readonly unseen: Readonly<Unseen>
}

export interface GraphPredictOptions<G extends GraphologyGraph = GraphologyGraph> extends CallOptions, MaskOptions<G> {
  /** What one batch may hold: bounds memory. Default: 256 graphs, 20,000 nodes, 200,000 edges */
  readonly limits?: Partial<BatchLimits> | undefined
}

/** A model ready to predict, many times. */
export interface GraphPredictor {
  /** As {@link predict}. */
  predict<G extends GraphologyGraph>(
    graphs: Iterable<GraphInput<G>>,
    options?: Omit<GraphPredictOptions<G>, 'backend'>,
  ): Promise<GraphPrediction[]>
  /** Frees its memory. */
  dispose(): void
}

/**
 * For many calls: what {@link predict} sets up for one. `onWarning` is that of every call without one of its own.
 *
 * @throws ConfigError naming every option that is unknown or does not fit; SmgError if the backend does not load
 */
export async function openPredictor(
  model: TrainedModel,
  options: Pick<CallOptions, 'backend' | 'onWarning'> = {},
): Promise<GraphPredictor> {
  parseOptions(openPredictorSchema, options, 'predict')
  const { backend, onWarning } = options
  const { warning } = await loadBackend(backend === undefined ? {} : { backend })
  if (warning !== undefined) onWarning?.(warning)
  const predictor = createPredictor(scoringNetwork(model))
  const encode = createGraphEncoder(model)
  return {
    async predict(graphs, options = {}) {
      parseOptions(predictSchema, options, 'predict')
      const { signal, limits, onWarning: warn = onWarning } = options
      const givenMasks = hasMasks(options) ? new Map<EncodedGraph, GivenMasks>() : undefined
      const read: { readonly nodeKeys: readonly string[]; readonly unseen: Readonly<Unseen> }[] = []
      const allUnseen = nothingUnseen()
      /** One graph after the other, as batches need them. */
      function* encodedGraphs(): Generator<EncodedGraph> {
        for (const { key, entry } of keyedGraphs(graphs)) {
          const result = encode({ key, graph: entry.graph, target: null })
          const nodeKeys = result.encoded.nodeKeys.map(keyText)
          const unseen = nothingUnseen()
          addUnseen(unseen, result)
          addUnseen(allUnseen, result)
          read.push({ nodeKeys, unseen })
          const given = givenMasksOf(options, { graph: entry.graph, key, nodeKeys, layers: model.options.layers })
          if (given !== undefined) givenMasks?.set(result.encoded, given)
          yield result.encoded
        }
      }
      const predictions = await predictor.predict(encodedGraphs(), {
        signal,
        givenMasks,
        phase: 'predicting',
        limits,
      })
      for (const sentence of attributeWarnings(allUnseen)) warn?.(sentence)
      return predictions.map((prediction, g) => {
        const { nodeKeys = [], unseen = nothingUnseen() } = read[g] ?? {}
        return { ...readable(prediction, nodeKeys, model), unseen }
      })
    },
    dispose: () => predictor.dispose(),
  }
}

/**
 * Predictions in the order of `graphs`, in bounded batches. The order of their nodes and edges does not matter.
 *
 * @throws ConfigError naming every option that is unknown or does not fit; SourceDataError naming the graph, and nodes or
 * edges, whose attributes the model cannot read; InterruptedError once the signal is aborted
 */
export async function predict<G extends GraphologyGraph>(
  model: TrainedModel,
  graphs: Iterable<GraphInput<G>>,
  options: GraphPredictOptions<G> = {},
): Promise<GraphPrediction[]> {
  parseOptions(predictSchema, options, 'predict')
  const { backend, ...rest } = options
  const predictor = await openPredictor(model, { backend, onWarning: rest.onWarning })
  try {
    return await predictor.predict(graphs, rest)
  } finally {
    predictor.dispose()
  }
}

function readable(
  { key, outcome, embedding, masks, maskChannels }: Prediction,
  nodeKeys: readonly string[],
  { classes, options }: TrainedModel,
): Omit<GraphPrediction, 'unseen'> {
  const byNode = (values: Float32Array, width: number) =>
    new Map(nodeKeys.map((node, v) => [node, ofNode(values, { v, width, nodeCount: nodeKeys.length })]))
  return {
    key: keyText(key),
    ...('values' in outcome
      ? { prediction: single(outcome.values), probability: null, probabilities: null }
      : {
          prediction: className(classes[outcome.classIndex] ?? ''),
          probability: outcome.probability,
          probabilities: outcome.probabilities,
        }),
    embedding,
    masks: byNode(masks, 1),
    maskChannels: maskChannels === null ? null : byNode(maskChannels, options.hidden),
  }
}

function single(values: readonly number[]): number | readonly number[] {
  const [first = Number.NaN] = values
  return values.length === 1 ? first : values
}

/** The values of node v, layer by layer. [K, N, width] -> [K, width] */
function ofNode(
  values: Float32Array,
  { v, width, nodeCount }: { readonly v: number; readonly width: number; readonly nodeCount: number },
): Float32Array {
  const layers = values.length / (nodeCount * width)
  const result = new Float32Array(layers * width)
  for (let k = 0; k < layers; k++) {
    const from = (k * nodeCount + v) * width
    result.set(values.subarray(from, from + width), k * width)
  }
  return result
}
