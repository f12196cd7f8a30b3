/** Measures a network on graphs whose class or targets are known. */
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { keyText } from '../graph/subgraph.ts'
import { classificationMetrics, type Metrics, regressionMetrics } from './metrics.ts'
import {
  type ClassOutcome,
  type Prediction,
  type PredictOptions,
  predictGraphs,
  type ScoringNetwork,
} from './predict.ts'
import { standardized, type TargetScaling, targetsOf } from './targets.ts'

/**
 * @throws RangeError if there are no graphs or one has no class or targets; InterruptedError once the signal is aborted.
 */
export async function evaluateNetwork(
  network: ScoringNetwork,
  graphs: readonly EncodedGraph[],
  options: PredictOptions = {},
): Promise<Metrics> {
  if (graphs.length === 0) throw new RangeError('Cannot evaluate: expected graphs, got none')
  const { targetScaling, shape } = network
  if (targetScaling !== null) {
    const expected = graphs.map((graph) => targetsOf(graph, shape.outputCount))
    return measureValues(await predictGraphs(network, graphs, options), expected, targetScaling)
  }
  const expected = graphs.map(({ key, y }) => {
    if (y === null) throw new RangeError(`Cannot evaluate: graph ${keyText(key)} has no class of the model`)
    return y
  })
  return measureClasses(await predictGraphs(network, graphs, options), expected, shape.outputCount)
}

function measureClasses(predictions: readonly Prediction[], expected: readonly number[], classCount: number): Metrics {
  const outcomes = predictions.flatMap(({ outcome }): ClassOutcome[] => ('classIndex' in outcome ? [outcome] : []))
  const probabilities = outcomes.map((outcome) => outcome.probabilities)
  const logLikelihood = probabilities.reduce(
    (sum, row, g) => sum + Math.log(Math.max(row[expected[g] ?? 0] ?? 0, Number.MIN_VALUE)),
    0,
  )
  return {
    loss: -logLikelihood / expected.length,
    ...classificationMetrics({
      classCount,
      expected,
      predicted: outcomes.map(({ classIndex }) => classIndex),
      probabilities,
    }),
  }
}

function measureValues(
  predictions: readonly Prediction[],
  expected: readonly (readonly number[])[],
  scaling: TargetScaling,
): Metrics {
  const predicted = predictions.map(({ outcome }) => ('values' in outcome ? outcome.values : []))
  const errors = expected.flatMap((row, g) => {
    const wanted = standardized(row, scaling)
    return standardized(predicted[g] ?? [], scaling).map((value, c) => value - (wanted[c] ?? Number.NaN))
  })
  const loss = errors.reduce((sum, error) => sum + error * error, 0) / errors.length
  return { loss, ...regressionMetrics(predicted, expected) }
}
