/** Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167), with PyTorch's defaults. */
import * as tf from '@tensorflow/tfjs-core'

const epsilon = 1e-5
const momentum = 0.1

export interface Normalization {
  /** By mean and variance of the rows, which go into the statistics. [N, H] */
  readonly ofBatch: (rows: tf.Tensor2D, at: number) => tf.Tensor2D
  /** By the statistics. [N, H] */
  readonly ofTraining: (rows: tf.Tensor2D, at: number) => tf.Tensor2D
}

/** @param statistics running mean and variance of every normalisation, changed in place. [2 H] each */
export function createNormalization(statistics: Float32Array, hidden: number): Normalization {
  const update = (first: number, values: ArrayLike<number>) => {
    for (let i = 0; i < hidden; i++)
      statistics[first + i] = (1 - momentum) * (statistics[first + i] ?? 0) + momentum * (values[i] ?? 0)
  }
  const scaled = (rows: tf.Tensor2D, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor2D =>
    tf.mul(tf.sub(rows, mean), tf.rsqrt(tf.add(variance, epsilon)))
  return {
    ofBatch(rows, at) {
      const { mean, variance } = tf.moments(rows, 0)
      const [count] = rows.shape
      update(2 * at * hidden, mean.dataSync())
      // Without bias, as PyTorch keeps it.
      const unbiased = count > 1 ? count / (count - 1) : 1
      update(
        (2 * at + 1) * hidden,
        Array.from(variance.dataSync(), (value) => value * unbiased),
      )
      return scaled(rows, mean, variance)
    },
    ofTraining(rows, at) {
      const part = (first: number) => tf.tensor1d(statistics.slice(first, first + hidden))
      return scaled(rows, part(2 * at * hidden), part((2 * at + 1) * hidden))
    },
  }
}
