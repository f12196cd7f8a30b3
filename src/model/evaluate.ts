/** Measures a network on graphs whose class is known. */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { keyText } from '../graph/subgraph.ts'
import { classificationMetrics, type Metrics } from './metrics.ts'
import { type PredictOptions, predictGraphs, type ScoringNetwork } from './predict.ts'

/**
 * @throws RangeError if there are no graphs or one has no class; InterruptedError once the signal is aborted.
 */
export async function evaluateNetwork(
  network: ScoringNetwork,
  graphs: readonly EncodedGraph[],
  options: PredictOptions = {},
): Promise<Metrics> {
  if (graphs.length === 0) throw new RangeError('Cannot evaluate: expected graphs, got none')
  const expected = graphs.map(({ key, y }) => {
    if (y === null) throw new RangeError(`Cannot evaluate: graph ${keyText(key)} has no class of the model`)
    return y
  })
  const predictions = await predictGraphs(network, graphs, options)
  const probabilities = predictions.map((prediction) => prediction.probabilities)
  const logLikelihood = probabilities.reduce(
    (sum, row, g) => sum + Math.log(Math.max(row[expected[g] ?? 0] ?? 0, smallestProbability)),
    0,
  )
  return {
    loss: -logLikelihood / graphs.length,
    ...classificationMetrics({
      classCount: network.shape.classCount,
      expected,
      predicted: predictions.map(({ classIndex }) => classIndex),
      probabilities,
    }),
  }
}

/** Probabilities come as float32; one that was rounded to 0 counts as the smallest that is not. */
const smallestProbability = 2 ** -149
