/**
 * What a node receives from its neighbours: sum over u in N(v) of W (m_u h_u), where W is one matrix for all relationships,
 * one for each relationship type, or what an edge network makes of each relationship's features.
 */
import { linear, linearGradient } from './linear.ts'
import {
  inPlaceOf,
  matMul,
  matMulTransposed,
  relu,
  reluGradient,
  reshape,
  sparseMatMul,
  sparseMatMulTransposed,
  transposedMatMul,
  type Value,
} from './ops.ts'
import type { EdgeNetwork, MessageParameters } from './parameters.ts'
import type { EdgesOf, StepOf } from './step.ts'

export interface Messages {
  /** [R', H] */
  readonly sum: Value
  /** d sum -> dx [R, in] and the gradients of the parameters. */
  readonly backward: (dSum: Value) => { dx: Value; gradients: MessageParameters<Value> }
}

/** x = m h of the neighbours. [R, in] */
export function sumMessages(parameters: MessageParameters<Value>, x: Value, step: StepOf<Value>): Messages {
  if ('weight' in parameters) return sumTypedMessages(parameters.weight, x, step)
  if (step.edges === null) throw new RangeError('Cannot sum messages: the network expects edge features, got none')
  return sumEdgeMessages(parameters, x, step.edges)
}

/** W of T types, one below the other. [T H, in] */
function sumTypedMessages(weight: Value, x: Value, { typedSums, typeCount }: StepOf<Value>): Messages {
  const stacked = weight.shape[0] ?? 0 // T H
  const messages = matMulTransposed(x, weight) // [R, T H]
  const perRow = typeCount === 1 ? messages : reshape(messages, [-1, stacked / typeCount]) // [R T, H]
  const sum = inPlaceOf([messages, perRow], sparseMatMul(typedSums, perRow)) // [R', H]
  const backward = (dSum: Value) => {
    const dPerRow = sparseMatMulTransposed(typedSums, dSum) // [R T, H]
    const dMessages = typeCount === 1 ? dPerRow : reshape(dPerRow, [-1, stacked]) // [R, T H]
    return { dx: matMul(dMessages, weight), gradients: { weight: transposedMatMul(dMessages, x) } }
  }
  return { sum, backward }
}

/**
 * W = Linear(De, Eh) - ReLU - Linear(Eh, in H) of features, read as [in, H]: M matrices, each for the edges in its P places, where
 * an empty place is a zero.
 */
function sumEdgeMessages({ edge1, edge2 }: EdgeNetwork<Value>, x: Value, edges: EdgesOf<Value>): Messages {
  const { features, places, sources, targets } = edges
  const inputs = x.shape[1] ?? 0
  const outputs = (edge2.weight.shape[0] ?? 0) / inputs
  const hidden = relu(linear(features, edge1)) // [M, Eh]
  const matrices = reshape(linear(hidden, edge2), [-1, inputs, outputs]) // [M, in, H]
  const sent = reshape(sparseMatMul(sources, x), [-1, places, inputs]) // [M, P, in]
  const messages = reshape(matMul(sent, matrices), [-1, outputs]) // [M P, H]
  const sum = sparseMatMul(targets, messages) // [R', H]
  const backward = (dSum: Value) => {
    const dMessages = reshape(sparseMatMulTransposed(targets, dSum), [-1, places, outputs]) // [M, P, H]
    const dSent = reshape(matMulTransposed(dMessages, matrices), [-1, inputs]) // [M P, in]
    const dMatrices = reshape(transposedMatMul(sent, dMessages), [-1, inputs * outputs]) // [M, in H]
    const dHidden = reluGradient(matMul(dMatrices, edge2.weight), hidden) // [M, Eh]
    const gradients: EdgeNetwork<Value> = {
      edge1: linearGradient(features, dHidden),
      edge2: linearGradient(hidden, dMatrices),
    }
    return { dx: sparseMatMulTransposed(sources, dSent), gradients }
  }
  return { sum, backward }
}
