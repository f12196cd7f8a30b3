/**
 * The SMG layer, equation (3) of the Soft-Mask paper:
 *
 *     h_v' = ReLU( m_v W [ h_v || sum over u in N(v) of m_u h_u ] )
 *
 * W has no bias and ReLU(0) = 0, so a node with mask 0 leaves the layer as 0: Lemma 3.1 and Theorem 3.2 rest on it.
 */
import * as tf from '@tensorflow/tfjs-core'
import { type RowPairs, sumOverPairs } from './kernels.ts'
import { matmul } from './linear.ts'
import { maskNetwork } from './mask-network.ts'
import type { LayerParameters } from './parameters.ts'

export interface LayerInput {
  /** Node embeddings of the layer below. [N, in] */
  readonly h: tf.Tensor2D
  /** Masks of the layer below; `null` below the first layer: all 1. [N, 1] */
  readonly m: tf.Tensor2D | null
}

export interface LayerOutput {
  /** [N, H] */
  readonly h: tf.Tensor2D
  /** [N, 1] */
  readonly m: tf.Tensor2D
}

/** One layer with learned masks, or with those in `preassigned` [N, 1]. */
export function smgLayer(
  { mask, update }: LayerParameters<tf.Tensor>,
  below: LayerInput,
  edges: RowPairs,
  preassigned: tf.Tensor2D | null = null,
): LayerOutput {
  const m = preassigned ?? maskNetwork(mask, below.h, below.m, edges)
  return { h: propagate(update.weight, below.h, m, edges), m }
}

/** Equation (3) alone, for given masks: W [H, 2 in], h [N, in], m [N, 1] -> [N, H]. */
export function propagate(weight: tf.Tensor, h: tf.Tensor2D, m: tf.Tensor2D, edges: RowPairs): tf.Tensor2D {
  const around = sumOverPairs(tf.mul(m, h), edges) // [N, in]
  const joined = tf.concat2d([h, around], 1) // [N, 2 in]
  return tf.relu(tf.mul(m, matmul(joined, weight))) // [N, H]
}
