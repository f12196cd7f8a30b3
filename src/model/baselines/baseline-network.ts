/** Forward passes of the baselines, and their gradients by hand. */

import { linear, linearGradient } from '../linear.ts'
import {
  add,
  concat,
  multiply,
  sparseMatMul,
  sparseMatMulTransposed,
  splitColumns,
  subtract,
  type Value,
} from '../ops.ts'
import { predictionHead } from '../prediction-head.ts'
import type { BaselineBatchOf } from './baseline-batch.ts'
import type { BaselineLayer } from './baseline-layer.ts'
import type { BaselineShape } from './baseline-shape.ts'
import { type BaselineWeights, linearOf, named } from './baseline-weights.ts'
import type { Moments, Normalize } from './batch-normalization.ts'
import { gatLayer } from './gat-layer.ts'
import { ginLayer } from './gin-layer.ts'

export interface BaselinePass {
  readonly weights: BaselineWeights
  readonly batch: BaselineBatchOf<Value>
  readonly normalize: Normalize
  /** What a linear model takes from the sums of features, and multiplies by. [F] each */
  readonly bag: { readonly mean: Value; readonly factor: Value }
  /** Applied between the two maps of the classifier. [B, H] */
  readonly dropoutFactors: Value | null
}

export interface BaselineOutput {
  /** Logits, or standardised values. [B, C] */
  readonly output: Value
  /** One normalisation after the other. */
  readonly moments: readonly Moments<Value>[]
  /** d output [B, C] -> gradients by name. */
  readonly backward: (dOutput: Value) => BaselineWeights
}

export function baselineForward(shape: BaselineShape, pass: BaselinePass): BaselineOutput {
  return shape.kind === 'linear' ? linearModel(pass) : messagePassing(shape, pass)
}

function linearModel({ weights, batch, bag }: BaselinePass): BaselineOutput {
  const scaled = multiply(subtract(sparseMatMul(batch.readout, batch.x), bag.mean), bag.factor) // [B, F]
  return {
    output: linear(scaled, linearOf(weights, 'head.lin2')),
    moments: [],
    backward: (dOutput) => named('head.lin2', linearGradient(scaled, dOutput)),
  }
}

function messagePassing(shape: BaselineShape, pass: BaselinePass): BaselineOutput {
  const { weights, batch, normalize, dropoutFactors } = pass
  const { x, readout } = batch
  const layerOf = shape.kind === 'gin' ? ginLayer(weights, batch, normalize) : gatLayer(weights, batch, shape.hidden)
  const layers: BaselineLayer[] = []
  let h = linear(x, linearOf(weights, 'input'))
  for (let k = 0; k < shape.layers; k++) {
    const layer = layerOf(h, k)
    layers.push(layer)
    h = layer.h
  }
  const read = shape.isJk ? layers : layers.slice(-1)
  const maps = ['head.lin1', 'head.lin2']
  const head = predictionHead(
    maps.map((name) => linearOf(weights, name)),
    concat(read.map((layer) => sparseMatMul(readout, layer.h))),
    'classification',
    dropoutFactors ?? undefined,
  )
  const backward = (dOutput: Value): BaselineWeights => {
    const { dx, gradients } = head.backward(dOutput)
    const dRead = splitColumns(dx, read.length).map((part) => sparseMatMulTransposed(readout, part))
    const all = gradients.map((gradient, i) => named(maps[i] ?? '', gradient))
    let dh: Value | undefined
    for (const layer of layers.toReversed()) {
      const own = read.includes(layer) ? dRead.pop() : undefined
      const sum = dh !== undefined && own !== undefined ? add(dh, own) : (own ?? dh)
      if (sum === undefined) throw new RangeError('Cannot go back through a layer that nothing reads')
      const below = layer.backward(sum)
      all.push(below.gradients)
      dh = below.dh
    }
    if (dh !== undefined) all.push(named('input', linearGradient(x, dh)))
    return Object.assign({}, ...all)
  }
  return { output: head.output, moments: layers.flatMap(({ moments }) => moments), backward }
}
