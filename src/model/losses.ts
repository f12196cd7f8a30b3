import * as tf from '@tensorflow/tfjs-core'

/** Mean softmax cross-entropy: logits [B, C], class indices y [B] int32 -> scalar, in nats. */
export function crossEntropy(logits: tf.Tensor2D, y: tf.Tensor1D): tf.Scalar {
  const chosen = tf.oneHot(y, logits.shape[1]) // [B, C]
  const logProbabilities = tf.logSoftmax(logits) // [B, C]
  return tf.neg(tf.div(tf.sum(tf.mul(tf.cast(chosen, 'float32'), logProbabilities)), logits.shape[0]))
}
