/**
 * The network's weights: names, shapes, initial values, and their one flat vector.
 *
 * Names and shapes are those of the Python peer (`layers.0.mask.l1.weight`, [out, in]), so weights can be exchanged.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelOptions } from '../config/schema.ts'
import type { Random } from '../graph/random.ts'
import type { Linear } from './linear.ts'

/** All that fixes the weights' names and shapes. */
export interface NetworkShape {
  readonly variant: ModelOptions['variant']
  /** Number of layers, K. */
  readonly layers: number
  /** Hidden units, H. */
  readonly hidden: number
  readonly inputProjection: boolean
  /** Feature columns, F. */
  readonly featureCount: number
  /** Classes, C. */
  readonly classCount: number
}

/** The mask network of a layer, equation (4). In: H, or F in the first layer without input projection. */
export interface MaskParameters<T> {
  /** [H, in], [H] */
  readonly l1: Linear<T>
  /** [H, in], [H] */
  readonly l2: Linear<T>
  /** [H, 2H], [H] */
  readonly mlp1: Linear<T>
  /** [1, H], [1] */
  readonly mlp2: Linear<T>
}

export interface LayerParameters<T> {
  readonly mask: MaskParameters<T>
  /** W of equation (3): columns of the node itself, then of the neighbour sum. [H, 2 in], no bias */
  readonly update: { readonly weight: T }
}

export interface NetworkParameters<T> {
  /** [H, F], [H] */
  readonly input: Linear<T> | null
  readonly layers: readonly LayerParameters<T>[]
  /** lin1 [H, D], [H]; lin2 [C, H], [C] */
  readonly head: { readonly lin1: Linear<T>; readonly lin2: Linear<T> }
}

export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  /** Inputs of the map it belongs to. */
  readonly fanIn: number
}

/** Width D of the graph embedding: H, or K H where the layers are joined. */
export function embeddingSize({ variant, layers, hidden }: NetworkShape): number {
  return variant === 'smg-jk' ? layers * hidden : hidden
}

/** The tree of parameters, each made by `make`, always in the same order. */
export function mapParameters<T>(shape: NetworkShape, make: (spec: ParameterSpec) => T): NetworkParameters<T> {
  const { hidden, featureCount, classCount } = shape
  const linear = (name: string, outputs: number, fanIn: number): Linear<T> => ({
    weight: make({ name: `${name}.weight`, shape: [outputs, fanIn], fanIn }),
    bias: make({ name: `${name}.bias`, shape: [outputs], fanIn }),
  })
  const input = shape.inputProjection ? linear('input', hidden, featureCount) : null
  const layers = Array.from({ length: shape.layers }, (_, k): LayerParameters<T> => {
    const width = k === 0 && input === null ? featureCount : hidden
    const mask = {
      l1: linear(`layers.${k}.mask.l1`, hidden, width),
      l2: linear(`layers.${k}.mask.l2`, hidden, width),
      mlp1: linear(`layers.${k}.mask.mlp1`, hidden, 2 * hidden),
      mlp2: linear(`layers.${k}.mask.mlp2`, 1, hidden),
    }
    const update = make({ name: `layers.${k}.update.weight`, shape: [hidden, 2 * width], fanIn: 2 * width })
    return { mask, update: { weight: update } }
  })
  const head = {
    lin1: linear('head.lin1', hidden, embeddingSize(shape)),
    lin2: linear('head.lin2', classCount, hidden),
  }
  return { input, layers, head }
}

/** Names and shapes, in the order in which the flat vector holds them. */
export function parameterSpecs(shape: NetworkShape): readonly ParameterSpec[] {
  const specs: ParameterSpec[] = []
  mapParameters(shape, (spec) => specs.push(spec))
  return specs
}

export function parameterCount(shape: NetworkShape): number {
  return parameterSpecs(shape).reduce((sum, spec) => sum + sizeOf(spec), 0)
}

/** U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases alike (PyTorch's Linear), as one flat vector. [P] */
export function initialParameters(shape: NetworkShape, random: Random): Float32Array {
  const flat = new Float32Array(parameterCount(shape))
  let at = 0
  for (const spec of parameterSpecs(shape)) {
    const bound = 1 / Math.sqrt(spec.fanIn)
    for (const end = at + sizeOf(spec); at < end; at++) flat[at] = (2 * random.nextFloat() - 1) * bound
  }
  return flat
}

/** The parameters as views of one flat tensor [P], so that their gradient is one tensor as well. */
export function splitParameters(shape: NetworkShape, flat: tf.Tensor1D): NetworkParameters<tf.Tensor> {
  const parts = tf.split(flat, parameterSpecs(shape).map(sizeOf))
  let next = 0
  return mapParameters(shape, (spec) => {
    const part = parts[next++]
    if (part === undefined) throw new RangeError(`Cannot split parameters: ${spec.name} is missing`)
    return tf.reshape(part, [...spec.shape])
  })
}

function sizeOf({ shape }: ParameterSpec): number {
  return shape.reduce((size, side) => size * side, 1)
}

/** A named weight as plain data, row-major. */
export interface Weight {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

export type Weights = Readonly<Record<string, Weight>>

/** A copy of the flat vector [P], cut up by name. */
export function weightsFromFlat(shape: NetworkShape, flat: Float32Array): Weights {
  let at = 0
  return Object.fromEntries(
    parameterSpecs(shape).map((spec) => {
      const data = flat.slice(at, at + sizeOf(spec))
      at += data.length
      return [spec.name, { shape: spec.shape, data }]
    }),
  )
}

/**
 * The flat vector [P] of `weights`.
 *
 * @throws RangeError if a weight is missing, has another shape, or is not part of the network.
 */
export function flatFromWeights(shape: NetworkShape, weights: Weights): Float32Array {
  const specs = parameterSpecs(shape)
  const known = new Set(specs.map(({ name }) => name))
  const surplus = Object.keys(weights).find((name) => !known.has(name))
  if (surplus !== undefined) throw new RangeError(`Cannot use weights: ${surplus} is not part of the network`)
  const flat = new Float32Array(parameterCount(shape))
  let at = 0
  for (const spec of specs) {
    const weight = weights[spec.name]
    if (weight?.shape.join() !== spec.shape.join() || weight.data.length !== sizeOf(spec))
      throw new RangeError(
        `Cannot use weights: expected ${spec.name} of shape [${spec.shape}], got ${weight ? `[${weight.shape}]` : 'none'}`,
      )
    flat.set(weight.data, at)
    at += weight.data.length
  }
  return flat
}
