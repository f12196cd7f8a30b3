/**
 * The network's weights: names, shapes, initial values, and their one flat vector.
 *
 * Names and shapes are those of the Python peer (`layers.0.mask.l1.weight`, [out, in]), so weights can be exchanged. The
 * flat vector holds *parameters*: where the network uses the columns of a weight apart (those of the node itself, those of
 * the neighbour sum), each block is a parameter of its own.
 */
import type { Random } from '../graph/random.ts'
import type { Linear } from './linear.ts'
import { embeddingSize, isMultiChannel, type NetworkShape } from './network-shape.ts'
import { concat, reshape, slice, type Value } from './ops.ts'

export { embeddingSize, isJk, isMultiChannel, type NetworkShape } from './network-shape.ts'

/** The mask network of a layer, equation (4). In: H, or F in the first layer without input projection. */
export interface MaskParameters<T> {
  /** [H, in], [H] */
  readonly l1: Linear<T>
  /** [H, in], [H] */
  readonly l2: Linear<T>
  /** The first map of the MLP, its columns for L1, and its bias. [H, H], [H] */
  readonly own: Linear<T>
  /** Its columns for the sum of L2. [H, H] */
  readonly around: T
  /** [1, H], [1]; [H, H], [H] for a mask per channel */
  readonly mlp2: Linear<T>
}

/** Edge network of a layer: the matrix [in, H] that each edge's features stand for. */
export interface EdgeNetwork<T> {
  /** [Eh, De], [Eh] */
  readonly edge1: Linear<T>
  /** [in H, Eh], [in H] */
  readonly edge2: Linear<T>
}

/** `weight`: the matrices of T relationship types, one below the other. [T H, in] */
export type MessageParameters<T> = { readonly weight: T } | EdgeNetwork<T>

/** Equation (3), no bias. */
export interface UpdateParameters<T> {
  /** For the node itself. [H, in] */
  readonly self: T
  readonly messages: MessageParameters<T>
}

export interface LayerParameters<T> {
  readonly mask: MaskParameters<T>
  readonly update: UpdateParameters<T>
}

export interface NetworkParameters<T> {
  /** [H, F], [H] */
  readonly input: Linear<T> | null
  readonly layers: readonly LayerParameters<T>[]
  /** Classifier: lin1 [H, D], lin2 [C, H]. Regression: lin1 [2H, D], lin2 [H, 2H], lin3 [C, H]. */
  readonly head: readonly Linear<T>[]
}

export interface ParameterSpec {
  readonly shape: readonly number[]
  /** Inputs of the map it belongs to. */
  readonly fanIn: number
  /** The weight it is (part of), and that weight's shape. */
  readonly weight: string
  readonly weightShape: readonly number[]
  /** First of its columns in the weight. */
  readonly firstColumn: number
}

/**
 * The tree of parameters, each made by `make`, always in the same order.
 *
 * @throws RangeError for a mask per channel without input projection, where the features are not as many as the channels
 */
export function mapParameters<T>(shape: NetworkShape, make: (spec: ParameterSpec) => T): NetworkParameters<T> {
  const { hidden, featureCount, outputCount } = shape
  if (isMultiChannel(shape) && !shape.inputProjection)
    throw new RangeError(`Cannot make a network of variant ${shape.variant}: expected inputProjection true, got false`)
  const whole = (weight: string, sides: readonly number[], fanIn: number) =>
    make({ shape: sides, fanIn, weight, weightShape: sides, firstColumn: 0 })
  const linear = (name: string, outputs: number, fanIn: number): Linear<T> => ({
    weight: whole(`${name}.weight`, [outputs, fanIn], fanIn),
    bias: whole(`${name}.bias`, [outputs], fanIn),
  })
  const input = shape.inputProjection ? linear('input', hidden, featureCount) : null
  const layers = Array.from({ length: shape.layers }, (_, k): LayerParameters<T> => {
    const width = k === 0 && input === null ? featureCount : hidden
    const mlp1 = { weight: `layers.${k}.mask.mlp1.weight`, weightShape: [hidden, 2 * hidden], fanIn: 2 * hidden }
    const mask = {
      l1: linear(`layers.${k}.mask.l1`, hidden, width),
      l2: linear(`layers.${k}.mask.l2`, hidden, width),
      own: {
        weight: make({ ...mlp1, shape: [hidden, hidden], firstColumn: 0 }),
        bias: whole(`layers.${k}.mask.mlp1.bias`, [hidden], 2 * hidden),
      },
      around: make({ ...mlp1, shape: [hidden, hidden], firstColumn: hidden }),
      mlp2: linear(`layers.${k}.mask.mlp2`, isMultiChannel(shape) ? hidden : 1, hidden),
    }
    return { mask, update: updateParameters(shape, k, width, make) }
  })
  const widths =
    shape.task === 'regression'
      ? [embeddingSize(shape), 2 * hidden, hidden, outputCount]
      : [embeddingSize(shape), hidden, outputCount]
  const head = widths.slice(1).map((outputs, i) => linear(`head.lin${i + 1}`, outputs, widths[i] ?? 0))
  return { input, layers, head }
}

function updateParameters<T>(
  { hidden, typeCount, edgeFeatureCount, edgeHidden }: NetworkShape,
  k: number,
  width: number,
  make: (spec: ParameterSpec) => T,
): UpdateParameters<T> {
  const whole = (name: string, sides: readonly number[], fanIn: number) =>
    make({ shape: sides, fanIn, weight: `layers.${k}.${name}`, weightShape: sides, firstColumn: 0 })
  if (edgeFeatureCount > 0) {
    const matrix = width * hidden
    return {
      self: whole('root.weight', [hidden, width], width),
      messages: {
        edge1: {
          weight: whole('edge1.weight', [edgeHidden, edgeFeatureCount], edgeFeatureCount),
          bias: whole('edge1.bias', [edgeHidden], edgeFeatureCount),
        },
        edge2: {
          weight: whole('edge2.weight', [matrix, edgeHidden], edgeHidden),
          bias: whole('edge2.bias', [matrix], edgeHidden),
        },
      },
    }
  }
  const fanIn = (1 + typeCount) * width
  const update = { fanIn, weight: `layers.${k}.update.weight`, weightShape: [hidden, fanIn] }
  return {
    self: make({ ...update, shape: [hidden, width], firstColumn: 0 }),
    messages: { weight: make({ ...update, shape: [typeCount * hidden, width], firstColumn: width }) },
  }
}

/** All parameters, in the order in which the flat vector holds them. */
export function parameterSpecs(shape: NetworkShape): readonly ParameterSpec[] {
  const specs: ParameterSpec[] = []
  mapParameters(shape, (spec) => specs.push(spec))
  return specs
}

export function parameterCount(shape: NetworkShape): number {
  return parameterSpecs(shape).reduce((sum, spec) => sum + sizeOf(spec), 0)
}

/**
 * U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases alike, 0 where nothing comes in (PyTorch's Linear), as one flat
 * vector. [P]
 */
export function initialParameters(shape: NetworkShape, random: Random): Float32Array {
  const flat = new Float32Array(parameterCount(shape))
  let at = 0
  for (const spec of parameterSpecs(shape)) {
    const bound = spec.fanIn > 0 ? 1 / Math.sqrt(spec.fanIn) : 0
    for (const end = at + sizeOf(spec); at < end; at++) flat[at] = (2 * random.nextFloat() - 1) * bound
  }
  return flat
}

/** The parameters of a flat vector [P]. */
export function splitParameters(shape: NetworkShape, flat: Value): NetworkParameters<Value> {
  let at = 0
  return mapParameters(shape, (spec) => {
    const first = at
    at += sizeOf(spec)
    return reshape(slice(flat, first, sizeOf(spec)), spec.shape)
  })
}

/** One flat vector [P] of all parameters, or their gradients. */
export function joinParameters(tree: NetworkParameters<Value>): Value {
  return concat(
    Array.from(parametersIn(tree), (part) => reshape(part, [part.shape.reduce((size, side) => size * side, 1)])),
  )
}

/** The parameters of a tree, in the order of {@link parameterSpecs}. */
function* parametersIn<T>({ input, layers, head }: NetworkParameters<T>): Generator<T, undefined> {
  const linear = ({ weight, bias }: Linear<T>) => [weight, bias]
  if (input !== null) yield* linear(input)
  for (const { mask, update } of layers) {
    yield* [...linear(mask.l1), ...linear(mask.l2), ...linear(mask.own), mask.around, ...linear(mask.mlp2), update.self]
    if ('weight' in update.messages) yield update.messages.weight
    else yield* [...linear(update.messages.edge1), ...linear(update.messages.edge2)]
  }
  for (const map of head) yield* linear(map)
  return undefined
}

/** How many numbers it is. */
export function sizeOf({ shape }: Pick<ParameterSpec, 'shape'>): number {
  return shape.reduce((size, side) => size * side, 1)
}

/** A named weight as plain data, row-major. */
export interface Weight {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

export type Weights = Readonly<Record<string, Weight>>

/** Names and shapes of the weights, in the order of a model file. */
export function weightLayout(shape: NetworkShape): { readonly name: string; readonly shape: readonly number[] }[] {
  const layout = new Map(parameterSpecs(shape).map(({ weight, weightShape }) => [weight, weightShape]))
  return Array.from(layout, ([name, sides]) => ({ name, shape: sides }))
}

/** All weights one after the other, in the order of {@link weightLayout}. */
export function joinWeights(shape: NetworkShape, weights: Weights): Float32Array {
  requireWeights(shape, weights)
  return Float32Array.from(weightLayout(shape).flatMap(({ name }) => Array.from(weights[name]?.data ?? [])))
}

/** The inverse of {@link joinWeights}. */
export function splitWeights(shape: NetworkShape, numbers: Float32Array): Weights {
  let at = 0
  return Object.fromEntries(
    weightLayout(shape).map(({ name, shape: sides }) => {
      const data = numbers.slice(at, at + sizeOf({ shape: sides }))
      at += data.length
      return [name, { shape: sides, data }]
    }),
  )
}

/** A copy of the flat vector [P], put together by name. */
export function weightsFromFlat(shape: NetworkShape, flat: Float32Array): Weights {
  const weights = splitWeights(shape, new Float32Array(flat.length))
  forEachNumber(shape, (name, i, at) => {
    const weight = weights[name]
    if (weight !== undefined) weight.data[i] = flat[at] ?? 0
  })
  return weights
}

/**
 * The flat vector [P] of `weights`.
 *
 * @throws RangeError if a weight is missing, has another shape, or is not part of the network.
 */
export function flatFromWeights(shape: NetworkShape, weights: Weights): Float32Array {
  requireWeights(shape, weights)
  const flat = new Float32Array(parameterCount(shape))
  forEachNumber(shape, (name, i, at) => {
    flat[at] = weights[name]?.data[i] ?? 0
  })
  return flat
}

function requireWeights(shape: NetworkShape, weights: Weights): void {
  const layout = weightLayout(shape)
  const known = new Set(layout.map(({ name }) => name))
  const surplus = Object.keys(weights).find((name) => !known.has(name))
  if (surplus !== undefined) throw new RangeError(`Cannot use weights: ${surplus} is not part of the network`)
  for (const { name, shape: sides } of layout) {
    const weight = weights[name]
    if (weight?.shape.join() !== sides.join() || weight.data.length !== sizeOf({ shape: sides }))
      throw new RangeError(
        `Cannot use weights: expected ${name} of shape [${sides}], got ${weight ? `[${weight.shape}]` : 'none'}`,
      )
  }
}

/** Tells where each number of the flat vector, at `at`, stands in its weight: `i`. */
function forEachNumber(shape: NetworkShape, visit: (weight: string, i: number, at: number) => void): void {
  let at = 0
  for (const { shape: sides, weight, weightShape, firstColumn } of parameterSpecs(shape)) {
    const [rows = 0, columns = 1] = sides
    const [weightRows = 0, stride = 1] = weightShape
    for (let r = 0; r < rows; r++) {
      // Parts that are stacked in the parameter stand side by side in the weight.
      const first = (r % weightRows) * stride + firstColumn + Math.floor(r / weightRows) * columns
      for (let c = 0; c < columns; c++) visit(weight, first + c, at++)
    }
  }
}
