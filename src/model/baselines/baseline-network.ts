/** Forward passes of the baselines, in operations that TensorFlow.js knows how to differentiate. */
import * as tf from '@tensorflow/tfjs-core'
import type { BagScaling } from './bag-of-features.ts'
import { type BaselineShape, heads } from './baseline-shape.ts'
import { type Union, withSelfLoops } from './union.ts'

/** Weights by their names. */
export type BaselineWeights = Readonly<Record<string, tf.Tensor>>

export interface BaselinePass {
  readonly weights: BaselineWeights
  readonly union: Union
  /** Normalises rows [N, H] by the statistics of the batch, or by those gathered in training; `at` counts normalisations. */
  readonly normalize: (rows: tf.Tensor2D, at: number) => tf.Tensor2D
  /** Of the sums of features that a linear model reads. */
  readonly bagScaling: BagScaling
  /** Applied between the two maps of the classifier. [B, H] */
  readonly dropoutFactors: tf.Tensor2D | null
}

/** Logits, or standardised values. [B, C] */
export function baselineOutputs(shape: BaselineShape, pass: BaselinePass): tf.Tensor2D {
  const { weights, union } = pass
  const x = tf.tensor2d(union.x, [union.nodeCount, union.featureCount])
  const graphOf = tf.tensor1d(union.graphOf, 'int32')
  const readout = (rows: tf.Tensor2D) => segmentSum(rows, graphOf, union.numGraphs)
  if (shape.kind === 'linear') {
    const { mean, std } = pass.bagScaling
    return affine(weights, 'head.lin2', tf.div(tf.sub(readout(x), [...mean]), [...std]))
  }
  const layer = shape.kind === 'gin' ? ginLayer(pass) : gatLayer(pass, shape.hidden)
  let h = affine(weights, 'input', x)
  const read: tf.Tensor2D[] = []
  for (let k = 0; k < shape.layers; k++) {
    h = layer(h, k)
    if (shape.isJk || k === shape.layers - 1) read.push(readout(h))
  }
  const hidden = tf.relu(affine(weights, 'head.lin1', read.length === 1 ? (read[0] ?? h) : tf.concat2d(read, 1)))
  return affine(weights, 'head.lin2', pass.dropoutFactors === null ? hidden : tf.mul(hidden, pass.dropoutFactors))
}

/** h_v' = ReLU(norm(MLP(h_v + sum of h_u))), with a normalisation inside the MLP as well. */
function ginLayer({ weights, union, normalize }: BaselinePass) {
  const source = tf.tensor1d(union.source, 'int32')
  const target = tf.tensor1d(union.target, 'int32')
  const normalized = (rows: tf.Tensor2D, name: string, at: number): tf.Tensor2D =>
    tf.add(tf.mul(normalize(rows, at), weightOf(weights, `${name}.weight`)), weightOf(weights, `${name}.bias`))
  return (h: tf.Tensor2D, k: number): tf.Tensor2D => {
    const name = `layers.${k}`
    const sum: tf.Tensor2D = tf.add(h, segmentSum(tf.gather(h, source), target, union.nodeCount))
    const inner = tf.relu(normalized(affine(weights, `${name}.lin1`, sum), `${name}.norm1`, 2 * k))
    return tf.relu(normalized(affine(weights, `${name}.lin2`, inner), `${name}.norm2`, 2 * k + 1))
  }
}

/** h_v' = ELU(sum over u in N(v) and v itself of a_uv W h_u + b), head by head. */
function gatLayer({ weights, union }: BaselinePass, hidden: number) {
  const { source: sources, target: targets, nodeCount } = withSelfLoops(union)
  const source = tf.tensor1d(sources, 'int32')
  const target = tf.tensor1d(targets, 'int32')
  const perHead = hidden / heads
  return (h: tf.Tensor2D, k: number): tf.Tensor2D => {
    const name = `layers.${k}`
    const z = tf.reshape(tf.matMul(h, weightOf(weights, `${name}.weight`), false, true), [nodeCount, heads, perHead])
    const share = (of: string): tf.Tensor2D => tf.sum(tf.mul(z, weightOf(weights, `${name}.${of}`)), 2)
    const scores = tf.leakyRelu(tf.add(tf.gather(share('ofSource'), source), tf.gather(share('ofTarget'), target)), 0.2)
    const powers: tf.Tensor2D = tf.exp(tf.sub(scores, highestOf(scores, targets, nodeCount)))
    const sums = tf.gather(segmentSum(powers, target, nodeCount), target)
    const attention = tf.expandDims(tf.div(powers, sums), 2)
    const messages: tf.Tensor2D = tf.reshape(tf.mul(tf.gather(z, source), attention), [targets.length, hidden])
    return tf.elu(tf.add(segmentSum(messages, target, nodeCount), weightOf(weights, `${name}.bias`)))
  }
}

/** The highest score at each edge's target, so that no power overflows; the quotient is the same without. [E, heads] */
function highestOf(scores: tf.Tensor, targets: Int32Array, nodeCount: number): tf.Tensor2D {
  const values = scores.dataSync()
  const highest = new Float32Array(nodeCount * heads).fill(Number.NEGATIVE_INFINITY)
  targets.forEach((v, e) => {
    for (let head = 0; head < heads; head++)
      highest[v * heads + head] = Math.max(highest[v * heads + head] ?? 0, values[e * heads + head] ?? 0)
  })
  const ofEdges = Float32Array.from(
    values,
    (_, i) => highest[(targets[Math.floor(i / heads)] ?? 0) * heads + (i % heads)] ?? 0,
  )
  return tf.tensor2d(ofEdges, [targets.length, heads])
}

function segmentSum(rows: tf.Tensor2D, segments: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.unsortedSegmentSum(rows, segments, count)
}

function affine(weights: BaselineWeights, name: string, rows: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.matMul(rows, weightOf(weights, `${name}.weight`), false, true), weightOf(weights, `${name}.bias`))
}

function weightOf(weights: BaselineWeights, name: string): tf.Tensor2D {
  const weight = weights[name]
  if (weight === undefined) throw new RangeError(`Cannot compute: expected a weight ${name}, got none`)
  // Of whatever rank: operations broadcast.
  return weight.as2D(weight.shape.length > 1 ? (weight.shape[0] ?? 1) : 1, weight.shape.at(-1) ?? 1)
}
