/**
 * The Soft-Mask GNN for graph-level prediction in one forward pass (outputs, embeddings and masks together), and its
 * gradient by hand: the reverse of the same lines, which costs a third of what automatic differentiation does.
 */
import { linear, linearGradient } from './linear.ts'
import { add, concat, sparseMatMul, sparseMatMulTransposed, splitColumns, type Value } from './ops.ts'
import { isJk, type NetworkParameters, type NetworkShape } from './parameters.ts'
import { predictionHead } from './prediction-head.ts'
import { scoped } from './scoped.ts'
import { type LayerInput, type LayerOutput, type PreassignedOf, smgLayer } from './smg-layer.ts'
import type { BatchOf } from './step.ts'

export interface ForwardOptions {
  /** Factor of each hidden unit of the classifier: 0, or 1 / (1 - dropout). Training only. [B, H] */
  readonly dropoutFactors?: Value | undefined
  /** Masks to use instead of learned ones, layer by layer; `null` leaves a layer to its mask network. [K] */
  readonly preassigned?: readonly (PreassignedOf<Value> | null)[] | null
  /** Keep what `backward` needs. Default: false */
  readonly training?: boolean
}

export interface ForwardOutput {
  /** Logits of the classes, or standardised targets. [B, C] */
  readonly output: Value
  /** h_G. [B, D] */
  readonly graphEmbedding: Value
  /** Layer by layer. [K] of [R, H] */
  readonly nodeEmbeddings: readonly Value[]
  /** Layer by layer, in [0, 1]. [K] of [R, 1 or H] */
  readonly masks: readonly Value[]
  /** d output [B, C] -> the gradients of all parameters. Only after a forward pass with `training`. */
  readonly backward: (dOutput: Value) => NetworkParameters<Value>
}

/** With tensors, call within {@link scoped}. */
export function forward(
  parameters: NetworkParameters<Value>,
  { x, steps, readouts }: BatchOf<Value>,
  shape: NetworkShape,
  { dropoutFactors, preassigned = null, training = false }: ForwardOptions = {},
): ForwardOutput {
  const layers: LayerOutput[] = []
  let below: LayerInput = { h: parameters.input === null ? x : linear(x, parameters.input), m: null } // [R0, H]
  for (const [k, layer] of parameters.layers.entries()) {
    const [mask, update] = steps.slice(2 * k, 2 * k + 2)
    if (mask === undefined || update === undefined)
      throw new RangeError(`Cannot run layer ${k + 1}: the batch has no steps for it`)
    const input = below
    const run = () => smgLayer(layer, input, { mask, update }, preassigned?.[k] ?? null)
    const output = training ? run() : scoped(run)
    layers.push(output)
    below = output
  }
  const read = isJk(shape) ? layers.map((_, k) => k) : [layers.length - 1] // equation (5), or (2)
  const graphEmbedding = concat(read.map((k) => sparseMatMul(at(readouts, k), at(layers, k).h))) // [B, D]
  const head = predictionHead(parameters.head, graphEmbedding, shape.task, dropoutFactors)

  const backward = (dOutput: Value): NetworkParameters<Value> => {
    const { dx, gradients } = head.backward(dOutput) // [B, D]
    const dReadouts = splitColumns(dx, read.length) // [B, H] each
    const dLayers = layers.map((_, k) => {
      const dReadout = dReadouts[read.indexOf(k)]
      return dReadout === undefined ? null : sparseMatMulTransposed(at(readouts, k), dReadout) // [R, H]
    })
    let dBelow: { dh: Value | null; dm: Value | null } = { dh: null, dm: null }
    const layerGradients = layers.map((_, i) => {
      const k = layers.length - 1 - i
      const dh = sumOf(dBelow.dh, at(dLayers, k))
      const result = at(layers, k).backward(dh, dBelow.dm)
      dBelow = result
      return result.gradients
    })
    const { dh } = dBelow
    const input = parameters.input === null || dh === null ? null : linearGradient(x, dh)
    return { input, layers: layerGradients.reverse(), head: gradients }
  }
  return {
    output: head.output,
    graphEmbedding,
    nodeEmbeddings: layers.map(({ h }) => h),
    masks: layers.map(({ masks }) => masks),
    backward,
  }
}

/** What reaches a layer from the layer above and from its own readout; every layer has one of them. */
function sumOf(a: Value | null, b: Value | null): Value {
  if (a !== null && b !== null) return add(a, b)
  const only = a ?? b
  if (only === null) throw new RangeError('Cannot go back through a layer that nothing reads')
  return only
}

function at<T>(items: readonly T[], i: number): T {
  const item = items[i]
  if (item === undefined) throw new RangeError(`Cannot take item ${i} of ${items.length}`)
  return item
}
