/**
 * The SMG layer, equations (3) and (6) of the Soft-Mask paper:
 *
 *     h_v' = ReLU( m_v ( S h_v + sum over u in N(v) of W (m_u h_u) ) )
 *
 * where m_u acts on the channels that come in, m_v on those that go out; with an edge network, ELU stands for ReLU. There is
 * no bias and both make 0 of 0, so a node with mask 0 leaves the layer as 0: Lemma 3.1 and Theorem 3.2 rest on it.
 */
import { maskNetwork } from './mask-network.ts'
import { sumMessages } from './messages.ts'
import {
  add,
  dispose,
  elu,
  eluGradient,
  matMul,
  matMulTransposed,
  multiply,
  plus,
  relu,
  reluGradient,
  sumColumns,
  transposedMatMul,
  type Value,
} from './ops.ts'
import type { LayerParameters, UpdateParameters } from './parameters.ts'
import { scoped } from './scoped.ts'
import { type StepOf, toRows, toRowsTransposed } from './step.ts'

export interface LayerInput {
  /** Node embeddings of the layer below. [R, in] */
  readonly h: Value
  /** Masks of the layer below, in the same rows; `null` below the first layer: all 1. [R, 1 or H] */
  readonly m: Value | null
}

export interface LayerOutput {
  /** [R'', H] */
  readonly h: Value
  /** In the rows of `h`: the input of the next layer. [R'', 1 or H] */
  readonly m: Value
  /** As computed, in the rows of the mask step. [R', 1 or H] */
  readonly masks: Value
  /** dh and dm, as `h` and `m` (dm `null`: 0) -> the same of the layer below, and the gradients of the parameters. */
  readonly backward: (dh: Value, dm: Value | null) => LayerGradients
}

export interface LayerGradients {
  readonly dh: Value
  readonly dm: Value | null
  readonly gradients: LayerParameters<Value>
}

/** Masks that are given instead of learned. */
export interface PreassignedOf<T> {
  /** The given masks, 0 where they are learned. [R', 1] */
  readonly given: T
  /** 1 where the mask network decides, 0 where a mask is given. [R', 1] */
  readonly learned: T
}

/** The two steps of a layer. */
export interface LayerSteps {
  readonly mask: StepOf<Value>
  readonly update: StepOf<Value>
}

/** One layer with learned masks, or those of `preassigned` where there are some. */
export function smgLayer(
  parameters: LayerParameters<Value>,
  { h, m }: LayerInput,
  steps: LayerSteps,
  preassigned: PreassignedOf<Value> | null = null,
): LayerOutput {
  const z = m === null ? h : multiply(h, m) // [R, in]
  const learned = maskNetwork(parameters.mask, z, steps.mask)
  const masks = preassigned === null ? learned.m : plus(multiply(learned.m, preassigned.learned), preassigned.given)
  const updated = propagate(parameters.update, h, masks, steps)

  const backward = (dh: Value, dm: Value | null) =>
    scoped((): LayerGradients => {
      const update = updated.backward(dh, dm)
      const mask = learned.backward(preassigned === null ? update.dm : multiply(update.dm, preassigned.learned))
      const gradients = { mask: mask.gradients, update: update.gradients }
      if (m === null) return { dh: add(update.dh, mask.dz), dm: null, gradients }
      const belowMask = toMaskWidth(multiply(mask.dz, h), m) // [R, 1 or H]
      dispose([z])
      return { dh: add(update.dh, multiply(mask.dz, m)), dm: belowMask, gradients }
    })
  return { h: updated.h, m: updated.m, masks, backward }
}

/** What {@link propagate} gives. */
export interface UpdateOutput {
  /** [R'', H] */
  readonly h: Value
  /** The masks in the rows of `h`. [R'', 1 or H] */
  readonly m: Value
  /** dh, and what else is known of the gradient of `m` (`null`: nothing) -> dh below [R, in] and dm [R', 1 or H]. */
  readonly backward: (dh: Value, dm: Value | null) => { dh: Value; dm: Value; gradients: UpdateParameters<Value> }
}

/** Equation (3) or (6) alone, for given masks: h [R, in], m [R', 1 or H] -> [R'', H]. */
export function propagate(p: UpdateParameters<Value>, h: Value, m: Value, { mask, update }: LayerSteps): UpdateOutput {
  const [activation, activationGradient] = 'edge1' in p.messages ? [elu, eluGradient] : [relu, reluGradient]
  const below = toRows(mask, h) // [R', in]
  const masked = multiply(below, m) // [R', in]
  const around = sumMessages(p.messages, masked, update) // [R'', H]
  const self = toRows(update, matMulTransposed(below, p.self)) // [R'', H]
  const sum = add(self, around.sum) // [R'', H]
  const here = toRows(update, m) // [R'', 1 or H]
  const out = activation(multiply(sum, here)) // [R'', H]

  const backward = (dh: Value, dm: Value | null) => {
    const dMasked = activationGradient(dh, out) // [R'', H]
    const dSum = multiply(dMasked, here) // [R'', H]
    const dHere = toMaskWidth(multiply(dMasked, sum), m) // [R'', 1 or H]
    const dSelf = toRowsTransposed(update, dSum) // [R', H]
    const messages = around.backward(dSum) // dx [R', in]
    const dBelow = add(matMul(dSelf, p.self), multiply(messages.dx, m)) // [R', in]
    const dOwn = toRowsTransposed(update, dm === null ? dHere : add(dHere, dm)) // [R', 1 or H]
    const dMask = add(toMaskWidth(multiply(messages.dx, below), m), dOwn) // [R', 1 or H]
    const gradients = { self: transposedMatMul(dSelf, below), messages: messages.gradients }
    dispose(below === h ? [masked, sum] : [masked, sum, below])
    return { dh: toRowsTransposed(mask, dBelow), dm: dMask, gradients } // [R, in]
  }
  return { h: out, m: here, backward }
}

/** The gradient of a mask that was stretched over channels [R, H]: summed up where there is one mask per node. */
function toMaskWidth(perChannel: Value, m: Value): Value {
  return m.shape[1] === 1 && perChannel.shape[1] !== 1 ? sumColumns(perChannel) : perChannel
}
