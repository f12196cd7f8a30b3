/** The library calls with settings for tests: a network as small as can be, on the backend that has nothing to compile. */
import type { CreateModelOptions } from '../../../src/config/graph-model-options.ts'
import type { GraphologyGraph } from '../../../src/graph/graphology-graph.ts'
import type { TrainedModel } from '../../../src/model/model.ts'
import type { GraphInput } from '../../../src/pipeline/graph-inputs.ts'
import { createModel, type FitOptions, fit as fitModel } from '../../../src/pipeline/graph-model.ts'
import { type GraphPrediction, type GraphPredictOptions, predict } from '../../../src/pipeline/graph-predictions.ts'

const backend = 'cpu'
/** Reads what rings have. */
export const small = { layers: 2, hidden: 8, target: 'toxic', nodeFeatures: ['element'] } as const

/** A model that has been trained for a few epochs, unless more are wanted. */
export function train(
  options: CreateModelOptions,
  graphs: Iterable<GraphInput>,
  fitOptions: FitOptions = {},
): Promise<TrainedModel> {
  return fitModel(createModel({ ...small, ...options }), graphs, {
    epochs: 3,
    now: () => new Date(0),
    backend,
    ...fitOptions,
  })
}

export function ask<G extends GraphologyGraph>(
  model: TrainedModel,
  graphs: Iterable<GraphInput<G>>,
  options: GraphPredictOptions<G> = {},
): Promise<GraphPrediction[]> {
  return predict(model, graphs, { backend, ...options })
}

/** The prediction for one graph. */
export async function askOne<G extends GraphologyGraph>(
  model: TrainedModel,
  graph: GraphInput<G>,
  options: GraphPredictOptions<G> = {},
): Promise<GraphPrediction> {
  const [prediction] = await ask(model, [graph], options)
  if (prediction === undefined) throw new RangeError('expected a prediction, got none')
  return prediction
}
