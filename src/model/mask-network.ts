/**
 * The mask network GNN-w, equation (4) of the Soft-Mask paper (WWW 2021):
 *
 *     q_v = ReLU([ L1(m_v h_v) || sum over u in N(v) of L2(m_u h_u) ]),    m_v' = sigmoid(MLP(q_v))
 *
 * with MLP = Linear(2H, H) - ReLU - Linear(H, 1). L2 comes before the sum, so its bias counts deg(v) times.
 */
import * as tf from '@tensorflow/tfjs-core'
import { type RowPairs, sumOverPairs } from './kernels.ts'
import { linear } from './linear.ts'
import type { MaskParameters } from './parameters.ts'

/** h [N, in] and masks m [N, 1] of the layer below (`null`: all 1) -> masks of this layer, in (0, 1). [N, 1] */
export function maskNetwork(
  { l1, l2, mlp1, mlp2 }: MaskParameters<tf.Tensor>,
  h: tf.Tensor2D,
  m: tf.Tensor2D | null,
  edges: RowPairs,
): tf.Tensor2D {
  const masked: tf.Tensor2D = m === null ? h : tf.mul(m, h) // [N, in]
  const around = sumOverPairs(linear(masked, l2), edges) // [N, H]
  const q = tf.relu(tf.concat2d([linear(masked, l1), around], 1)) // [N, 2H]
  return tf.sigmoid(linear(tf.relu(linear(q, mlp1)), mlp2)) // [N, 1]
}
