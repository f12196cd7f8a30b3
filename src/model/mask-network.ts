/**
 * The mask network GNN-w, equation (4) of the Soft-Mask paper (WWW 2021):
 *
 *     q_v = ReLU([ L1(m_v h_v) || sum over u in N(v) of L2(m_u h_u) ]),    m_v' = sigmoid(MLP(q_v))
 *
 * with MLP = Linear(2H, H) - ReLU - Linear(H, 1), or Linear(H, H) for a mask per channel, equation (6). L2 comes before the
 * sum, so its bias counts deg(v) times. The first map of the MLP is taken apart, MLP1 [a || b] = O a + R b: what concerns
 * the node itself is computed on the rows below, of which there are fewer.
 */
import { linear, linearGradient } from './linear.ts'
import {
  add,
  addBias,
  dispose,
  inPlaceOf,
  matMul,
  matMulTransposed,
  relu,
  reluGradient,
  sigmoid,
  sigmoidGradient,
  sparseMatMul,
  sparseMatMulTransposed,
  transposedMatMul,
  type Value,
} from './ops.ts'
import type { MaskParameters } from './parameters.ts'
import { type StepOf, toRows, toRowsTransposed } from './step.ts'

export interface MaskOutput {
  /** Masks of this layer, in (0, 1). [R', 1], or [R', H] */
  readonly m: Value
  /** dm [as m] -> dz [R, in] and the gradients of the parameters. */
  readonly backward: (dm: Value) => { dz: Value; gradients: MaskParameters<Value> }
}

/** z = m h of the layer below. [R, in] */
export function maskNetwork(p: MaskParameters<Value>, z: Value, step: StepOf<Value>): MaskOutput {
  const own = relu(linear(z, p.l1)) // [R, H]
  const l2 = linear(z, p.l2) // [R, H]
  const around = relu(inPlaceOf([l2], sparseMatMul(step.sums, l2))) // [R', H]
  const mixed = add(toRows(step, matMulTransposed(own, p.own.weight)), matMulTransposed(around, p.around)) // [R', H]
  const r = relu(addBias(mixed, p.own.bias)) // [R', H]
  const m = sigmoid(linear(r, p.mlp2)) // [R', 1 or H]

  const backward = (dm: Value) => {
    const dLogit = sigmoidGradient(dm, m) // [R', 1 or H]
    const dMixed = reluGradient(matMul(dLogit, p.mlp2.weight), r) // [R', H]
    const dOwnMixed = toRowsTransposed(step, dMixed) // [R, H]
    const dl1 = reluGradient(matMul(dOwnMixed, p.own.weight), own) // [R, H]
    const dAround = reluGradient(matMul(dMixed, p.around), around) // [R', H]
    const dl2 = inPlaceOf([dAround], sparseMatMulTransposed(step.sums, dAround)) // [R, H]
    const gradients = {
      l1: linearGradient(z, dl1),
      l2: linearGradient(z, dl2),
      own: linearGradient(own, dOwnMixed),
      around: transposedMatMul(dMixed, around),
      mlp2: linearGradient(r, dLogit),
    }
    dispose([own, around, r])
    return { dz: add(matMul(dl1, p.l1.weight), matMul(dl2, p.l2.weight)), gradients } // [R, in]
  }
  return { m, backward }
}
