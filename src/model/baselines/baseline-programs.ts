/** The two computations that a baseline is run for, compiled when they are first needed: see program/compile.ts. */
import type { Value } from '../ops.ts'
import { outputGradient } from '../output-gradient.ts'
import { createProgramCache, valueAt } from '../program/program-cache.ts'
import type { NumberArray } from '../step.ts'
import type { BagScaling } from './bag-of-features.ts'
import { type BaselineBatchOf, mapBaselineBatch } from './baseline-batch.ts'
import { type BaselinePass, baselineForward } from './baseline-network.ts'
import { type BaselineShape, baselineParameters } from './baseline-shape.ts'
import { joinBaseline, splitBaseline } from './baseline-weights.ts'
import { byBatch, byGathered, epsilonArray, type Moments, momentsOf } from './batch-normalization.ts'

export interface BaselineStep {
  readonly batch: BaselineBatchOf<NumberArray>
  /** 1 for the class of each graph, or its standardised targets. [B, C] */
  readonly targets: NumberArray
  /** What the loss of each graph counts in the gradient. [B, 1] */
  readonly weights: NumberArray
  /** Factors of the classifier's hidden units; `null` without dropout. [B, H] */
  readonly dropoutFactors: NumberArray | null
}

export interface BaselineGradient {
  /** [P] */
  readonly gradient: Float32Array
  /** [B, C] */
  readonly output: Float32Array
  /** Of the batch, one normalisation after the other. */
  readonly moments: readonly Moments<Float32Array>[]
}

export interface BaselinePrograms {
  gradient(parameters: Float32Array, step: BaselineStep): BaselineGradient
  /** Logits, or standardised values, with what was gathered of normalisations. [B, C] */
  predict(parameters: Float32Array, statistics: Float32Array, batch: BaselineBatchOf<NumberArray>): Float32Array
  dispose(): void
}

export function createBaselinePrograms(
  shape: BaselineShape,
  { mean, std }: BagScaling,
  task: 'classification' | 'regression',
): BaselinePrograms {
  const layout = baselineParameters(shape)
  const programs = createProgramCache()
  const bag = [mean, std.map((deviation) => 1 / deviation)].map((numbers) => vectorOf(numbers))
  /** Inputs of a program: the parameters, the bag's mean and factor, and what is added. */
  const inputsOf = (parameters: Float32Array) => {
    const arrays = [vectorOf(parameters), ...bag]
    return { arrays, place: (array: NumberArray) => arrays.push(array) - 1 }
  }
  const passOf = (values: readonly Value[]): Pick<BaselinePass, 'weights' | 'bag'> => ({
    weights: splitBaseline(layout, valueAt(values, 0)),
    bag: { mean: valueAt(values, 1), factor: valueAt(values, 2) },
  })
  return {
    gradient(parameters, step) {
      const { arrays, place } = inputsOf(parameters)
      const places = {
        batch: mapBaselineBatch(step.batch, place),
        targets: place(step.targets),
        weights: place(step.weights),
        dropoutFactors: step.dropoutFactors && place(step.dropoutFactors),
        epsilon: place(epsilonArray),
      }
      const [gradient, output, ...moments] = programs.run(places, arrays, (values) => {
        const at = (i: number) => valueAt(values, i)
        const batch = mapBaselineBatch(places.batch, at)
        const result = baselineForward(shape, {
          ...passOf(values),
          batch,
          normalize: byBatch(batch.share, at(places.epsilon)),
          dropoutFactors: places.dropoutFactors === null ? null : at(places.dropoutFactors),
        })
        const dOutput = outputGradient(task, {
          output: result.output,
          targets: at(places.targets),
          weights: at(places.weights),
        })
        return [
          joinBaseline(layout, result.backward(dOutput)),
          result.output,
          ...result.moments.flatMap(({ mean, variance }) => [mean, variance]),
        ]
      })
      if (gradient === undefined || output === undefined)
        throw new RangeError('Cannot compute a gradient: got no outputs')
      return { gradient, output, moments: pairsOf(moments) }
    },
    predict(parameters, statistics, batch) {
      const { arrays, place } = inputsOf(parameters)
      const places = {
        batch: mapBaselineBatch(batch, place),
        moments: momentsOf(statistics, shape.hidden).map(({ mean, variance }) => ({
          mean: place(mean),
          variance: place(variance),
        })),
      }
      const [output] = programs.run(places, arrays, (values) => {
        const at = (i: number) => valueAt(values, i)
        const moments = places.moments.map(({ mean, variance }) => ({ mean: at(mean), variance: at(variance) }))
        const normalize = byGathered(moments)
        const rest = { batch: mapBaselineBatch(places.batch, at), normalize, dropoutFactors: null }
        return [baselineForward(shape, { ...passOf(values), ...rest }).output]
      })
      if (output === undefined) throw new RangeError('Cannot predict: got no outputs')
      return output
    },
    dispose: programs.dispose,
  }
}

function vectorOf(numbers: Float32Array | readonly number[]): NumberArray {
  return { values: Float32Array.from(numbers), shape: [numbers.length] }
}

function pairsOf(moments: readonly Float32Array[]): Moments<Float32Array>[] {
  return moments.flatMap((mean, i) => {
    const variance = moments[i + 1]
    return i % 2 === 0 && variance !== undefined ? [{ mean, variance }] : []
  })
}
