/**
 * The Soft-Mask GNN for graph classification (SMG, and SMG-JK with jumping knowledge) in one forward pass: predictions,
 * embeddings and masks together.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelOptions } from '../config/schema.ts'
import type { BatchTensors } from './batch-tensors.ts'
import { sumOverPairs } from './kernels.ts'
import { linear } from './linear.ts'
import type { NetworkParameters } from './parameters.ts'
import { type LayerInput, type LayerOutput, smgLayer } from './smg-layer.ts'

export interface ForwardOptions {
  readonly variant: ModelOptions['variant']
  /** Factor of each hidden unit of the classifier: 0, or 1 / (1 - dropout). Training only. [B, H] */
  readonly dropoutFactors?: tf.Tensor2D
  /** Masks to use instead of learned ones, layer by layer; `null` leaves a layer to its mask network. [K] of [N, 1] */
  readonly preassignedMasks?: readonly (tf.Tensor2D | null)[]
}

export interface ForwardOutput {
  /** [B, C] */
  readonly logits: tf.Tensor2D
  /** h_G. [B, D] */
  readonly graphEmbedding: tf.Tensor2D
  /** Layer by layer. [K] of [N, H] */
  readonly nodeEmbeddings: readonly tf.Tensor2D[]
  /** Layer by layer, in (0, 1). [K] of [N, 1] */
  readonly masks: readonly tf.Tensor2D[]
}

/** Call within `tf.tidy`. */
export function forward(
  parameters: NetworkParameters<tf.Tensor>,
  { x, edges, membership }: BatchTensors,
  { variant, dropoutFactors, preassignedMasks = [] }: ForwardOptions,
): ForwardOutput {
  let below: LayerInput = { h: parameters.input ? linear(x, parameters.input) : x, m: null } // h [N, H]
  const layers: LayerOutput[] = []
  for (const [k, layer] of parameters.layers.entries()) {
    const output = smgLayer(layer, below, edges, preassignedMasks[k]) // h [N, H], m [N, 1]
    layers.push(output)
    below = output
  }
  const nodeEmbeddings = layers.map(({ h }) => h)
  const read = variant === 'smg-jk' ? nodeEmbeddings : nodeEmbeddings.slice(-1) // equation (5), or (2)
  const graphEmbedding = sumOverPairs(tf.concat2d(read, 1), membership) // [B, D]
  const hidden = tf.relu(linear(graphEmbedding, parameters.head.lin1)) // [B, H]
  const kept: tf.Tensor2D = dropoutFactors ? tf.mul(hidden, dropoutFactors) : hidden // [B, H]
  const logits = linear(kept, parameters.head.lin2) // [B, C]
  return { logits, graphEmbedding, nodeEmbeddings, masks: layers.map(({ m }) => m) }
}
