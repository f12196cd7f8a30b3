import * as tf from '@tensorflow/tfjs-core'

/** An affine map; weights are stored as [out, in], as in PyTorch. */
export interface Linear<T> {
  readonly weight: T
  readonly bias: T
}

/** y = x W^T + b: x [N, in] -> [N, out]. */
export function linear(x: tf.Tensor2D, { weight, bias }: Linear<tf.Tensor>): tf.Tensor2D {
  return tf.add(matmul(x, weight), bias)
}

/** y = x W^T: x [N, in], W [out, in] -> [N, out]. */
export function matmul(x: tf.Tensor2D, weight: tf.Tensor): tf.Tensor2D {
  return tf.matMul(x, weight.as2D(weight.shape[0] ?? 0, weight.shape[1] ?? 0), false, true)
}
