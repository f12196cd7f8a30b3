/** Baselines with weights that are given by hand. */
import type { EncodedGraph } from '../../../../src/graph/encoded-graph.ts'
import { baselineBatch, foldForBaseline } from '../../../../src/model/baselines/baseline-batch.ts'
import { createBaselinePrograms } from '../../../../src/model/baselines/baseline-programs.ts'
import {
  type BaselineParameter,
  type BaselineShape,
  baselineParameters,
  initialStatistics,
} from '../../../../src/model/baselines/baseline-shape.ts'
import { sizeOf } from '../../../../src/model/parameters.ts'

/** The flat vector of weights, each number of a parameter what `numberOf` says. */
export function flatWeights(shape: BaselineShape, numberOf: (parameter: BaselineParameter) => number): Float32Array {
  return Float32Array.from(
    baselineParameters(shape).flatMap((parameter) =>
      Array.from({ length: sizeOf(parameter) }, () => numberOf(parameter)),
    ),
  )
}

/** Logits of graphs, by weights as they are and normalisations that do nothing. [B, C] */
export function logitsOf(shape: BaselineShape, weights: Float32Array, graphs: readonly EncodedGraph[]): number[] {
  const scaling = { mean: Array(shape.featureCount).fill(0), std: Array(shape.featureCount).fill(1) }
  const programs = createBaselinePrograms(shape, scaling, 'classification')
  try {
    const indices = Int32Array.from(graphs.keys())
    const { arrays } = baselineBatch(foldForBaseline(graphs, shape), indices, shape)
    return [...programs.predict(weights, initialStatistics(shape), arrays)]
  } finally {
    programs.dispose()
  }
}
