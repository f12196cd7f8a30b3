/** Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167), with PyTorch's defaults. */
import type { Linear } from '../linear.ts'
import { addBias, multiply, plus, rsqrt, subtract, sumRows, transposedMatMul, type Value } from '../ops.ts'
import type { NumberArray } from '../step.ts'

const epsilon = 1e-5
const momentum = 0.1

/** As the input of a program. [1] */
export const epsilonArray: NumberArray = { values: Float32Array.of(epsilon), shape: [1] }

export interface Moments<T> {
  /** [1, H] */
  readonly mean: T
  /** With epsilon added. [1, H] */
  readonly variance: T
}

/** Normalises rows [R, H] by moments, then scales and shifts them by parameters [H] that are learned; `at` counts normalisations. */
export type Normalize = (rows: Value, parameters: Linear<Value>, at: number) => Normalized

export interface Normalized {
  /** [R, H] */
  readonly out: Value
  readonly moments: Moments<Value>
  /** d out -> d rows [R, H] and the gradients of the parameters. */
  readonly backward: (dOut: Value) => { readonly dx: Value; readonly gradients: Linear<Value> }
}

/** By the moments of the nodes of a batch: each row is the given share of them. [R, 1] */
export function byBatch(share: Value, epsilon: Value): Normalize {
  return (rows, { weight, bias }) => {
    const mean = transposedMatMul(share, rows) // [1, H]
    const centred = subtract(rows, mean)
    const variance = plus(transposedMatMul(share, multiply(centred, centred)), epsilon) // [1, H]
    const factor = rsqrt(variance)
    const normalized = multiply(centred, factor) // [R, H]
    const backward = (dOut: Value) => {
      const gradients = { weight: sumRows(multiply(dOut, normalized)), bias: sumRows(dOut) }
      // What reaches every row by way of the variance and the mean. [R, H]
      const shared = addBias(multiply(normalized, multiply(gradients.weight, weight)), multiply(gradients.bias, weight))
      return { dx: multiply(subtract(multiply(dOut, weight), multiply(shared, share)), factor), gradients }
    }
    return { out: addBias(multiply(normalized, weight), bias), moments: { mean, variance }, backward }
  }
}

/** By moments that were gathered in training, one after the other. */
export function byGathered(all: readonly Moments<Value>[]): Normalize {
  return (rows, { weight, bias }, at) => {
    const moments = all[at]
    if (moments === undefined) throw new RangeError(`Cannot normalise: expected moments ${at}, got none`)
    const normalized = multiply(subtract(rows, moments.mean), rsqrt(moments.variance))
    const backward = () => {
      throw new RangeError('Cannot take a gradient: expected a pass of training, got one that predicts')
    }
    return { out: addBias(multiply(normalized, weight), bias), moments, backward }
  }
}

/** The moments that statistics hold: mean and variance, one normalisation after the other. [2 H] each */
export function momentsOf(statistics: Float32Array, hidden: number): Moments<NumberArray>[] {
  const row = (i: number, added: number): NumberArray => ({
    values: statistics.slice(i * hidden, (i + 1) * hidden).map((value) => value + added),
    shape: [1, hidden],
  })
  return Array.from({ length: statistics.length / (2 * hidden) }, (_, i) => ({
    mean: row(2 * i, 0),
    variance: row(2 * i + 1, epsilon),
  }))
}

/** Moves statistics, in place, towards the moments of a batch of so many nodes. */
export function gatherMoments(
  statistics: Float32Array,
  moments: readonly Moments<Float32Array>[],
  nodeCount: number,
): void {
  // Without bias, as PyTorch keeps it.
  const unbiased = nodeCount > 1 ? nodeCount / (nodeCount - 1) : 1
  const values = moments.flatMap(({ mean, variance }) => [
    ...mean,
    ...variance.map((value) => (value - epsilon) * unbiased),
  ])
  values.forEach((value, i) => {
    statistics[i] = (1 - momentum) * (statistics[i] ?? 0) + momentum * value
  })
}
